/** Brings one process a step nearer to what is wanted, again and again, until there is nothing to do now. */
import { type Limits, type Step, absorb, decide } from '../domain/decide.ts'
import type { Observation } from '../domain/driver.ts'
import type { Log } from '../domain/log.ts'
import type { Process, ProcessId } from '../domain/process.ts'
import type { Node, Regions } from '../domain/region.ts'
import type { Store } from '../domain/store.ts'
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
  /** Has the id looked at again after `ms`. */
  readonly later: (processId: ProcessId, ms: number) => void
  readonly forget: (processId: ProcessId) => void
}

/** How long until a forced end is checked again, should its event be lost. */
const killCheckMs = 1_000

/** More steps in a row than any life has: something contradicts itself, so it backs off. */
const mostLooks = 50

export type Reconcile = (processId: ProcessId) => Promise<void>

export function createReconciler(options: ReconcilerOptions): Reconcile {
  const { store, regions, limits, log, clock, starter, live } = options
  const asked = new Set<ProcessId>()

  /** True: look again at once. */
  async function look(processId: ProcessId): Promise<boolean> {
    const process = await store.findProcessById(processId)
    const node = process && regions.nodeById(process.nodeId)
    if (process === undefined || node === undefined) return false
    const seen = await node.driver.observe(processId)
    const now = clock.now(process)
    live.see(process)
    return await act({ process, node, seen, now, step: decide(process, seen, now, limits) })
  }

  async function act({ process, node, seen, now, step }: Look): Promise<boolean> {
    const { processId } = process
    switch (step.kind) {
      case 'schedule':
        await starter.schedule(process, node)
        return true
      case 'start':
        await starter.start(process, node)
        return true
      case 'absorb':
        await record(process, seen, now)
        return true
      case 'terminate':
        if (!asked.has(processId)) await node.driver.signal(processId, 'terminate')
        asked.add(processId)
        options.later(processId, step.killAt - now)
        return false
      case 'kill':
        await node.driver.signal(processId, 'kill')
        options.later(processId, killCheckMs)
        return false
      case 'wait':
        if (step.until !== null) options.later(processId, Math.max(step.until - now, 1))
        return false
      case 'done':
        await node.driver.remove(processId)
        forget(processId)
        return false
    }
  }

  async function record(process: Process, seen: Observation, now: number): Promise<void> {
    const next = await store.changeProcess(process.processId, (current) =>
      absorb(current, seen, now, limits),
    )
    live.see(next)
    if (next.status === process.status) return
    const { processId, appId, status, exitReason } = next
    log.info(
      { event: `process.${status}`, processId, appId, ...(exitReason !== null && { exitReason }) },
      status,
    )
  }

  function forget(processId: ProcessId): void {
    asked.delete(processId)
    clock.forget(processId)
    starter.forget(processId)
    live.drop(processId)
    options.forget(processId)
  }

  return async (processId) => {
    for (let looks = 0; await look(processId); looks += 1) {
      if (looks >= mostLooks) throw new Error(`process ${processId} does not come to rest`)
    }
  }
}

interface Look {
  readonly process: Process
  readonly node: Node
  readonly seen: Observation
  readonly now: number
  readonly step: Step
}
