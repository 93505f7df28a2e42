/**
 * The local driver: processes of this machine, without a daemon and without compiled code. What is true stands in run
 * folders on disk; the server and the launcher beside it may be killed and upgraded at any time.
 */
import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  DriverError,
  type Driver,
  type Observation,
  type ProcessSpec,
  type UsageSource,
} from '../../domain/driver.ts'
import type { ProcessId } from '../../domain/process.ts'
import type { Capabilities } from './capabilities.ts'
import { type LauncherClient, createLauncherClient } from './launcher-client.ts'
import { killRuns, sendSignal } from './members.ts'
import { isAlive } from '../linux/process-stat.ts'
import {
  type Run,
  isRunName,
  lookAtRun,
  runFolder,
  runNames,
  runsFolder,
  voidRun,
} from './run-folder.ts'
import type { StarterKind } from './shim.ts'
import { createUsage } from './usage.ts'

export interface LocalDriverOptions {
  readonly dataFolder: string
  readonly installationId: string
  readonly nodeId: string
  /** User ids for games, one per application, both ends included. Used as root. */
  readonly uidRange: { readonly from: number; readonly to: number }
  /** Whether games may run as our own user where they cannot have one of their own. */
  readonly shareUser: boolean
  /** The unpacked folder of a build. */
  readonly artifactFolder: (contentHash: string) => string
  /** The file that a process' output is appended to. */
  readonly logFileOf: (processId: ProcessId) => string
  readonly log: LocalDriverLog
  /** The launcher's program in a bundle; its source by default. */
  readonly launcherEntry?: string
  /** How many prepared shims wait for work; 0 prepares none. */
  readonly warmShims?: number
  /** Ways to start a program, in the order of trying; `perl`, then `sh`. */
  readonly starters?: readonly StarterKind[]
}

export interface LocalDriverLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface LocalDriver extends Driver {
  readonly usage: UsageSource
  /** What this machine can do; settles some milliseconds after the driver was made. */
  capabilities(): Promise<Capabilities>
}

const defaultWarmShims = 4

/** Starts the launcher beside it; close() ends that, never a game. */
export function createLocalDriver(options: LocalDriverOptions): LocalDriver {
  const { dataFolder, installationId } = options
  mkdirSync(runsFolder(dataFolder), { recursive: true, mode: 0o700 })
  const watchers = new Set<(processId: ProcessId) => void>()
  const launcher = openLauncher(options, (processId) => {
    for (const onChange of watchers) onChange(processId)
  })
  const look = (processId: ProcessId): Run =>
    isRunName(processId)
      ? lookAtRun(runFolder(dataFolder, processId), installationId)
      : { state: 'absent' }
  const usage = createUsage({ look, traffic: () => launcher.request({ kind: 'traffic' }) })

  return {
    name: 'local',
    leasesPorts: true,
    bindsLeasedPort: true,
    startsFrom: 'Procfile',
    canStart: ({ kind }) => kind === 'folder',
    usage,
    capabilities: launcher.capabilities,

    start: async (spec, signal) => {
      refuseOddId(spec.processId)
      const { artifact } = spec
      if (artifact.kind !== 'folder') throw noFolder(spec)
      const buildFolder = options.artifactFolder(artifact.contentHash)
      const log = options.logFileOf(spec.processId)
      const order = { spec: { ...spec, artifact }, buildFolder, log }
      await abortable(launcher.request({ kind: 'start', ...order }), signal)
    },

    signal: async (processId, kind) => {
      const folder = runFolder(dataFolder, processId)
      const run = await callOff(folder, () => look(processId))
      if (run.state !== 'running' && run.state !== 'ended') return
      if (kind === 'kill') await killAll(run)
      // Its own session makes the program the leader of its group.
      else if (isAlive(run.program)) sendSignal(-run.program.pid, 'SIGTERM')
    },

    observe: async (processId) => observationOf(processId, look(processId)),

    list: async () =>
      runNames(dataFolder)
        .map((processId) => observationOf(processId, look(processId)))
        .filter((seen) => seen.state !== 'absent'),

    watch: (onChange) => {
      watchers.add(onChange)
    },

    remove: async (processId) => {
      if (!isRunName(processId)) return
      usage.forget(processId)
      await launcher.request({ kind: 'remove', processId })
    },

    close: async () => {
      watchers.clear()
      usage.close()
      await launcher.close()
    },
  }
}

function openLauncher(
  options: LocalDriverOptions,
  onChange: (processId: ProcessId) => void,
): LauncherClient {
  const { dataFolder, installationId, uidRange, shareUser, launcherEntry } = options
  return createLauncherClient({
    dataFolder,
    installationId,
    uidRange,
    shareUser,
    warmShims: options.warmShims ?? defaultWarmShims,
    starters: options.starters ?? ['perl', 'sh'],
    ...(launcherEntry !== undefined && { launcherEntry }),
    onChange,
    onSaid: (level, message) => options.log[level]({ node: options.nodeId }, message),
  })
}

/** A run that has not become a program yet never will after this; one that has is as it is. */
async function callOff(folder: string, look: () => Run): Promise<Run> {
  let run = look()
  while (run.state === 'starting' && !voidRun(folder)) {
    await sleep(2)
    run = look()
  }
  return run
}

async function killAll(run: Extract<Run, { state: 'running' | 'ended' }>): Promise<void> {
  if (await killRuns([run])) return
  throw new DriverError(`some processes of it do not end by SIGKILL`, { temporary: true })
}

const noFolder = ({ buildId }: ProcessSpec): DriverError =>
  new DriverError(`build ${buildId} is an image, which needs a container engine`, {
    temporary: false,
  })

function refuseOddId(processId: ProcessId): void {
  if (isRunName(processId)) return
  throw new DriverError(`the process id ${processId} cannot name a folder`, { temporary: false })
}

/** The launcher goes on with what was given up; whoever looks later finds it. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const given = Promise.withResolvers<never>()
  const giveUp = () => given.reject(new DriverError('the start was given up', { temporary: true }))
  if (signal.aborted) giveUp()
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return await Promise.race([work, given.promise])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

function observationOf(processId: ProcessId, run: Run): Observation {
  if (run.state === 'absent' || run.state === 'foreign') return { state: 'absent', processId }
  const { spec } = run.record
  if (run.state === 'starting') return { state: 'starting', processId, spec }
  const { bootedAt, boundAt } = run
  const boundInstead = boundAt === null ? run.boundInstead : null
  if (run.state === 'running') {
    return { state: 'running', processId, spec, bootedAt, boundAt, boundInstead }
  }
  const { endedAt, exit } = run
  return { state: 'ended', processId, spec, bootedAt, boundAt, boundInstead, endedAt, exit }
}
