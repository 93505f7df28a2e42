/** Which deployments keep failing, and until when none of their processes is started. In memory: after a restart they are tried again. */
import type { Instant } from '../domain/clock.ts'
import type { Process } from '../domain/process.ts'
import { type BackOff, backedOff, isProven, provenMs } from '../domain/static-allocation.ts'

export interface KnownBackOff extends BackOff {
  /** When the last one failed. */
  readonly at: Instant
}

export interface BackOffs {
  /**
   * Ended by a process that was started after the last failure and has run long enough; and when none failed for as long
   * although it could, while others run. Those of other deployments than this newest one are forgotten.
   */
  current(
    key: string,
    given: {
      deploymentId: string | null
      processes: readonly Process[]
      now: Instant
    },
  ): KnownBackOff | null
  of(key: string, deploymentId: string | null): KnownBackOff | null
  /** Several that fail together, before the time is up, are one failure. */
  failed(key: string, failure: { deploymentId: string; reason: string; now: Instant }): KnownBackOff
  forget(key: string): void
}

export function createBackOffs(): BackOffs {
  /** By deployment: a late failure of the one before says nothing of the newest. */
  const known = new Map<string, Map<string, KnownBackOff>>()

  const of: BackOffs['of'] = (key, deploymentId) =>
    (deploymentId !== null && known.get(key)?.get(deploymentId)) || null

  function keep(key: string, deploymentId: string, backOff: KnownBackOff): KnownBackOff {
    known.set(key, new Map(known.get(key)).set(deploymentId, backOff))
    return backOff
  }

  return {
    of,
    forget: (key) => void known.delete(key),
    current(key, { deploymentId, processes, now }) {
      const found = of(key, deploymentId)
      known.delete(key)
      if (found === null || deploymentId === null) return null
      const ofIt = processes.filter((process) => process.deploymentId === deploymentId)
      return isOver(found, ofIt, now) ? null : keep(key, deploymentId, found)
    },
    failed(key, { deploymentId, reason, now }) {
      const before = of(key, deploymentId)
      const isSame = before !== null && now < before.until
      const next = isSame ? before : backedOff(before, reason, now)
      return keep(key, deploymentId, { ...next, reason, at: now })
    },
  }
}

function isOver({ at, until }: KnownBackOff, processes: readonly Process[], now: Instant): boolean {
  const proven = processes.filter((process) => isProven(process, now))
  if (proven.some(({ startedAt }) => (startedAt ?? 0) >= at)) return true
  const isTrying = processes.some((process) => isComingUp(process) && !proven.includes(process))
  return proven.length > 0 && !isTrying && now >= until + provenMs
}

const isComingUp = ({ status }: Process): boolean => status === 'starting' || status === 'running'
