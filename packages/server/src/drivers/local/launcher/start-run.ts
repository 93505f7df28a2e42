/** One start: from a spec to a running program, at most once per process id whatever dies in between. */
import {
  chownSync,
  closeSync,
  existsSync,
  fchownSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DriverError, type FolderArtifact, type ProcessSpec } from '../../../domain/driver.ts'
import { type CgroupParent, limitCgroups, removeCgroups } from '../cgroup.ts'
import { copyTree } from '../copy-tree.ts'
import { takenPort } from '../../linux/port-check.ts'
import { type ProcessIdentity, bootId, statOf } from '../../linux/process-stat.ts'
import {
  type Run,
  type RunRecord,
  type RunningRun,
  lookAtRun,
  programOf,
  readRecord,
  runFolder,
  voidRun,
  writeRecord,
} from '../run-folder.ts'
import { type Stage, ordersFor, stageFolder } from '../shim.ts'
import { type Slot, type Slots, problemOf } from './slots.ts'

export interface StartContext {
  readonly dataFolder: string
  readonly installationId: string
  readonly stage: Stage
  readonly cgroupParents: readonly CgroupParent[]
  readonly slots: Slots
  readonly uidOf: (appId: string) => number
  readonly onStarted: (slot: Slot, record: RunRecord, program: ProcessIdentity) => void
  /** It was there already, perhaps started by somebody who is gone. */
  readonly onFound: (folder: string, run: RunningRun) => void
}

export interface StartOrder {
  readonly spec: ProcessSpec<FolderArtifact>
  readonly buildFolder: string
  readonly log: string
}

/** Resolves when the program runs, or has run, under this id. Rejects with a DriverError when it did not run, and leaves nothing. */
export async function startRun(context: StartContext, order: StartOrder): Promise<void> {
  const { processId } = order.spec
  const folder = runFolder(context.dataFolder, processId)
  if (await isThere(context, folder)) return
  refuseOddEnvironment(order.spec)
  if (!existsSync(order.buildFolder)) {
    throw new DriverError(`the build ${order.spec.artifact.contentHash} is not on this machine`, {
      temporary: false,
    })
  }
  const taken = await takenPort(order.spec.ports)
  if (taken !== undefined) throw portTaken(taken)
  const slot = context.slots.take()
  try {
    if (await startIn(slot, context, order)) return
  } catch (error) {
    await context.slots.discard(slot)
    throw error
  }
  // Another launcher was faster.
  await context.slots.discard(slot)
  await startRun(context, order)
}

const portTaken = ({
  port,
  transport,
}: ProcessSpec<FolderArtifact>['ports'][number]): DriverError =>
  new DriverError(
    `port ${port}/${transport === 'udp' ? 'udp' : 'tcp'} is taken by another program`,
    {
      temporary: true,
      portTaken: true,
    },
  )

/**
 * Whether a run of this id is there already. Another launcher's start is waited for; what is left of one that never ran
 * the program is cleared away.
 */
async function isThere(context: StartContext, folder: string): Promise<boolean> {
  for (;;) {
    if (!existsSync(folder)) return false
    const run = lookAtRun(folder, context.installationId)
    refuseForeign(run)
    if (run.state === 'running') context.onFound(folder, run)
    if (run.state === 'running' || run.state === 'ended') return true
    if (run.state === 'absent' && voidRun(folder)) break
    await sleep(2)
  }
  clearAttempt(folder)
  return false
}

/** Removes the folder of a run that never was. It must be void. */
export function clearAttempt(folder: string): void {
  const cgroups = readRecord(folder)?.place.cgroups ?? []
  rmSync(folder, { recursive: true, force: true })
  removeCgroups(cgroups)
}

function refuseForeign(run: Run): void {
  if (run.state !== 'foreign') return
  throw new DriverError(`its run folder belongs to another installation, ${run.installationId}`, {
    temporary: false,
  })
}

function refuseOddEnvironment({ env, artifact }: ProcessSpec<FolderArtifact>): void {
  const odd = Object.entries(env).find(
    ([name, value]) => !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || value.includes('\0'),
  )
  if (odd !== undefined) {
    throw new DriverError(`the environment variable ${odd[0]} cannot be passed on`, {
      temporary: false,
    })
  }
  if (artifact.command.trim() === '' || artifact.command.includes('\0')) {
    throw new DriverError('the build has no start command', { temporary: false })
  }
}

