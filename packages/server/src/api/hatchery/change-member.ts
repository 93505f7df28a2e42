import { scopesOf } from '../../domain/person.ts'
import { memberRecord } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'
import { getMember, grantOf, noMember } from '../find-person.ts'
import { assertMayGrant, assertReaches } from '../may-grant.ts'

export const changeMember: Handler<'ChangeMember'> = async ({ params, body }, context) => {
  assertOwnOrganization(context, params.orgId)
  const { services, auth } = context
  const scopes = grantOf(body.scopes)
  const standing = await getMember(context, params.userEmail)
  assertReaches(auth, standing)
  assertMayGrant(auth, scopesOf(scopes))
  const { orgId, userEmail } = standing.person
  const member = await services.store.changeMember(orgId, userEmail, scopes)
  if (member === undefined) return noMember(context, userEmail)
  services.log.info({ event: 'member.changed', userEmail, by: auth.by }, 'member changed')
  return memberRecord(member)
}
