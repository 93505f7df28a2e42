/** Drains what a static allocation does not keep any more. */
import type { Clock } from '../domain/clock.ts'
import type { Deployment } from '../domain/deployment.ts'
import type { Log } from '../domain/log.ts'
import type { ProcessId } from '../domain/process.ts'
import type { Allocation, PlannedDrain } from '../domain/static-allocation.ts'
import type { Store } from '../domain/store.ts'

export interface AllocationDrainerOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly nudge: (processId: ProcessId) => void
}

export interface DrainOrder {
  readonly allocation: Allocation
  /** Whose processes come instead. */
  readonly deployment: Deployment | undefined
}

/**
 * What runs is counted again in the commit: some may have ended since the look that the plan was made of. Then it
 * stays, and this answers false.
 */
export type AllocationDrainer = (drain: PlannedDrain, order: DrainOrder) => Promise<boolean>

export function createAllocationDrainer(options: AllocationDrainerOptions): AllocationDrainer {
  const { store, clock, log, nudge } = options
  return async ({ processId, why: planned }, { allocation, deployment }) => {
    const why =
      planned !== 'too-many' && deployment !== undefined
        ? ({ kind: 'replaced', deploymentId: deployment.deploymentId } as const)
        : ({ kind: 'drained' } as const)
    const order = { why, at: clock.now(), minRunning: allocation.minProcesses }
    const { wanted } = await store.drainProcess(processId, order)
    if (wanted.kind === 'run') return false
    nudge(processId)
    log.info({ event: 'process.draining', processId, why: why.kind }, 'draining')
    return true
  }
}
