import { assertUsable } from '../../domain/build.ts'
import { plans } from '../../domain/plan.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'
import { makeDeployment } from '../new-deployment.ts'
import { recordV1 } from './deployment-record.ts'

/** With the CPU and the memory of the plan, which every installation allows. */
export const createDeploymentV1: Handler<'CreateDeploymentV1Deprecated'> = async (
  { params, body },
  context,
) => {
  const application = await getApplication(context, params.appId)
  const { orgId } = application
  const build = await context.services.store.findBuildByNumber(orgId, params.buildId)
  assertUsable(build, params.buildId)
  const { planName, idleTimeoutEnabled = true, ...run } = body
  const config = { ...run, ...plans[planName], idleTimeoutEnabled, buildId: build.buildId }
  return await recordV1(context.services, await makeDeployment(context, application, config))
}
