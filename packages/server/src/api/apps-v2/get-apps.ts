import type { Build } from '../../domain/build.ts'
import type { Deployment } from '../../domain/deployment.ts'
import { applicationRecord, buildV3, deploymentV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

/** Each application with its latest deployment and that one's build, where it was deployed. */
export const getApps: Handler<'GetApps'> = async ({ query }, context) => {
  assertOwnOrganization(context, query.orgId)
  const { store } = context.services
  const applications = await store.listApplications(context.auth.orgId)
  const latest = await store.findLatestDeployments(applications.map(({ appId }) => appId))
  return {
    applications: applications.map((application) => ({
      ...applicationRecord(application),
      ...withDeployment(latest.get(application.appId)),
    })),
  }
}

const withDeployment = (latest: { deployment: Deployment; build: Build } | undefined) =>
  latest && { deployment: { ...deploymentV3(latest.deployment), build: buildV3(latest.build) } }
