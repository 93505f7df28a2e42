/** What a command has to work with. Everything that costs something is made when it is asked for, and once. */
import { readFileSync } from 'node:fs'
import type { Hatchery } from '@hatchery/client'
import { type App, type NamedApp, chooseApp } from './app-choice.ts'
import { type Asking, createAsking } from './ask.ts'
import type { CommonFlags } from './common-flags.ts'
import { type Connection, addressSource, connectionOf } from './connection.ts'
import { once } from './once.ts'
import { type Output, createOutput } from './output/output.ts'
import { createPaint } from './output/paint.ts'
import { readProfiles } from './profiles.ts'
import { type Environment, canAsk, interrupted, usesColour } from './settings.ts'
import { type Source, sourcesOf } from './sources.ts'
import { tracingFetch } from './tracing-fetch.ts'

export interface Context {
  readonly flags: CommonFlags
  readonly env: Environment
  /** The working folder. */
  readonly cwd: string
  readonly out: Output
  readonly ask: Asking
  /** Where server, token and application may be said. */
  sources(): readonly Source[]
  /** Throws a Failure where no server is known or it has no token beside it. */
  connection(): Connection
  /** A client with the connection's address and token. */
  client(): Promise<Hatchery>
  /** The application that is named somewhere and by what; undefined where none is. */
  namedApp(): NamedApp | undefined
  /** The application the command is about. Only `appId` is sure to be known. */
  app(): Promise<App>
  appId(): Promise<string>
  now(): number
  /** All of stdin as text. */
  readStdin(): string
  /** Aborted at Ctrl-C; calling it takes the end of the program into the command's hands. */
  interrupted(): AbortSignal
}

export function createContext(flags: CommonFlags, env: Environment): Context {
  const now = (): number => Date.now()
  const readStdin = once(() => readFileSync(0, 'utf8'))
  const cwd = process.cwd()
  const sources = once(() => sourcesOf({ flags, env, cwd, readStdin }))
  const connection = once(() => connectionOf(sources()))
  const { stdout, stderr } = process
  const out = createOutput({ flags, stdout, stderr, now, paint: createPaint(usesColour(stdout)) })
  const ask = createAsking({ canAsk: canAsk(), yes: flags.yes })
  const client = once(async () => {
    const { Hatchery } = await import('@hatchery/client')
    const { url: serverURL, token: hathoraDevToken } = connection()
    const traced = flags.verbose || (flags.verbosity ?? 0) > 0
    const fetch = traced ? tracingFetch(out.say) : undefined
    return new Hatchery({ serverURL, hathoraDevToken, timeoutMs, fetch })
  })
  const namedApp = (): NamedApp | undefined => {
    const source = sources().find((one) => one.app !== undefined)
    if (source?.app !== undefined) return { word: source.app, by: appSource(source) }
    const word = readProfiles(env).apps[addressSource(sources()).url ?? '']
    return word === undefined ? undefined : { word, by: 'hatchery app use', isRemembered: true }
  }
  const app = once(async () => await chooseApp(namedApp(), { client: await client(), ask }))
  return {
    ...{ flags, env, cwd, out, ask, now, readStdin, interrupted },
    ...{ sources, connection, client, namedApp, app },
    appId: async () => (await app()).appId,
  }
}

/** How long a request may take; streams, until they begin. */
const timeoutMs = 60_000

/** The variable or flag of an application stands beside the one of the address. */
const appSource = ({ name }: Source): string =>
  ({
    '--url': '--app',
    HATCHERY_URL: 'HATCHERY_APP',
    HATHORA_CLOUD_ENDPOINT: 'HATHORA_APP_ID',
  })[name] ?? name
