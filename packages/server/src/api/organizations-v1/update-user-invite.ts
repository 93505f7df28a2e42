import { scopesOf } from '../../domain/person.ts'
import type { Handler } from '../context.ts'
import { readEmailAddress } from '../email-address.ts'
import { assertOwnOrganization } from '../find.ts'
import { grantOf } from '../find-person.ts'
import { assertMayGrant, assertReaches } from '../may-grant.ts'

export const updateUserInvite: Handler<'UpdateUserInvite'> = async ({ params, body }, context) => {
  assertOwnOrganization(context, params.orgId)
  const { services, auth } = context
  const userEmail = readEmailAddress(body.userEmail)
  const scopes = grantOf(body.scopes)
  assertMayGrant(auth, scopesOf(scopes))
  const standing = await services.store.findStanding(params.orgId, userEmail)
  if (standing === undefined) return false
  assertReaches(auth, standing)
  const isChanged = await services.store.changeInvite(params.orgId, userEmail, scopes)
  if (isChanged)
    services.log.info({ event: 'invite.changed', userEmail, by: auth.by }, 'invite changed')
  return isChanged
}
