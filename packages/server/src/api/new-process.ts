/** A new process as a handler asks for it: of a deployment, with what the store needs to find a place. */
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../domain/application.ts'
import { type Deployment, containerPorts } from '../domain/deployment.ts'
import type { ProcessRequest } from '../domain/store.ts'
import type { Auth } from './auth.ts'
import type { Services } from './context.ts'
import { getBuild } from './find.ts'

interface Asker {
  readonly services: Services
  readonly auth: Auth
}

/** Throws `invalid` when the build of the deployment was deleted, `unavailable` while the disk is too full. */
export async function processRequest(
  asker: Asker,
  application: Application,
  deployment: Deployment,
): Promise<ProcessRequest> {
  const build = await getBuild(asker, deployment.buildId)
  if (build.deletedAt !== null) {
    throw new HatcheryError(
      'invalid',
      `build ${build.buildId} of deployment ${deployment.deploymentId} was deleted: deploy another build`,
    )
  }
  asker.services.assertDiskSpace()
  return {
    processId: asker.services.uuid(),
    orgId: application.orgId,
    appId: application.appId,
    deploymentId: deployment.deploymentId,
    buildId: deployment.buildId,
    roomsPerProcess: deployment.roomsPerProcess,
    idleTimeoutEnabled: deployment.idleTimeoutEnabled,
    cpu: deployment.requestedCPU,
    memoryMb: deployment.requestedMemoryMB,
    createdAt: asker.services.clock.now(),
    ports: containerPorts(deployment),
    idempotencyKey: null,
  }
}
