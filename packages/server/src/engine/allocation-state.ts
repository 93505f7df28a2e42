/** How a static allocation stands, for whoever asks. */
import type { Instant } from '../domain/clock.ts'
import type { AllocationState } from '../domain/engine.ts'
import type { AllocationInput } from '../domain/static-allocation.ts'
import type { ScaledAllocation } from './autoscaler.ts'

/** What is there, as a plan is made of it. */
export type AllocationLook = AllocationInput & { readonly allocation: ScaledAllocation }

/** Why none is started now. */
export interface Problem {
  readonly reason: string
  /** When it is tried again; null: when something ends. */
  readonly until: Instant | null
}

export function stateOf(
  region: string,
  { allocation, deploymentId, processes }: AllocationLook,
  problem: Problem | null,
): AllocationState {
  const { minProcesses, targetProcesses, maxProcesses, scaling } = allocation
  const made = processes.filter((process) => process.isAllocated)
  const fresh = made.filter((process) => process.deploymentId === deploymentId)
  const count = (status: string): number =>
    fresh.filter((process) => process.status === status).length
  return {
    ...{ region, minProcesses, targetProcesses, maxProcesses, deploymentId },
    running: count('running'),
    starting: count('starting'),
    outdated: made.length - fresh.length,
    problem: problem?.reason ?? null,
    retryAt: problem?.until ?? null,
    scaling,
  }
}
