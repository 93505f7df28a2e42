/** Where fake processes run: kept apart from the driver, so that it outlives one as a machine outlives a server. */
import type { Instant } from '../../domain/clock.ts'
import type { Activity, DriverError, Observation, ProcessSpec } from '../../domain/driver.ts'
import type { Exit } from '../../domain/exit-reason.ts'
import type { ProcessId } from '../../domain/process.ts'

export interface FakeRun {
  readonly spec: ProcessSpec
  /** Prepared, and not handed over. */
  isHeld: boolean
  bootedAt: Instant | null
  boundAt: Instant | null
  boundInstead: string | null
  end: { readonly exit: Exit; readonly at: Instant } | null
  /** Goes on when asked to end, and ends only by force. */
  ignoresTerminate: boolean
  /** What it reports as used; null: nothing is known of its connections. */
  connections: number | null
}

export interface FakePlace {
  readonly runs: Map<ProcessId, FakeRun>
  /** How the next start fails, once. */
  nextStartError: DriverError | null
  /** How many programs were ever started: starting twice must not count twice. */
  started: number
  readonly artifacts: Set<string>
  /** What `behaviourOf` reads of a process whose environment says nothing of it. */
  habits: Readonly<Record<string, string>>
}

export const createFakePlace = (): FakePlace => ({
  runs: new Map(),
  nextStartError: null,
  started: 0,
  artifacts: new Set(),
  habits: {},
})

export function observationOf(processId: ProcessId, run: FakeRun | undefined): Observation {
  if (run === undefined) return { state: 'absent', processId }
  const { spec, bootedAt, boundAt, end, isHeld } = run
  if (isHeld) return { state: 'held', processId, spec, isReady: boundAt !== null && end === null }
  const boundInstead = boundAt === null ? run.boundInstead : null
  if (end !== null) {
    const { exit, at: endedAt } = end
    return { state: 'ended', processId, spec, bootedAt, boundAt, boundInstead, endedAt, exit }
  }
  if (bootedAt === null) return { state: 'starting', processId, spec }
  return { state: 'running', processId, spec, bootedAt, boundAt, boundInstead }
}

export const activityOf = (run: FakeRun): Activity =>
  run.connections === null ? { kind: 'unknown' } : { kind: 'known', count: run.connections }
