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
  /** Whether the machines have no room for one more, whatever the maximum allows. */
  readonly isFull: boolean
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
  const surplus = surplusOf(input, fresh, outdated)
  const stays = fresh.filter((process) => !surplus.includes(process))
  const replaced = replacedBy(input, stays, outdated)
  return {
    starts: startsOf(input, fresh),
    drains: [...surplus.map(asSurplus), ...replaced.map(asReplaced)],
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
  const isTrying = fresh.some((one) => !isSettled(one, input))
  return now < backOff.until || isTrying ? 0 : Math.min(possible, 1)
}

/** More than the target: the emptiest go, of these the newest; but none that runs where that leaves too few. */
function surplusOf(
  { allocation }: AllocationInput,
  fresh: readonly Process[],
  outdated: readonly Process[],
): Process[] {
  const tooMany = Math.max(0, fresh.length - allocation.targetProcesses)
  const running = [...fresh, ...outdated].filter(isRunning).length
  const mayGo = Math.max(0, running - allocation.minProcesses)
  const going = emptiestFirst(fresh).slice(0, tooMany)
  const kept = new Set(going.filter(isRunning).slice(mayGo))
  return going.filter((process) => !kept.has(process))
}

/**
 * Those of older deployments that may go now: all that do not run yet; as many that run as there are above the target
 * with the new ones that have settled, unless new ones keep failing; and those that are in the way of new ones.
 */
function replacedBy(
  input: AllocationInput,
  fresh: readonly Process[],
  outdated: readonly Process[],
): Process[] {
  const { minProcesses, targetProcesses } = input.allocation
  const running = emptiestFirst(outdated.filter(isRunning))
  const settled = fresh.filter((one) => isSettled(one, input)).length
  const runningInAll = running.length + settled
  const isFailing = input.backOff !== null
  const starting = isFailing ? [] : outdated.filter((one) => !isRunning(one))
  const above = isFailing ? 0 : Math.max(0, runningInAll - targetProcesses)
  const going = new Set([...running.slice(0, above), ...inTheWay(input, fresh, running)])
  return [...starting, ...[...going].slice(0, Math.max(0, runningInAll - minProcesses))]
}

/**
 * Where the maximum or the machines leave no room for new ones: the empty. Where none is empty and none leaves, the one with the fewest
 * rooms, so that rooms that never end do not hold it up for ever.
 */
function inTheWay(
  input: AllocationInput,
  fresh: readonly Process[],
  running: readonly Process[],
): Process[] {
  const free = Math.max(0, input.allocation.maxProcesses - input.processes.length)
  const needed = placesWorthMaking(input, fresh) - (input.isFull ? 0 : free)
  if (needed <= 0) return []
  const leaving = input.processes.filter((one) => !isKept(one))
  const empty = running.filter(isEmpty)
  if (empty.length === 0 && leaving.length === 0) return running.slice(0, 1)
  return empty.slice(0, Math.max(0, needed - leaving.filter(isEmpty).length))
}

/**
 * For how many new ones old ones may go before those run. A single one, before the first has settled: a deployment that
 * is broken costs no more. And a single one again where some run and others fail, to find out.
 */
function placesWorthMaking(input: AllocationInput, fresh: readonly Process[]): number {
  const { allocation, backOff, now } = input
  const hasSettled = fresh.some((one) => isSettled(one, input))
  const missing = allocation.targetProcesses - fresh.length
  if (backOff === null) return hasSettled ? missing : Number(fresh.length === 0)
  const isTrying = fresh.some((one) => !isSettled(one, input))
  return Math.min(missing, Number(hasSettled && !isTrying && now >= backOff.until))
}

const isEmpty = ({ roomsAllocated }: Process): boolean => roomsAllocated === 0

const emptiestFirst = (processes: readonly Process[]): Process[] =>
  processes.toSorted((a, b) => a.roomsAllocated - b.roomsAllocated || b.seq - a.seq)

const firstPauseMs = 1_000
const longestPauseMs = 5 * 60_000

/** How long one has to run to count as a success. */
export const provenMs = 60_000

/** One that ends by itself with code 0 so soon has not served anybody. */
const atOnceMs = 5_000

/** Whether its end says that the deployment does not work: it never ran, or not for long, and nobody asked it to end. */
export function failedEarly({ status, wanted, startedAt, terminatedAt }: Process): boolean {
  const ranMs = startedAt === null ? 0 : (terminatedAt ?? 0) - startedAt
  if (status === 'failed') return ranMs < provenMs
  return status === 'stopped' && wanted.kind === 'run' && ranMs < atOnceMs
}

/** Whether it has run for long enough to end a back-off. */
export const isProven = ({ status, startedAt }: Process, now: Instant): boolean =>
  status === 'running' && startedAt !== null && now - startedAt >= provenMs

/** One failure more: the pause doubles from 1 s to 5 min. */
export function backedOff(before: BackOff | null, reason: string, now: Instant): BackOff {
  const failures = (before?.failures ?? 0) + 1
  const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(failures - 1, 20), longestPauseMs)
  return { failures, until: now + pauseMs, reason }
}
