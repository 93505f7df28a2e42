/** A new process of a deployment, as the store is asked to place it. */
import type { Instant } from './clock.ts'
import { type Deployment, containerPorts } from './deployment.ts'
import type { ProcessId } from './process.ts'
import type { ProcessRequest } from './store.ts'

export const requestFor = (
  deployment: Deployment,
  given: { processId: ProcessId; fleetId: string | null; createdAt: Instant },
): ProcessRequest => ({
  ...given,
  orgId: deployment.orgId,
  appId: deployment.appId,
  deploymentId: deployment.deploymentId,
  buildId: deployment.buildId,
  roomsPerProcess: deployment.roomsPerProcess,
  idleTimeoutEnabled: deployment.idleTimeoutEnabled,
  cpu: deployment.requestedCPU,
  memoryMb: deployment.requestedMemoryMB,
  ports: containerPorts(deployment),
  idempotencyKey: null,
})
