/** Brings one process a step nearer to what is wanted, again and again, until there is nothing to do now. */
import { type Limits, type Step, absorb, decide } from '../domain/decide.ts'
import type { Instant } from '../domain/clock.ts'
import type { Observation } from '../domain/driver.ts'
import type { Log } from '../domain/log.ts'
import { type Process, type ProcessId, isFinal } from '../domain/process.ts'
import type { Node, Regions } from '../domain/region.ts'
import type { Store } from '../domain/store.ts'
import type { Drains } from './drains.ts'
import type { LiveProcesses } from './live-processes.ts'
import type { ProcessClock } from './process-clock.ts'
import type { ProcessStarter } from './process-starter.ts'

export interface ReconcilerOptions {
  readonly store: Store
  readonly regions: Regions
  readonly limits: Limits
  readonly log: Log
  readonly clock: ProcessClock
  readonly starter: ProcessStarter
  readonly live: LiveProcesses
  readonly drains: Drains
  /** Told of each change of a status, and when it is first seen that it shall go. */
  readonly onStatus: (process: Process) => void
  /** Has the id looked at again after `ms`. */
  readonly later: (processId: ProcessId, ms: number) => void
  readonly forget: (processId: ProcessId) => void
  /** When this server began; what was accepted later was accepted by it. */
  readonly beganAt: Instant
}

/** How long until a forced end is checked again, should its event be lost. */
const killCheckMs = 1_000

/** More steps in a row than any life has: something contradicts itself, so it backs off. */
const mostLooks = 50

export interface Reconciler {
  /** Looks and acts until there is nothing to do now. */
  reconcile(processId: ProcessId): Promise<void>
  /** Whether there is nothing to do now for a process that was just seen so. */
  isAtRest(process: Process, seen: Observation): boolean
}

export function createReconciler(options: ReconcilerOptions): Reconciler {
  const { store, regions, limits, log, clock, starter, live } = options
  const asked = new Set<ProcessId>()
  const leaving = new Set<ProcessId>()
  /** Looked at before, of those that were accepted since we began. */
  const started = new Set<ProcessId>()

  /** Answers the process as it is after a step, to be looked at again at once; undefined when there is nothing to do now. */
  async function look(process: Process): Promise<Process | undefined> {
    const node = regions.nodeById(process.nodeId)
    if (node === undefined) return undefined
    const seen = isNew(process)
      ? ({ state: 'absent', processId: process.processId } as const)
      : await node.driver.observe(process.processId)
    const now = clock.now(process)
    live.see(process)
    tellLeaving(process)
    return await act({ process, node, seen, now, step: decide(process, seen, now, limits) })
  }

  /**
   * At the first look at a process that was accepted since we began nobody can have started it: there is nothing to
   * see. Were it otherwise, starting again starts nothing twice.
   */
  function isNew({
    processId,
    status,
    wanted,
    createdAt,
    bootedAt,
    scheduledAt,
  }: Process): boolean {
    if (createdAt < options.beganAt || started.has(processId)) return false
    started.add(processId)
    return (
      status === 'starting' && wanted.kind === 'run' && bootedAt === null && scheduledAt !== null
    )
  }

  async function act({ process, node, seen, now, step }: Look): Promise<Process | undefined> {
    const { processId } = process
    switch (step.kind) {
      case 'schedule':
        return told(process, await starter.schedule(process, node))
      case 'start':
        return told(process, await starter.start(process, node))
      case 'absorb':
        return await record(process, seen, now)
      case 'terminate':
        if (!asked.has(processId)) await node.driver.signal(processId, 'terminate')
        asked.add(processId)
        options.later(processId, step.killAt - now)
        return undefined
      case 'kill':
        await node.driver.signal(processId, 'kill')
        options.later(processId, killCheckMs)
        return undefined
      case 'wait':
        if (step.until !== null) options.later(processId, Math.max(step.until - now, 1))
        return await options.drains.endWhenEmpty(process, node)
      case 'done':
        await node.driver.remove(processId)
        forget(processId)
        return undefined
    }
  }

  async function record(process: Process, seen: Observation, now: number): Promise<Process> {
    const next = await store.changeProcess(process.processId, (current) =>
      absorb(current, seen, now, limits),
    )
    live.see(next)
    return told(process, next)
  }

  function told(before: Process, next: Process): Process {
    if (next.status !== before.status) tell(next)
    return next
  }

  /** That it shall go is often written by others, who change its status themselves. */
  function tellLeaving(process: Process): void {
    const { processId, status, wanted } = process
    if (wanted.kind === 'run' || isFinal(status) || leaving.has(processId)) return
    leaving.add(processId)
    options.onStatus(process)
  }

  function tell(process: Process): void {
    const { processId, appId, status, exitReason } = process
    const reason = exitReason !== null && { exitReason }
    log.info({ event: `process.${status}`, processId, appId, ...reason }, status)
    options.onStatus(process)
  }

  function forget(processId: ProcessId): void {
    asked.delete(processId)
    leaving.delete(processId)
    started.delete(processId)
    clock.forget(processId)
    starter.forget(processId)
    live.drop(processId)
    options.forget(processId)
  }

  /** What changes a process meanwhile adds its id to the queue again, so a record that is a little old does no harm. */
  async function reconcile(processId: ProcessId): Promise<void> {
    let process = await store.findProcessById(processId)
    for (let looks = 0; process !== undefined; looks += 1) {
      if (looks > mostLooks) throw new Error(`process ${processId} does not come to rest`)
      process = await look(process)
    }
  }

  function isAtRest(process: Process, seen: Observation): boolean {
    const step = decide(process, seen, clock.now(process), limits)
    if (step.kind !== 'wait' || step.until !== null) return false
    live.see(process)
    return true
  }

  return { reconcile, isAtRest }
}

interface Look {
  readonly process: Process
  readonly node: Node
  readonly seen: Observation
  readonly now: number
  readonly step: Step
}
