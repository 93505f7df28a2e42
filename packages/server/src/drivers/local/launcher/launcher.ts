/** What the launcher does, apart from its channel. */
import { existsSync, renameSync, statSync, truncateSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DriverError, type ProcessSpec } from '../../../domain/driver.ts'
import { detectCapabilities } from '../capabilities.ts'
import { killRuns } from '../members.ts'
import { isAlive } from '../../linux/process-stat.ts'
import {
  type RunningRun,
  lookAtRun,
  readRecord,
  runFolder,
  runNames,
  runsFolder,
  voidRun,
} from '../run-folder.ts'
import { createUids } from '../uids.ts'
import { createAdopted } from './adopted.ts'
import { type Unbound, createBindWatch } from './bind-watch.ts'
import { createListenTrace } from './listen-trace.ts'
import type { FromLauncher, LauncherOptions, Request, Traffic } from './protocol.ts'
import { createReaper, removeCgroupsSoon } from './reaper.ts'
import { createSlots, spreadOut, sweepLeftovers } from './slots.ts'
import { type StartContext, type StartOrder, clearAttempt, startRun } from './start-run.ts'
import { createTraffic } from './traffic.ts'

export interface Launcher {
  handle(request: Request): Promise<Traffic | undefined>
}

/** Opens the data folder's runs: cleans up, adopts what lives, reports what has ended. */
export async function createLauncher(
  options: LauncherOptions,
  send: (message: FromLauncher) => void,
): Promise<Launcher> {
  const { dataFolder, installationId } = options
  const runs = runsFolder(dataFolder)
  const capabilities = await detectCapabilities({
    runsFolder: runs,
    uid: options.uidRange.from,
    starters: options.starters,
  })
  send({ kind: 'ready', capabilities })
  const { stage, cgroups: cgroupParents } = capabilities
  if (process.getuid?.() === 0 && !stage.isolated) {
    const reasons = capabilities.problems.join('; ')
    send({
      kind: 'said',
      level: 'warn',
      message: `games run as root here, not as users of their own: ${reasons}`,
    })
  }
  spreadOut(runs)
  sweepLeftovers(runs, cgroupParents)
  const endings = join(runs, '.ended')
  shorten(endings)

  const changed = (processId: string): void => {
    send({ kind: 'changed', processId })
    setTimeout(slots.refill, refillAfterMs)
  }
  const slots = createSlots({ runsFolder: runs, cgroupParents, stage, warm: options.warmShims })
  const binds = createBindWatch(changed)
  const trace = createListenTrace({ onListen: binds.hint, onTrust: binds.trustHints })
  const traffic = createTraffic(installationId)
  const adopted = createAdopted(runs, (processId) => void finish(processId))
  const reap = createReaper()
  const starting = new Map<string, Promise<void>>()
  /** Process ids of the runs whose end is waited for. */
  const followed = new Set<string>()

  const unfollow = ({ processId, ports }: ProcessSpec): void => {
    binds.delete(processId)
    if (followed.delete(processId)) traffic.delete(ports)
  }

  /** The end of a run is told first; then its other processes and cgroups go. */
  const finish = async (processId: string): Promise<void> => {
    const folder = runFolder(dataFolder, processId)
    let run = lookAtRun(folder, installationId)
    while (run.state === 'running') {
      // Its shim was killed: the program goes on without.
      if (isAlive(run.program)) return adopted.add(processId, run.program)
      await sleep(2)
      run = lookAtRun(folder, installationId)
    }
    if (run.state === 'ended') {
      unfollow(run.record.spec)
      changed(processId)
      await reap({ folder, ...run })
    }
    binds.delete(processId)
    followed.delete(processId)
    shorten(endings)
  }

  const follow = (run: Unbound, from: 'zero' | 'where it was'): void => {
    const { processId, ports } = run.record.spec
    followed.add(processId)
    traffic.add(ports, from)
  }

  /** Watches a run that somebody else started, unless that is done already. */
  const adopt = (folder: string, run: RunningRun): void => {
    const { processId } = run.record.spec
    if (followed.has(processId)) return
    follow({ folder, ...run }, 'where it was')
    adopted.add(processId, run.program)
    if (run.boundAt === null) binds.add({ folder, ...run })
  }

  const adoptAll = (): void => {
    for (const processId of runNames(dataFolder)) {
      const folder = runFolder(dataFolder, processId)
      const run = lookAtRun(folder, installationId)
      if (run.state === 'absent' && voidRun(folder)) clearAttempt(folder)
      if (run.state === 'ended') void finish(processId)
      if (run.state === 'running') adopt(folder, run)
    }
  }

  const context: StartContext = {
    dataFolder,
    installationId,
    stage,
    cgroupParents,
    slots,
    uidOf: createUids(runs, options.uidRange),
    onFound: adopt,
    onStarted: (slot, record, program) => {
      const { processId } = record.spec
      const run = { folder: runFolder(dataFolder, processId), record, program }
      follow(run, 'zero')
      binds.add(run)
      slots.release(slot, () => void finish(processId))
    },
  }

  const start = async (order: StartOrder): Promise<void> => {
    if (!stage.isolated && !options.shareUser) throw mustShareUser()
    await startRun(context, order)
  }

  const startOnce = (order: StartOrder): Promise<void> => {
    const { processId } = order.spec
    const running = starting.get(processId)
    if (running !== undefined) return running
    const started = start(order).finally(() => starting.delete(processId))
    starting.set(processId, started)
    return started
  }

  const close = async (): Promise<void> => {
    binds.close()
    adopted.close()
    await Promise.all([trace.close(), slots.close(), traffic.close()])
    sweepLeftovers(runs, cgroupParents)
  }

  adoptAll()
  for (let i = 0; i < options.warmShims; i += 1) setTimeout(slots.refill, refillAfterMs * i)

  return {
    handle: async (request) => {
      if (request.kind === 'start') await startOnce(request)
      if (request.kind === 'remove') await removeRun(options, request.processId, unfollow)
      if (request.kind === 'close') await close()
      return request.kind === 'traffic' ? traffic.read() : undefined
    },
  }
}

