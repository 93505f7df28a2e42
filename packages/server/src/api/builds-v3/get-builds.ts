import { buildV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

export const getBuilds: Handler<'GetBuilds'> = async ({ query }, context) => {
  assertOwnOrganization(context, query.orgId)
  return { builds: (await context.services.store.listBuilds(context.auth.orgId)).map(buildV3) }
}
