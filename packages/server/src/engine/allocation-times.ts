/**
 * Since when processes run, by the monotonic clock. The wall clock is looked at once for each, when it is first seen to
 * run, so that a jump of it neither makes a new one count as proven nor holds a deployment up.
 */
import type { Clock } from '../domain/clock.ts'
import type { Process, ProcessId } from '../domain/process.ts'

export interface AllocationTimes {
  /** The processes that are there now, with `startedAt` as a reading of the monotonic clock. */
  onMonotonic(key: string, processes: readonly Process[]): Process[]
  forget(key: string): void
}

export function createAllocationTimes(clock: Clock): AllocationTimes {
  const known = new Map<string, ReadonlyMap<ProcessId, number>>()

  const startOf = (startedAt: number): number =>
    clock.monotonic() - Math.max(0, clock.now() - startedAt)

  return {
    onMonotonic(key, processes) {
      const before = known.get(key)
      const starts = new Map<ProcessId, number>()
      for (const { processId, startedAt } of processes)
        if (startedAt !== null) starts.set(processId, before?.get(processId) ?? startOf(startedAt))
      known.set(key, starts)
      return processes.map((one) => ({ ...one, startedAt: starts.get(one.processId) ?? null }))
    },
    forget: (key) => void known.delete(key),
  }
}
