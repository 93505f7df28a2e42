import { buildV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'
import { newBuild } from './new-build.ts'

export const createBuildRegistry: Handler<'CreateBuildRegistry'> = async (
  { query, body },
  context,
) => {
  assertOwnOrganization(context, query.orgId)
  const build = await context.services.store.insertBuild(
    newBuild(context, body, { kind: 'registry' }),
  )
  return buildV3(build)
}
