/** A new process as a handler asks for it: of a deployment, with what the store needs to find a place. */
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../domain/application.ts'
import type { Deployment } from '../domain/deployment.ts'
import { requestFor } from '../domain/process-request.ts'
import type { ProcessRequest } from '../domain/store.ts'
import type { Services } from './context.ts'
import { getBuildOf } from './find.ts'

/** Throws `invalid` when the build of the deployment was deleted, `unavailable` while the disk is too full. */
export async function processRequest(
  services: Services,
  application: Application,
  deployment: Deployment,
): Promise<ProcessRequest> {
  const build = await getBuildOf(services, application.orgId, deployment.buildId)
  if (build.deletedAt !== null) {
    throw new HatcheryError(
      'invalid',
      `build ${build.buildId} of deployment ${deployment.deploymentId} was deleted: deploy another build`,
    )
  }
  services.assertDiskSpace()
  services.engine.assertStarts()
  return requestFor(deployment, { processId: services.uuid(), createdAt: services.clock.now() })
}
