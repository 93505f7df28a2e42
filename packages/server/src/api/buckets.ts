/** How often each of many may do something: buckets of tokens, bounded in memory, without timers. */

export interface Buckets {
  /** Takes one if there is one and answers 0, else the milliseconds until there is one. */
  take(key: string, now: number): number
  /** The milliseconds until there is one; `key` is asked for only where anything is counted at all. */
  wait(key: () => string, now: number): number
}

/** Of each kind of bucket twice as many are remembered at most; what nobody touched for longest is forgotten. */
const mostRecent = 10_000

/** `everyMs`: how often one more may be taken; `burst`: how many at once after a rest. */
export function createBuckets(everyMs: number, burst: number): Buckets {
  /** When each bucket is full again: all that a bucket is. Those not touched since the last turn are in `older`. */
  let recent = new Map<string, number>()
  let older = new Map<string, number>()

  function waitOf(key: string, now: number): number {
    const fullAt = recent.get(key) ?? older.get(key) ?? now
    return Math.max(0, fullAt - now - (burst - 1) * everyMs)
  }

  return {
    take(key, now) {
      const waitMs = waitOf(key, now)
      if (waitMs > 0) return waitMs
      const fullAt = Math.max(now, recent.get(key) ?? older.get(key) ?? now) + everyMs
      if (recent.size >= mostRecent && !recent.has(key)) {
        older = recent
        recent = new Map()
      }
      recent.set(key, fullAt)
      return 0
    },
    wait: (key, now) => (recent.size + older.size === 0 ? 0 : waitOf(key(), now)),
  }
}
