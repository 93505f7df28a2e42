/** `hatchery up`: a server with a running sample game in one step; Ctrl-C ends the server, not the game. */
import {
  AlreadyRunningError,
  type Config,
  type Server,
  createLog,
  endSignal,
  engineHindrance,
  enginesIn,
  readConfig,
  startServer,
} from '@hatchery/server'
import { Failure } from '../failure.ts'
import { goodbye } from '../goodbye.ts'
import { clientOf, readToken, tokenFileOf } from '../local-server.ts'
import { isFree, nextFreePort, ownerOf } from '../ports.ts'
import { runSampleGame } from '../sample-game.ts'
import { type Environment, usesColour } from '../settings.ts'
import { upReport } from '../up-report.ts'
import { version } from '../version.ts'

export async function up({
  argv,
  env,
}: {
  argv: readonly string[]
  env: Environment
}): Promise<void> {
  const began = performance.now()
  const config = readConfig({ argv, env, cwd: process.cwd(), isRoot: process.getuid?.() === 0 })
  if (enginesIn(config).length === 0) assertLinux()
  await assertEngines(config)
  const ended = endSignal()
  const started = await startOrFind(config)
  if ('found' in started) {
    await show(config, started.found.address, { kind: 'found', pid: started.found.pid })
    return
  }
  const { server } = started
  try {
    const seconds = (): number => (performance.now() - began) / 1000
    await Promise.race([show(config, server.address, { kind: 'started', seconds }), ended])
    await ended
    say(`\n${await goodbye(clientOf(config.data, server.address), { isDocker: config.docker })}`)
  } finally {
    await server.close()
  }
}

type ServerState = { kind: 'started'; seconds: () => number } | { kind: 'found'; pid: number }

async function startOrFind(
  wanted: Config,
): Promise<{ server: Server } | { found: { pid: number; address: string } }> {
  const free = await isFree(wanted.host, wanted.port)
  const config = {
    ...wanted,
    port: free ? wanted.port : await nextFreePort(wanted.host, wanted.port),
  }
  try {
    return { server: await startServer({ config, version, log: createLog('warn', 2) }) }
  } catch (error) {
    if (error instanceof AlreadyRunningError && error.running !== null)
      return { found: error.running }
    throw error
  }
}

/** Deploys and starts what is not there yet, waits until it is reachable, and prints how things stand. */
async function show(config: Config, address: string, state: ServerState): Promise<void> {
  const client = clientOf(config.data, address)
  const game = await runSampleGame(client, {
    region: config.regions[0] ?? 'Seattle',
    engines: enginesIn(config),
    say: (line) => process.stderr.write(`${line}\n`),
  })
  const view = await client.hatchery.getProcessView(game.process.processId, game.appId)
  const terminal = process.stdout.isTTY
  const report = upReport({
    ...{ version, address, game, view, data: config.data, cwd: process.cwd() },
    tokenFile: tokenFileOf(config.data),
    token: terminal ? readToken(config.data) : undefined,
    server: state.kind === 'found' ? state : { kind: 'started', seconds: state.seconds() },
    notes: notes(config, address),
    now: Date.now(),
    colour: usesColour(process.stdout),
  })
  process.stdout.write(report)
}

function notes(config: Config, address: string): string[] {
  const port = Number(new URL(address).port)
  if (config.port === 0 || port === config.port) return []
  return [
    `port ${config.port} is used by ${ownerOf(config.port) ?? 'another program'}, so the API is on ${port}`,
  ]
}

/** Processes of this machine need Linux; elsewhere nothing is started half. */
function assertLinux(): void {
  if (process.platform === 'linux') return
  throw new Failure(
    `game servers run as processes of this machine on Linux only; this is ${process.platform}`,
    {
      attempt: 'npx hatchery up --docker   or without it inside a Linux machine or WSL',
      exitCode: 1,
    },
  )
}

/** A server whose engine cannot be used would wait for it: a person at a keyboard wants to know why. */
async function assertEngines(config: Config): Promise<void> {
  const hindrance = await engineHindrance(config)
  if (hindrance === undefined) return
  throw new Failure(hindrance.found, { attempt: hindrance.command, exitCode: 1 })
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
