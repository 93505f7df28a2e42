/** How a static allocation stands, for whoever asks. */
import type { Deployment } from '../domain/deployment.ts'
import type { AllocationState } from '../domain/engine.ts'
import type { Process } from '../domain/process.ts'
import type { BackOff } from '../domain/static-allocation.ts'
import type { ScaledAllocation } from './autoscaler.ts'

export function stateOf(
  region: string,
  allocation: ScaledAllocation,
  given: {
    deployment: Deployment | undefined
    processes: readonly Process[]
    /** Why none is started now, and until when. */
    problem: Pick<BackOff, 'reason' | 'until'> | null
  },
): AllocationState {
  const { minProcesses, targetProcesses, maxProcesses, scaling } = allocation
  const deploymentId = given.deployment?.deploymentId ?? null
  const made = given.processes.filter((process) => process.isAllocated)
  const fresh = made.filter((process) => process.deploymentId === deploymentId)
  const count = (status: string): number =>
    fresh.filter((process) => process.status === status).length
  return {
    ...{ region, minProcesses, targetProcesses, maxProcesses, deploymentId },
    running: count('running'),
    starting: count('starting'),
    outdated: made.length - fresh.length,
    problem: given.problem?.reason ?? null,
    retryAt: given.problem?.until ?? null,
    scaling,
  }
}
