import type { Application } from '../../domain/application.ts'
import type { Build } from '../../domain/build.ts'
import type { Deployment } from '../../domain/deployment.ts'
import { applicationRecord, buildV3, deploymentV3 } from '../../domain/wire.ts'
import type { Auth } from '../auth.ts'
import type { Handler, Services } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

export const getApps: Handler<'GetApps'> = async ({ query }, context) => {
  assertOwnOrganization(context, query.orgId)
  const applications = await deployedApplications(context)
  return {
    applications: applications.map(({ application, latest }) => ({
      ...applicationRecord(application),
      ...(latest && {
        deployment: { ...deploymentV3(latest.deployment), build: buildV3(latest.build) },
      }),
    })),
  }
}

interface DeployedApplication {
  readonly application: Application
  /** Undefined where it was never deployed. */
  readonly latest: { readonly deployment: Deployment; readonly build: Build } | undefined
}

/** Each application of the organization with its latest deployment and that one's build. */
export async function deployedApplications({
  services: { store },
  auth,
}: {
  services: Services
  auth: Auth
}): Promise<DeployedApplication[]> {
  const applications = await store.listApplications(auth.orgId)
  const latest = await store.findLatestDeployments(applications.map(({ appId }) => appId))
  return applications.map((application) => ({
    ...{ application, latest: latest.get(application.appId) },
  }))
}
