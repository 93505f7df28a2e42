import { orgTokenRecord } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

export const getOrgTokens: Handler<'GetOrgTokens'> = async ({ params }, context) => {
  assertOwnOrganization(context, params.orgId)
  const tokens = await context.services.store.listTokens(params.orgId)
  return { tokens: tokens.map(orgTokenRecord) }
}
