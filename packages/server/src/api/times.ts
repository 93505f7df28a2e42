/** Unix times as callers write them: seconds, or milliseconds from 10^11 on. */
import type { Instant } from '../domain/clock.ts'

export const instantOf = (unix: number): Instant => (Math.abs(unix) >= 1e11 ? unix : unix * 1000)
