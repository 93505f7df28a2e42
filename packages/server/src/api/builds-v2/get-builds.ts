import { buildV1 } from '../../domain/deprecated-wire.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'

export const getNumberedBuilds: Handler<'GetBuildsV2Deprecated'> = async ({ params }, context) => {
  const { appId } = await getApplication(context, params.appId)
  const builds = await context.services.store.listBuilds(context.auth.orgId)
  return builds.map((build) => buildV1(build, appId))
}
