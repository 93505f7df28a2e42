import { HatcheryError } from '@hatchery/contract'
import type { Handler } from '../context.ts'
import { show } from '../explain.ts'
import { assertOwnOrganization } from '../find.ts'

/** A token may revoke itself. */
export const revokeOrgToken: Handler<'RevokeOrgToken'> = async ({ params }, context) => {
  assertOwnOrganization(context, params.orgId)
  const { store, clock, log } = context.services
  const { orgId, orgTokenId } = params
  const token = await store.revokeToken(orgId, orgTokenId, clock.now())
  if (token === undefined) {
    throw new HatcheryError(
      'not-found',
      `there is no token ${show(orgTokenId)}; GET /tokens/v1/orgs/${orgId} lists yours`,
    )
  }
  const { by } = context.auth
  log.info({ event: 'token.revoked', orgTokenId, name: token.name, by }, 'token revoked')
  return true
}
