/**
 * Static allocation: how many processes of the newest deployment an application keeps in a region, and how those of
 * older deployments are replaced. Pure: what is there goes in, the next steps come out, and they lead to the target
 * from any state, so that a crash between two of them is harmless.
 */
import type { Instant } from './clock.ts'
import { type Process, type ProcessId, isFinal } from './process.ts'

/** 0 ≤ min < target, min ≤ max. A target of 0 keeps none. */
export interface Allocation {
  readonly minProcesses: number
  readonly targetProcesses: number
  readonly maxProcesses: number
}

/** How often in a row new processes of a deployment failed, and until when none is started. */
export interface BackOff {
  readonly failures: number
  readonly until: Instant
  readonly reason: string
}

export interface AllocationInput {
  readonly allocation: Allocation
  /** The newest deployment; null: nothing can be started, nothing is replaced. */
  readonly deploymentId: string | null
  /** All of the application in the region that are not final. */
  readonly processes: readonly Process[]
  readonly backOff: BackOff | null
  readonly now: Instant
  /** How long a new one has to run before an old one goes for it: many a crash comes soon after the start. */
  readonly settleMs: number
}

export interface AllocationPlan {
  /** How many to start now. */
  readonly starts: number
  /** Those to drain now; `replaced` says why. */
  readonly drains: readonly { readonly processId: ProcessId; readonly replaced: boolean }[]
}

/** Only what an allocation made is counted and ended; the maximum holds for all of the application in the region. */
export function planAllocation(input: AllocationInput): AllocationPlan {
  const { deploymentId } = input
  const kept = input.processes.filter((process) => process.isAllocated && isKept(process))
  if (input.allocation.targetProcesses === 0) return { starts: 0, drains: kept.map(asSurplus) }
  if (deploymentId === null) return { starts: 0, drains: [] }
  const fresh = kept.filter((process) => process.deploymentId === deploymentId)
  const outdated = kept.filter((process) => process.deploymentId !== deploymentId)
  return {
    starts: startsOf(input, fresh),
    drains: [...surplusOf(input, fresh), ...replacedBy(input, fresh, outdated)],
  }
}

/** It starts or runs, and nobody asked it to go. */
const isKept = ({ status, wanted }: Process): boolean => !isFinal(status) && wanted.kind === 'run'

export const isSettled = (
  { status, startedAt }: Process,
  { now, settleMs }: Pick<AllocationInput, 'now' | 'settleMs'>,
): boolean => status === 'running' && startedAt !== null && now - startedAt >= settleMs

const isRunning = ({ status }: Process): boolean => status === 'running'

const asSurplus = ({ processId }: Process) => ({ processId, replaced: false })
const asReplaced = ({ processId }: Process) => ({ processId, replaced: true })

/** As many as are missing and the maximum allows; while they keep failing one at a time, and none before the time is up. */
function startsOf(input: AllocationInput, fresh: readonly Process[]): number {
  const { allocation, processes, backOff, now } = input
  const missing = allocation.targetProcesses - fresh.length
  const room = allocation.maxProcesses - processes.length
  const possible = Math.max(0, Math.min(missing, room))
  if (backOff === null) return possible
  const isTrying = fresh.some(({ status }) => status === 'starting')
  return now < backOff.until || isTrying ? 0 : Math.min(possible, 1)
}

/** More than the target: the emptiest go, of these the newest. */
function surplusOf({ allocation }: AllocationInput, fresh: readonly Process[]) {
  const tooMany = fresh.length - allocation.targetProcesses
  return tooMany <= 0 ? [] : emptiestFirst(fresh).slice(0, tooMany).map(asSurplus)
}

/**
 * Those of older deployments that may go now: all that do not run yet; as many that run as there are above the target
 * with the new ones that have settled; and, where the maximum leaves no room for new ones, empty ones down to the minimum.
 */
function replacedBy(
  input: AllocationInput,
  fresh: readonly Process[],
  outdated: readonly Process[],
) {
  const { minProcesses, targetProcesses, maxProcesses } = input.allocation
  const [running, starting] = [
    outdated.filter(isRunning),
    outdated.filter((one) => !isRunning(one)),
  ]
  const settled = fresh.filter((one) => isSettled(one, input))
  const runningInAll = running.length + settled.length
  const above = Math.max(0, runningInAll - targetProcesses)
  const missing = targetProcesses - fresh.length
  const room = maxProcesses - input.processes.length
  const leaving = input.processes.filter((one) => !isKept(one) && one.roomsAllocated === 0).length
  const isStuck = missing > 0 && input.backOff === null
  const inTheWay = isStuck ? Math.max(0, missing - Math.max(0, room) - leaving) : 0
  const mayGo = Math.max(0, runningInAll - minProcesses)
  const order = emptiestFirst(running)
  const forRoom = order.filter((one) => one.roomsAllocated === 0).slice(0, inTheWay)
  const going = new Set([...order.slice(0, above), ...forRoom])
  return [...starting, ...[...going].slice(0, mayGo)].map(asReplaced)
}

const emptiestFirst = (processes: readonly Process[]): Process[] =>
  processes.toSorted((a, b) => a.roomsAllocated - b.roomsAllocated || b.seq - a.seq)

const firstPauseMs = 1_000
const longestPauseMs = 5 * 60_000

/** How long one has to run to count as a success. */
export const provenMs = 60_000

/** Whether its end says that the deployment does not work: it never ran, or not for long. */
export const failedEarly = ({ status, startedAt, terminatedAt }: Process): boolean =>
  status === 'failed' && (startedAt === null || (terminatedAt ?? 0) - startedAt < provenMs)

/** Whether it has run for long enough to end a back-off. */
export const isProven = ({ status, startedAt }: Process, now: Instant): boolean =>
  status === 'running' && startedAt !== null && now - startedAt >= provenMs

/** One failure more: the pause doubles from 1 s to 5 min. */
export function backedOff(before: BackOff | null, reason: string, now: Instant): BackOff {
  const failures = (before?.failures ?? 0) + 1
  const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(failures - 1, 20), longestPauseMs)
  return { failures, until: now + pauseMs, reason }
}