/** New shims are made behind what the server has to do with the news, not before it. */
const refillAfterMs = 2

const mustShareUser = (): DriverError =>
  new DriverError(
    'games would run as the same user as this server and could read its data: run it as root, or allow it with local.shareUser: true',
    { temporary: false },
  )

/** Ends what still runs of it and removes its folder. Another installation's stays as it is. */
async function removeRun(
  { dataFolder, installationId }: LauncherOptions,
  processId: string,
  unfollow: (spec: ProcessSpec) => void,
): Promise<void> {
  const folder = runFolder(dataFolder, processId)
  if (!existsSync(folder)) return
  const run = lookAtRun(folder, installationId)
  if (run.state === 'foreign') return
  while (run.state !== 'running' && run.state !== 'ended' && !voidRun(folder)) await sleep(2)
  const after = lookAtRun(folder, installationId)
  if (after.state === 'running' || after.state === 'ended') {
    unfollow(after.record.spec)
    await killRuns([after])
  }
  await removeCgroupsSoon(readRecord(folder)?.place.cgroups ?? [])
  const gone = join(runsFolder(dataFolder), `.gone-${processId}-${process.hrtime.bigint()}`)
  try {
    renameSync(folder, gone)
  } catch (error) {
    // Removed twice at once.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  // Its shim may still be writing the exit code.
  await rm(gone, { recursive: true, force: true, maxRetries: 8, retryDelay: 5 })
}

const maxEndedBytes = 1_000_000

/** Cuts the list of endings, of which only the newest lines mattered. */
function shorten(path: string): void {
  if (existsSync(path) && statSync(path).size > maxEndedBytes) truncateSync(path)
}
