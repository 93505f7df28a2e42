/**
 * What processes use: the CPU and memory that they request, from the moment at which a machine has set it aside until
 * they have ended, by calendar month (UTC). Pure.
 */
import type { Instant } from './clock.ts'
import type { Process } from './process.ts'
import { cpuUnits } from './requested.ts'

/** A calendar month in UTC: `2026-11`. */
export type Month = string

export const monthOf = (at: Instant): Month => new Date(at).toISOString().slice(0, 7)

export const startOf = (month: Month): Instant => Date.parse(`${month}-01T00:00:00.000Z`)

/** The first moment that is not in it any more. */
export function endOf(month: Month): Instant {
  const start = new Date(startOf(month))
  return start.setUTCMonth(start.getUTCMonth() + 1)
}

/** Whole numbers, so that sums of them are exact. */
export interface UsedTime {
  /** Hundredths of a core, times milliseconds. */
  readonly cpu: number
  /** Megabytes, times milliseconds. */
  readonly memory: number
}

type Lived = Pick<Process, 'cpu' | 'memoryMb' | 'scheduledAt' | 'terminatedAt'>

/** What a process used in each month in which it was there, up to `now` while it has not ended. */
export function usedBy(process: Lived, now: Instant): (UsedTime & { readonly month: Month })[] {
  const { scheduledAt, cpu, memoryMb } = process
  const end = process.terminatedAt ?? now
  const used = []
  for (let at = scheduledAt ?? end; at < end;) {
    const month = monthOf(at)
    const until = Math.min(end, endOf(month))
    used.push({ month, cpu: cpuUnits(cpu) * (until - at), memory: memoryMb * (until - at) })
    at = until
  }
  return used
}

/** What an application used in a month. */
export interface AppUsage {
  readonly month: Month
  readonly appId: string
  /** As it is called; for a deleted one, as it was called then. */
  readonly appName: string
  readonly vcpuHours: number
  readonly memoryGbHours: number
  readonly egressBytes: number
}

const hourMs = 3_600_000

export const vcpuHoursOf = ({ cpu }: Pick<UsedTime, 'cpu'>): number => cpu / 100 / hourMs
export const memoryGbHoursOf = ({ memory }: Pick<UsedTime, 'memory'>): number =>
  memory / 1_024 / hourMs

/** What left a process since its start, as it was measured. */
export interface MeasuredEgress {
  readonly processId: string
  readonly bytes: number
}
