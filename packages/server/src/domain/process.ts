/** A process: one run of a deployment in a region. Pure; every change of a status goes through `advance`. */
import type { ProcessStatus, TransportType } from '@hatchery/contract'
import type { Instant } from './clock.ts'
import { type ExitReason, type StopReason, describe } from './exit-reason.ts'
import type { InitialRoom } from './room.ts'

export type ProcessId = string

/** A port of a process: what the deployment named, and the number leased for it on the node. */
export interface LeasedPort {
  readonly name: string
  readonly transport: TransportType
  readonly containerPort: number
  readonly host: string
  readonly port: number
}

/** What shall be: go on, take no new rooms, or end; with the reason beside it. */
export type Wanted =
  | { readonly kind: 'run' }
  | { readonly kind: 'drain'; readonly why: StopReason; readonly at: Instant }
  | { readonly kind: 'stop'; readonly why: StopReason }

export interface Process {
  readonly processId: ProcessId
  /** Insertion order over all processes; given by the store. */
  readonly seq: number
  readonly orgId: string
  readonly appId: string
  readonly deploymentId: string
  readonly buildId: string
  readonly region: string
  /** The machine it runs on; decided at creation. */
  readonly nodeId: string
  readonly status: ProcessStatus
  readonly wanted: Wanted
  readonly roomsPerProcess: number
  readonly roomsAllocated: number
  /** The room it was started for; null for one that was started without. */
  readonly initialRoom: InitialRoom | null
  /** Whether a static allocation made it: it is kept, and replaced. */
  readonly isAllocated: boolean
  /** The fleet it was placed in; null for one that was made before there were fleets. */
  readonly fleetId: string | null
  /** Its deployment's: whether it ends when nobody plays on it. */
  readonly idleTimeoutEnabled: boolean
  readonly cpu: number
  readonly memoryMb: number
  readonly createdAt: Instant
  readonly scheduledAt: Instant | null
  readonly bootedAt: Instant | null
  readonly startedAt: Instant | null
  readonly stoppingAt: Instant | null
  readonly terminatedAt: Instant | null
  /** Empty until scheduled; the default port first. */
  readonly ports: readonly LeasedPort[]
  /** Set once final. */
  readonly exitCode: number | null
  readonly exitReason: string | null
}

/** What a process is of, and where: it never changes, and is stamped on the run so that its record can be rebuilt. */
export type Origin = Pick<
  Process,
  | 'processId'
  | 'orgId'
  | 'appId'
  | 'deploymentId'
  | 'buildId'
  | 'region'
  | 'nodeId'
  | 'roomsPerProcess'
  | 'idleTimeoutEnabled'
>

/** Of a process or of a stamp, nothing else of it. */
export function originOf(holder: Origin): Origin {
  const { processId, orgId, appId, deploymentId, buildId } = holder
  const { region, nodeId, roomsPerProcess, idleTimeoutEnabled } = holder
  return {
    ...{ processId, orgId, appId, deploymentId, buildId },
    ...{ region, nodeId, roomsPerProcess, idleTimeoutEnabled },
  }
}

/** Which status may follow which. A new status does not compile until it stands here. */
const transitions = {
  starting: ['running', 'stopping', 'failed'],
  running: ['draining', 'stopping', 'stopped', 'failed'],
  draining: ['stopping', 'stopped', 'failed'],
  stopping: ['stopped', 'failed'],
  stopped: [],
  failed: [],
} as const satisfies Record<ProcessStatus, readonly ProcessStatus[]>

export const isFinal = (status: ProcessStatus): boolean => transitions[status].length === 0

export const canAdvance = (from: ProcessStatus, to: ProcessStatus): boolean =>
  (transitions[from] as readonly ProcessStatus[]).includes(to)

const timeOf = {
  starting: null,
  running: 'startedAt',
  draining: null,
  stopping: 'stoppingAt',
  stopped: 'terminatedAt',
  failed: 'terminatedAt',
} as const satisfies Record<ProcessStatus, keyof Process | null>

/** The newest time in the record; a later time is never before it. */
export function lastTime(process: Process): Instant {
  const { createdAt, scheduledAt, bootedAt, startedAt, stoppingAt, terminatedAt } = process
  return Math.max(
    createdAt,
    scheduledAt ?? 0,
    bootedAt ?? 0,
    startedAt ?? 0,
    stoppingAt ?? 0,
    terminatedAt ?? 0,
  )
}

/**
 * The only function that changes a status. Throws on a transition that the table does not allow.
 * The time it sets is never before any time already in the record.
 */
export function advance(
  process: Process,
  to: ProcessStatus,
  at: Instant,
  reason?: ExitReason,
): Process {
  if (!canAdvance(process.status, to)) {
    throw new Error(`process ${process.processId} cannot go from ${process.status} to ${to}`)
  }
  const key = timeOf[to]
  return {
    ...process,
    status: to,
    ...(key !== null && { [key]: Math.max(at, lastTime(process)) }),
    ...(isFinal(to) && {
      exitReason: reason === undefined ? null : describe(reason),
      roomsAllocated: 0,
    }),
  }
}

/** The process with its stop asked for: wanted, status and time in one step. Asking again changes nothing. */
export function stopping(process: Process, why: StopReason, at: Instant): Process {
  if (isFinal(process.status) || process.wanted.kind === 'stop') return process
  return advance({ ...process, wanted: { kind: 'stop', why } }, 'stopping', at)
}

/**
 * The process with its drain asked for: it takes no new rooms, and ends when it has none and nobody is connected. One
 * that starts goes on while it has rooms, else it is stopped. One that is to end or to drain stays as it is.
 */
export function draining(process: Process, why: StopReason, at: Instant): Process {
  if (isFinal(process.status) || process.wanted.kind !== 'run') return process
  if (process.status === 'running') return advance(toDrain(process, why, at), 'draining', at)
  return process.roomsAllocated > 0 ? toDrain(process, why, at) : stopping(process, why, at)
}

const toDrain = (process: Process, why: StopReason, at: Instant): Process => ({
  ...process,
  wanted: { kind: 'drain', why, at },
})

/** The process seen bound: it runs, or drains at once where that was asked for meanwhile. */
export function bound(process: Process, at: Instant): Process {
  const running = advance(process, 'running', at)
  return process.wanted.kind === 'drain' ? advance(running, 'draining', at) : running
}

/** The process with nothing left to wait for: its drain ends in a stop, for the reason of the drain. */
export function drained(process: Process, at: Instant): Process {
  return process.status === 'draining' && process.wanted.kind === 'drain'
    ? stopping(process, process.wanted.why, at)
    : process
}

/** The process with ports leased: it is scheduled now, or since it first was when a port had to be replaced. */
export function scheduled(process: Process, ports: readonly LeasedPort[], at: Instant): Process {
  return { ...process, ports, scheduledAt: process.scheduledAt ?? inTurn(process, at) }
}

/** The process with its program seen running since `at`, or since it first was. */
export function booted(process: Process, at: Instant): Process {
  return process.bootedAt === null ? { ...process, bootedAt: inTurn(process, at) } : process
}

/** Its times stand in the order of its life: what was under way when it was asked to stop counts as done by then. */
const inTurn = ({ createdAt, scheduledAt, stoppingAt }: Process, at: Instant): Instant =>
  Math.min(Math.max(at, scheduledAt ?? createdAt), stoppingAt ?? Infinity)
