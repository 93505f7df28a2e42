import { buildV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization, getBuild } from '../find.ts'

/** A deleted one too: deployments go on naming it. */
export const getBuildRecord: Handler<'GetBuild'> = async ({ params, query }, context) => {
  assertOwnOrganization(context, query.orgId)
  return buildV3(await getBuild(context, params.buildId))
}