/** False: there is a run of this id by now, which is not ours. */
async function startIn(slot: Slot, context: StartContext, order: StartOrder): Promise<boolean> {
  const { stage } = context
  const { spec, log } = order
  const uid = stage.isolated ? context.uidOf(spec.appId) : null
  const place = { cgroups: slot.cgroups, uid, log, shim: shimOf(slot), bootId: bootId() }
  const record: RunRecord = { version: 1, spec, place }
  await furnish(slot, stage, { buildFolder: order.buildFolder, uid })
  makeLog(log, uid)
  writeRecord(slot.folder, record)
  limitCgroups(context.cgroupParents, slot.name, spec)
  const folder = runFolder(context.dataFolder, spec.processId)
  if (!claim(slot.folder, folder)) return false
  try {
    const program = await follow(slot, folder, orders(context, order, { record, folder }))
    context.onStarted(slot, record, program)
    return true
  } catch (error) {
    // Somebody who called it off may have cleared it away and started anew.
    if (readRecord(folder)?.place.shim.pid === place.shim.pid) clearAttempt(folder)
    throw error
  }
}

function shimOf({ shim }: Slot): ProcessIdentity {
  const stat = shim.pid === undefined ? undefined : statOf(shim.pid)
  if (shim.pid === undefined || stat === undefined) {
    throw new DriverError('no further program can be started on this machine just now', {
      temporary: true,
    })
  }
  return { pid: shim.pid, startTime: stat.startTime }
}

/** Only one of several launchers can rename its folder to the process id: a folder with something in it is never replaced. */
function claim(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false
    throw error
  }
}

async function furnish(
  slot: Slot,
  stage: Stage,
  { buildFolder, uid }: { buildFolder: string; uid: number | null },
): Promise<void> {
  if (uid !== null) {
    for (const part of stage.overlay ? ['upper', 'home', 'tmp'] : ['home', 'tmp']) {
      chownSync(join(slot.folder, part), uid, uid)
    }
  }
  if (!stage.overlay) await copyTree(buildFolder, join(slot.folder, 'work'), uid)
}

/** The game appends straight to its log, and nobody else may read it. */
function makeLog(log: string, uid: number | null): void {
  mkdirSync(dirname(log), { recursive: true })
  const descriptor = openSync(log, 'a', 0o600)
  if (uid !== null) fchownSync(descriptor, uid, uid)
  closeSync(descriptor)
}

function orders(
  { stage }: StartContext,
  { buildFolder }: StartOrder,
  { record, folder }: { record: RunRecord; folder: string },
): string {
  const { spec, place } = record
  const view = stage.isolated ? stageFolder : folder
  return ordersFor(stage.starter, {
    uid: place.uid,
    overlayOver: stage.overlay ? buildFolder : null,
    log: place.log,
    folder: join(view, 'work'),
    command: spec.artifact.command,
    env: { ...placeEnvironment(spec, view, stage), ...spec.env },
  })
}

/** What the place itself sets. Our own Node is at HATCHERY_NODE: a machine may have none, or one too old. */
const placeEnvironment = (
  spec: ProcessSpec<FolderArtifact>,
  view: string,
  { isolated }: Stage,
): Record<string, string> => ({
  HATHORA_PROCESS_ID: spec.processId,
  HATCHERY_NODE: isolated ? join(view, 'node') : process.execPath,
  PATH: '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games',
  LANG: 'C.UTF-8',
  HOME: join(view, 'home'),
  TMPDIR: join(view, 'tmp'),
  USER: 'game',
})

/** Gives the orders and waits until the starter has become the program. */
function follow(slot: Slot, folder: string, text: string): Promise<ProcessIdentity> {
  return new Promise((resolve, reject) => {
    slot.said.onMore = () => {
      const [, pid, startTime] = /(?:^|\n)(\d+) (\d+)\n/.exec(slot.said.text) ?? []
      if (pid === undefined || startTime === undefined) return
      resolve({ pid: Number(pid), startTime })
    }
    void slot.gone.then(() => {
      // A program that ended at once may be gone before its start was heard of.
      const program = programOf(folder)
      if (program === undefined) reject(unstarted(slot))
      else resolve(program)
    })
    slot.control.end(text)
  })
}

function unstarted(slot: Slot): DriverError {
  const problem = problemOf(slot)
  return new DriverError(problem === '' ? 'it was called off before it ran' : problem, {
    temporary: true,
  })
}
