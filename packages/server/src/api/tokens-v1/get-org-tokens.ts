import type { OrgToken } from '../../domain/organization.ts'
import { scopesOf } from '../../domain/person.ts'
import { orgTokenRecord } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'
import { isUnusedTooLong } from '../person-auth.ts'

/** Those of people with what they may do now. */
export const getOrgTokens: Handler<'GetOrgTokens'> = async ({ params }, context) => {
  assertOwnOrganization(context, params.orgId)
  const { store, clock } = context.services
  const members = await store.listMembers(params.orgId)
  const granted = new Map(members.map(({ userEmail, scopes }) => [userEmail, scopesOf(scopes)]))
  const now = clock.now()
  const asOfNow = (token: OrgToken): OrgToken => ({
    ...token,
    scopes: (token.owner && granted.get(token.owner.userEmail)) ?? token.scopes,
    revokedAt: isUnusedTooLong(token, now) ? now : token.revokedAt,
  })
  const tokens = await store.listTokens(params.orgId)
  return { tokens: tokens.map((token) => orgTokenRecord(asOfNow(token))) }
}
