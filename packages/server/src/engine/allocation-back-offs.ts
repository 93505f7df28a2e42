/** Which deployments keep failing, and until when none of their processes is started. In memory: after a restart they are tried again. */
import type { Instant } from '../domain/clock.ts'
import type { Process } from '../domain/process.ts'
import { type BackOff, backedOff, isProven } from '../domain/static-allocation.ts'

export interface KnownBackOff extends BackOff {
  readonly deploymentId: string
  /** When the last one failed. */
  readonly at: Instant
}

export interface BackOffs {
  /** Undone by a new deployment, and by a process that was started after the last failure and has run long enough. */
  current(
    key: string,
    given: {
      deploymentId: string | undefined
      processes: readonly Process[]
      now: Instant
    },
  ): KnownBackOff | null
  /** Null when it is of another deployment. */
  of(key: string, deploymentId: string | undefined): KnownBackOff | null
  /** Several that fail together, before the time is up, are one failure. */
  failed(key: string, failure: { deploymentId: string; reason: string; now: Instant }): KnownBackOff
  forget(key: string): void
}

export function createBackOffs(): BackOffs {
  const known = new Map<string, KnownBackOff>()

  const of: BackOffs['of'] = (key, deploymentId) => {
    const found = known.get(key)
    return found?.deploymentId === deploymentId && found !== undefined ? found : null
  }

  return {
    of,
    forget: (key) => void known.delete(key),
    current(key, { deploymentId, processes, now }) {
      const found = of(key, deploymentId)
      const isOver = (process: Process): boolean =>
        process.deploymentId === deploymentId &&
        isProven(process, now) &&
        (process.startedAt ?? 0) >= (found?.at ?? 0)
      if (found !== null && !processes.some(isOver)) return found
      known.delete(key)
      return null
    },
    failed(key, { deploymentId, reason, now }) {
      const before = of(key, deploymentId)
      const next =
        before !== null && now < before.until
          ? { ...before, reason, at: now }
          : { ...backedOff(before, reason, now), deploymentId, at: now }
      known.set(key, next)
      return next
    },
  }
}
