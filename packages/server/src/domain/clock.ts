/** Time and chance, passed in so that rules stay pure and tests decide what time it is. */

/** Milliseconds since 1970 by the wall clock. */
export type Instant = number

export interface Clock {
  /** The wall clock: what is written into records. */
  now(): Instant
  /** Milliseconds that only ever grow: what deadlines run on, so that a jump of the wall clock moves none. */
  monotonic(): number
  /** Calls back once after `ms` on the monotonic clock; the answer cancels it. Never keeps the program alive. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1))
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** RFC 3339 with milliseconds and Z, as the official clients take it. */
export const timestamp = (at: Instant): string => new Date(at).toISOString()
