/** The plans that DeploymentsV1 has in place of CPU and memory. */
import { type PlanName, planNames } from '@hatchery/contract'
import type { Deployment } from './deployment.ts'

type Resources = Pick<Deployment, 'requestedCPU' | 'requestedMemoryMB'>

export const plans = {
  tiny: { requestedCPU: 0.5, requestedMemoryMB: 1_024 },
  small: { requestedCPU: 1, requestedMemoryMB: 2_048 },
  medium: { requestedCPU: 2, requestedMemoryMB: 4_096 },
  large: { requestedCPU: 4, requestedMemoryMB: 8_192 },
} as const satisfies Record<PlanName, Resources>

/** The smallest plan that has both CPU and memory, else the largest. */
export const planFor = ({ requestedCPU, requestedMemoryMB }: Resources): PlanName =>
  planNames.find(
    (name) =>
      plans[name].requestedCPU >= requestedCPU &&
      plans[name].requestedMemoryMB >= requestedMemoryMB,
  ) ?? 'large'
