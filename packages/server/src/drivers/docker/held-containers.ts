/**
 * Containers that are started, bound and paused before a process needs them. The stamp says that one was made so; a
 * small file for each says when it was handed over, and from then on it is a container like any other.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../../domain/clock.ts'
import { DriverError, type Observation, type ProcessSpec } from '../../domain/driver.ts'
import type { ProcessId } from '../../domain/process.ts'
import { labels } from './container-spec.ts'
import type { EngineClient } from './engine-client.ts'
import { hasStatus, isMissing } from './engine-error.ts'
import { type Inspected, type PortSeen, isAlive } from './observe.ts'

export interface HeldContainers {
  /** What is seen of a container, as it looks to those who know nothing of holding. */
  seenAs(container: Inspected, seen: Observation): Observation
  /** Whether it waits to be handed over, whatever became of its program. */
  isHeld(container: Inspected): boolean
  /**
   * Pauses it once its port is bound, and answers it as it was seen then. Rejects with a DriverError when it ends before,
   * or when `signal` is aborted.
   */
  hold(spec: ProcessSpec, signal: AbortSignal): Promise<Inspected>
  /** Lets a paused one go on, as of now; false where it is not paused. */
  letGo(container: Inspected, processId: ProcessId): Promise<boolean>
  /** It goes on, as of now, by whatever way. */
  noteHandover(processId: ProcessId): void
  forget(processId: ProcessId): void
}

export interface HeldContainersOptions {
  readonly engine: EngineClient
  readonly folder: string
  readonly portOf: (processId: ProcessId) => PortSeen
  /** Looks at a container, which has its port watched for. Undefined when there is none. */
  readonly look: (processId: ProcessId) => Promise<Inspected | undefined>
  /** Resolves at the next change of a process; rejects when the signal is aborted. */
  readonly changeOf: (processId: ProcessId, signal: AbortSignal) => Promise<void>
}

export function createHeldContainers(options: HeldContainersOptions): HeldContainers {
  const { engine, folder } = options
  const known = new Map<ProcessId, Instant>()
  const fileOf = (processId: ProcessId): string => join(folder, `${processId}.handed`)

  function handedAt(processId: ProcessId): Instant | undefined {
    const at = known.get(processId) ?? instantIn(fileOf(processId))
    if (at !== undefined) known.set(processId, at)
    return at
  }

  const isHeld = ({ Config: { Labels } }: Inspected): boolean =>
    Labels?.[labels.held] !== undefined && handedAt(Labels[labels.process] ?? '') === undefined

  function noteHandover(processId: ProcessId): void {
    const at = Date.now()
    writeFileSync(`${fileOf(processId)}.new`, String(at))
    renameSync(`${fileOf(processId)}.new`, fileOf(processId))
    known.set(processId, at)
  }

  async function untilBound({ processId }: ProcessSpec, signal: AbortSignal): Promise<Inspected> {
    for (;;) {
      const change = options.changeOf(processId, signal)
      // A change while we look must not be lost, nor be an unhandled rejection when we throw.
      change.catch(() => undefined)
      const container = await options.look(processId)
      if (container === undefined || !isAlive(container.State)) throw endedBefore(container)
      if (options.portOf(processId).boundAt !== null) return container
      await change
    }
  }

  return {
    isHeld,

    seenAs(container, seen) {
      const { processId } = seen
      if (seen.state === 'absent' || seen.state === 'starting') return seen
      if (isHeld(container)) {
        const isReady = container.State.Status === 'paused'
        return { state: 'held', processId, spec: seen.spec, isReady }
      }
      const at = handedAt(processId)
      return at === undefined || seen.state === 'held' ? seen : { ...seen, ...since(seen, at) }
    },

    async hold(spec, signal) {
      const container = await untilBound(spec, signal)
      if (container.State.Status !== 'paused' && isHeld(container)) {
        await engine.call({ method: 'POST', path: `/containers/${container.Id}/pause`, signal })
      }
      return container
    },

    async letGo({ Id }, processId) {
      if (!(await unpause(engine, Id))) return false
      noteHandover(processId)
      return true
    },

    noteHandover,

    forget(processId) {
      known.delete(processId)
      rmSync(fileOf(processId), { force: true })
    },
  }
}

/** False where it goes on already, has ended or is gone. */
async function unpause(engine: EngineClient, id: string): Promise<boolean> {
  try {
    await engine.call({ method: 'POST', path: `/containers/${id}/unpause` })
    return true
  } catch (error) {
    if (!hasStatus(error, 409) && !isMissing(error) && !saysNotPaused(error)) throw error
    return false
  }
}

const saysNotPaused = (error: unknown): boolean =>
  hasStatus(error, 500) && error instanceof Error && /is not (paused|running)/.test(error.message)

/** Its life begins with the handover, and its port was bound by then. */
function since<Times extends { bootedAt: Instant | null; boundAt: Instant | null }>(
  { boundAt }: Times,
  at: Instant,
): { bootedAt: Instant; boundAt: Instant | null } {
  return { bootedAt: at, boundAt: boundAt === null ? null : Math.max(boundAt, at) }
}

const endedBefore = (container: Inspected | undefined): DriverError =>
  new DriverError(
    container === undefined
      ? 'its container was removed before its port was bound'
      : `it ended before its port was bound, with code ${container.State.ExitCode}`,
    { temporary: false },
  )

function instantIn(file: string): Instant | undefined {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
