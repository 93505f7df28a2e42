import { assertUsable } from '../../domain/build.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'
import { makeDeployment } from '../new-deployment.ts'
import { recordV2 } from './deployment-record.ts'

export const createDeploymentV2: Handler<'CreateDeploymentV2Deprecated'> = async (
  { params, body },
  context,
) => {
  const application = await getApplication(context, params.appId)
  const { orgId } = application
  const build = await context.services.store.findBuildByNumber(orgId, params.buildId)
  assertUsable(build, params.buildId)
  const { buildId } = build
  const deployment = await makeDeployment(context, application, { ...body, buildId })
  return await recordV2(context.services, deployment)
}
