/**
 * What time it is for a process: its newest recorded time plus what the monotonic clock counted since. The
 * wall clock is looked at once per recorded time, so a jump of it shortens no deadline.
 */
import type { Clock, Instant } from '../domain/clock.ts'
import { type Process, type ProcessId, lastTime } from '../domain/process.ts'

export interface ProcessClock {
  now(process: Process): Instant
  forget(processId: ProcessId): void
}

export function createProcessClock(clock: Clock): ProcessClock {
  const anchors = new Map<ProcessId, { last: Instant; base: number }>()
  return {
    now(process) {
      const last = lastTime(process)
      const monotonic = clock.monotonic()
      let anchor = anchors.get(process.processId)
      if (anchor === undefined || anchor.last !== last) {
        anchor = { last, base: Math.max(clock.now(), last) - monotonic }
        anchors.set(process.processId, anchor)
      }
      return Math.floor(anchor.base + monotonic)
    },
    forget: (processId) => void anchors.delete(processId),
  }
}
