/** Starts containers, prepares them, and hands over what was prepared: one thing at a time for each process. */
import type { Observation, ProcessSpec } from '../../domain/driver.ts'
import type { ProcessId } from '../../domain/process.ts'
import type { HeldContainers } from './held-containers.ts'
import { type Inspected, isAlive } from './observe.ts'

/** A container of ours as the engine showed it. */
export interface Found {
  readonly container: Inspected
  readonly spec: ProcessSpec
}

export interface ContainerStarts {
  start(spec: ProcessSpec, signal: AbortSignal): Promise<void>
  prepare(spec: ProcessSpec, signal: AbortSignal): Promise<void>
  isUnderWay(processId: ProcessId): boolean
  /** One was seen held: paused, or in whatever state. */
  seenHeld(found: Found): void
  /** What a start saw last, once and not for long: what ends meanwhile is told. */
  takeSeen(processId: ProcessId): Found | undefined
  /** Its container has ended: what was seen of it holds no more. */
  ended(processId: ProcessId): void
  forget(processId: ProcessId): void
}

export interface ContainerStartsOptions {
  readonly held: HeldContainers
  readonly make: (
    spec: ProcessSpec,
    given: { readonly signal: AbortSignal; readonly isHeld?: boolean },
  ) => Promise<void>
  readonly inspect: (processId: ProcessId) => Promise<Found | undefined>
  readonly see: (found: Found) => Promise<Observation>
  readonly changeOf: (processId: ProcessId, signal: AbortSignal) => Promise<void>
  readonly remove: (containerId: string) => Promise<void>
}

/** How long a start waits for the port of a game that comes up at once. */
const bindsSoonMs = 20

export function createContainerStarts(options: ContainerStartsOptions): ContainerStarts {
  const { held, make, inspect } = options
  const underWay = new Map<ProcessId, Promise<void>>()
  /** Those that may be held, so that the starts of all others need no look; as they were seen paused, where they were. */
  const mayBeHeld = new Map<ProcessId, Found | undefined>()
  const seen = new Map<ProcessId, Found & { readonly atMs: number }>()

  const keepSeen = (found: Found): void =>
    void seen.set(found.spec.processId, { ...found, atMs: performance.now() })

  async function start(spec: ProcessSpec, signal: AbortSignal): Promise<void> {
    const { processId } = spec
    if (await handedOver(processId)) return
    await make(spec, { signal })
    // It has started, whether it and its port can be seen now or not.
    const found = await inspect(processId).catch(() => undefined)
    const now = found && (await options.see(found).catch(() => undefined))
    // Prepared before our time: now it is known.
    if (now?.state === 'held') return await start(spec, signal)
    if (now?.state !== 'running' || found === undefined) return
    // Most games bind within milliseconds: then their boot and their port are one look and one record.
    if (now.boundAt === null) {
      await options.changeOf(processId, AbortSignal.timeout(bindsSoonMs)).catch(() => undefined)
    }
    keepSeen(found)
  }

  /** False where nothing of it is held, or what was has ended: then it is made anew. */
  async function handedOver(processId: ProcessId): Promise<boolean> {
    const known = mayBeHeld.get(processId)
    if (!mayBeHeld.delete(processId)) return false
    if (known !== undefined && (await held.letGo(known.container, processId))) {
      keepSeen(known)
      return true
    }
    const container = (await inspect(processId))?.container
    if (container === undefined || !held.isHeld(container)) return false
    if (isAlive(container.State)) {
      // One that goes on already was cut off before that was noted.
      if (!(await held.letGo(container, processId))) held.noteHandover(processId)
      return true
    }
    await options.remove(container.Id)
    return false
  }

  async function prepare(spec: ProcessSpec, signal: AbortSignal): Promise<void> {
    // A call that is broken off goes on in the engine: only what is surely there can be taken back.
    await make(spec, { signal: new AbortController().signal, isHeld: true })
    const container = await held.hold(spec, signal)
    if (held.isHeld(container)) mayBeHeld.set(spec.processId, { container, spec })
  }

  function inTurn(processId: ProcessId, work: () => Promise<void>): Promise<void> {
    const before = underWay.get(processId) ?? Promise.resolve()
    const settled = before
      .catch(() => undefined)
      .then(work)
      .finally(() => {
        if (underWay.get(processId) === settled) underWay.delete(processId)
      })
    underWay.set(processId, settled)
    return settled
  }

  return {
    start: (spec, signal) => inTurn(spec.processId, () => start(spec, signal)),
    prepare: (spec, signal) => inTurn(spec.processId, () => prepare(spec, signal)),
    isUnderWay: (processId) => underWay.has(processId),
    seenHeld(found) {
      const isPaused = found.container.State.Status === 'paused'
      mayBeHeld.set(found.spec.processId, isPaused ? found : undefined)
    },
    takeSeen(processId) {
      const found = seen.get(processId)
      seen.delete(processId)
      return found && performance.now() - found.atMs < bindsSoonMs ? found : undefined
    },
    ended(processId) {
      seen.delete(processId)
      if (mayBeHeld.has(processId)) mayBeHeld.set(processId, undefined)
    },
    forget(processId) {
      seen.delete(processId)
      mayBeHeld.delete(processId)
    },
  }
}
