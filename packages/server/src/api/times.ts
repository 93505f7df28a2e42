/** Unix times as callers write them: seconds, or milliseconds from 10^11 on. */
import type { Instant } from '../domain/clock.ts'

/** Microseconds count, what is smaller does not: 1764085891.123 s is exactly 1764085891123 ms. */
export function instantOf(unix: number): Instant {
  const ms = Math.abs(unix) >= 1e11 ? unix : unix * 1000
  return Math.abs(ms) > Number.MAX_SAFE_INTEGER / 1000 ? ms : Math.round(ms * 1000) / 1000
}
