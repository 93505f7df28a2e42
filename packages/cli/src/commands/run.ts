/** `hatchery run`: from a program or a folder to an address players can reach, with its log, until it ends. */
import { basename, resolve } from 'node:path'
import type { Hatchery, ProcessView } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { usageFailure } from '../failure.ts'
import { type Changes, watchChanges } from '../shipping/changes.ts'
import type { DeploymentFlags } from '../shipping/deployment-fields.ts'
import { exitStatusOf } from '../shipping/ending.ts'
import { createProgress } from '../shipping/progress.ts'
import { type Session, type SessionOrder, prepare, startSession } from '../shipping/session.ts'
import { stage } from '../shipping/stage.ts'

/** What a deployment can have and `run` has no flag for. */
const notOfRun = {
  ...{ 'unset-env': [], 'deployment-tag': undefined, fleet: undefined, 'from-latest': false },
  ...{ 'container-port': undefined, 'transport-type': undefined, 'requested-gpu': undefined },
}

interface Flags extends Omit<DeploymentFlags, keyof typeof notOfRun> {
  readonly region: string | undefined
  readonly watch: boolean
}

export async function run(
  context: Context,
  { words: [target = '', ...words], flags }: Input<Flags>,
): Promise<number> {
  if (flags.port === undefined) throw usageFailure('run needs --port, as --port 7777/udp')
  const signal = context.interrupted()
  const client = await context.client()
  const name = nameOf(target)
  const order: SessionOrder = {
    ...{ client, name, signal, out: context.out, progress: createProgress(context) },
    appId: isAppNamed(context) ? await context.appId() : await ownApp(client, name),
    region: flags.region ?? (await client.hatchery.getRegions())[0]?.region ?? '',
    flags: {
      ...{ ...flags, ...notOfRun, 'idle-timeout': 'off' },
    },
  }
  const build: Build = async (port) => {
    await using staged = await stage(target, words)
    return await prepare(order, { folder: staged.folder, port })
  }
  using changes = flags.watch ? watchChanges(resolve(target)) : undefined
  return await keepRunning(order, build, changes)
}

/** Answers the id of the build. `port` in place of the flag. */
type Build = (port?: string) => Promise<string>

/** One that `app use` remembered is not meant: trying a program out must not deploy it to a game that is live. */
function isAppNamed(context: Context): boolean {
  const named = context.namedApp()
  return named !== undefined && named.isRemembered !== true
}

/** `./my-server` is the application my-server. */
function nameOf(target: string): string {
  const name = basename(resolve(target))
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return name.slice(0, 64) || 'game'
}

async function ownApp(client: Hatchery, appName: string): Promise<string> {
  const { applications } = await client.appsV2.getApps()
  const found = applications.find((application) => application.appName === appName)
  if (found !== undefined) return found.appId
  return (await client.appsV2.createApp({ appName, authConfiguration: {} })).appId
}

/** Runs it, and with `changes` runs it anew after each, at the same address where that is still free. */
async function keepRunning(
  order: SessionOrder,
  build: Build,
  changes: Changes | undefined,
): Promise<number> {
  const { signal, out } = order
  const interrupted = onAbort(signal)
  let session = await startSession(order, await build())
  for (;;) {
    const next = await Promise.race([
      interrupted.then(() => ({ kind: 'interrupted' }) as const),
      session.ended.then((view) => ({ kind: 'ended', view }) as const),
      ...(changes === undefined ? [] : [changes.next().then(() => ({ kind: 'changed' }) as const)]),
    ])
    if (next.kind === 'interrupted') return await stopped(session, out)
    if (next.kind === 'ended') {
      out.say(endText(next.view))
      if (changes === undefined) return exitStatusOf(next.view)
      out.say('waiting for a change')
      await Promise.race([changes.next(), interrupted])
      if (signal.aborted) return 130
    }
    session = await restarted(order, build, session)
  }
}

/** A build that fails leaves what runs alone. */
async function restarted(order: SessionOrder, build: Build, session: Session): Promise<Session> {
  const { client, out } = order
  out.say('changed: building anew')
  const buildId = await build(session.port()).catch((error: unknown) => {
    if (order.signal.aborted) throw error
    out.say(error instanceof Error ? error.message : String(error))
    return undefined
  })
  if (buildId === undefined) return session
  await session.stop()
  await session.ended
  const next = await startSession(order, buildId)
  await client.buildsV3.deleteBuild(session.buildId)
  return next
}

async function stopped(session: Session, out: Context['out']): Promise<number> {
  out.say(`stopping process ${session.processId.slice(0, 8)}; Ctrl-C again does not wait`)
  await session.stop()
  out.say(endText(await session.ended))
  return 130
}

const endText = ({ status, summaryExitReason }: ProcessView): string =>
  `${status}: ${summaryExitReason ?? 'no reason is known'}`

const onAbort = (signal: AbortSignal): Promise<void> =>
  new Promise((resolved) => {
    if (signal.aborted) resolved()
    else signal.addEventListener('abort', () => resolved(), { once: true })
  })
