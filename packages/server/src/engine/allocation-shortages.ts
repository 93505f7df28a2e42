/** Where machines have no room for what a static allocation keeps, and whether old processes are worth giving up for it. */
import type { Instant } from '../domain/clock.ts'

export interface Shortage {
  readonly deploymentId: string
  readonly reason: string
  /** When it is tried again. */
  readonly until: Instant
  /** When old processes last gave up enough for a new one. */
  readonly gaveUpAt: Instant | null
}

export interface Shortages {
  of(key: string): Shortage | null
  /** Nothing could be started. */
  noted(key: string, given: Omit<Shortage, 'gaveUpAt'>): void
  /** Old processes gave up enough for a new one. */
  gaveUp(key: string, now: Instant): void
  /** Something could be started, or nothing has to be. */
  ended(key: string): void
  /** Not soon after some did: something else took the place, and may take the next one too. */
  isWorthMakingRoom(key: string, now: Instant): boolean
}

const betweenMs = 5 * 60_000

export function createShortages(): Shortages {
  const known = new Map<string, Shortage>()
  return {
    of: (key) => known.get(key) ?? null,
    noted(key, given) {
      const before = known.get(key)
      const isSame = before?.deploymentId === given.deploymentId
      known.set(key, { ...given, gaveUpAt: isSame ? before.gaveUpAt : null })
    },
    gaveUp(key, now) {
      const shortage = known.get(key)
      if (shortage !== undefined) known.set(key, { ...shortage, gaveUpAt: now })
    },
    ended: (key) => void known.delete(key),
    isWorthMakingRoom(key, now) {
      const gaveUpAt = known.get(key)?.gaveUpAt ?? null
      return gaveUpAt === null || now - gaveUpAt >= betweenMs
    },
  }
}
