/**
 * Static allocation: how many processes of the newest deployment an application keeps in a region, and how those of
 * older deployments are replaced. Pure: what is there goes in, the next steps come out, and they lead to the target
 * from any state, so that a crash between two of them is harmless.
 */
import type { Instant } from './clock.ts'
import { type Space, type Spot, makingRoom } from './making-room.ts'
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
  /** What a new one needs, and what is free on the machines or below a limit, where there is no room for one more. */
  readonly full: { readonly needs: Space; readonly spots: readonly Spot[] } | null
  readonly now: Instant
  /** How long a new one has to run before an old one goes for it: many a crash comes soon after the start. */
  readonly settleMs: number
}

export interface AllocationPlan {
  /** How many to start now. */
  readonly starts: number
  /** Those to drain now. */
  readonly drains: readonly PlannedDrain[]
}

export interface PlannedDrain {
  readonly processId: ProcessId
  /** More than the target; of an older deployment; of an older one, and a new one cannot be started before it is gone. */
  readonly why: 'too-many' | 'outdated' | 'in-the-way'
}

/** Only what an allocation made is counted and ended; the maximum holds for all of the application in the region. */
export function planAllocation(input: AllocationInput): AllocationPlan {
  const { deploymentId } = input
  const kept = input.processes.filter((process) => process.isAllocated && isKept(process))
  if (input.allocation.targetProcesses === 0)
    return { starts: 0, drains: kept.map(going('too-many')) }
  if (deploymentId === null) return { starts: 0, drains: [] }
  const fresh = kept.filter((process) => process.deploymentId === deploymentId)
  const outdated = kept.filter((process) => process.deploymentId !== deploymentId)
  const surplus = surplusOf(input, fresh, outdated)
  const stays = fresh.filter((process) => !surplus.includes(process))
  return {
    starts: startsOf(input, fresh),
    drains: [...surplus.map(going('too-many')), ...replacedBy(input, stays, outdated)],
  }
}

/**
 * Why new ones that are missing cannot be started, and no time will help: in words, or null. Something has to end, or the
 * limits have to change.
 */
export function standstill(input: AllocationInput): string | null {
  const { starts, drains } = planAllocation(input)
  const { allocation, deploymentId, processes, backOff } = input
  const kept = processes.filter((process) => process.isAllocated && isKept(process))
  const fresh = kept.filter((process) => process.deploymentId === deploymentId)
  const most = Math.min(allocation.targetProcesses, allocation.maxProcesses)
  const isMissing = deploymentId !== null && fresh.length < most
  const isMoving = starts > 0 || drains.length > 0 || !processes.every(isKept)
  const isToSettle = !fresh.every((one) => isSettled(one, input))
  if (!isMissing || isMoving || isToSettle || backOff !== null) return null
  const full = `maxProcesses ${allocation.maxProcesses} leaves no room for a new one`
  return kept.length > fresh.length
    ? `${full}, and minProcesses ${allocation.minProcesses} lets no older one go`
    : `${full}: rooms or CreateProcess started what is there`
}

/** It starts or runs, and nobody asked it to go. */
const isKept = ({ status, wanted }: Process): boolean => !isFinal(status) && wanted.kind === 'run'

export const isSettled = (
  { status, startedAt }: Process,
  { now, settleMs }: Pick<AllocationInput, 'now' | 'settleMs'>,
): boolean => status === 'running' && startedAt !== null && now - startedAt >= settleMs

const isRunning = ({ status }: Process): boolean => status === 'running'

const going =
  (why: PlannedDrain['why']) =>
  ({ processId }: Process): PlannedDrain => ({ processId, why })

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
): PlannedDrain[] {
  const { minProcesses, targetProcesses } = input.allocation
  const running = emptiestFirst(outdated.filter(isRunning))
  const settled = fresh.filter((one) => isSettled(one, input)).length
  const runningInAll = running.length + settled
  const isFailing = input.backOff !== null
  const starting = isFailing ? [] : outdated.filter((one) => !isRunning(one))
  const mayGo = running.slice(0, Math.max(0, runningInAll - minProcesses))
  const above = isFailing ? 0 : Math.max(0, runningInAll - targetProcesses)
  const replaced = [...starting, ...mayGo.slice(0, above)]
  const more = inTheWay(input, { fresh, replaced, mayGo: mayGo.slice(above) })
  return [...replaced.map(going('outdated')), ...more.map(going('in-the-way'))]
}

/**
 * Where the maximum, the machines or a limit leave no room for new ones: the empty. Where none is empty and none leaves, the one with the fewest
 * rooms, so that rooms that never end do not hold it up for ever.
 */
function inTheWay(
  input: AllocationInput,
  { fresh, replaced, mayGo }: Record<'fresh' | 'replaced' | 'mayGo', readonly Process[]>,
): Process[] {
  const count = placesWorthMaking(input, fresh)
  const room = roomOf(input)
  const leaving = [...input.processes.filter((one) => !isKept(one)), ...replaced]
  const soon = { ...room, count, leaving: leaving.filter(isEmpty) }
  const empty = makingRoom({ ...soon, candidates: mayGo.filter(isEmpty) })
  if (empty.length > 0 || leaving.length > 0) return empty
  return makingRoom({ ...soon, count: Math.min(count, 1), candidates: mayGo })
}

/** What limits how many there may be: what is full, else the maximum. */
function roomOf({ full, allocation, processes }: AllocationInput) {
  if (full !== null) return { needs: full.needs, spots: full.spots }
  const places = allocation.maxProcesses - processes.length
  const unlimited = { cpu: Infinity, memoryMb: Infinity }
  return {
    needs: { cpu: 0, memoryMb: 0, places: 1 },
    spots: [{ nodeId: null, free: { ...unlimited, places } }],
  }
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
