import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'
import { getMember, noMember } from '../find-person.ts'
import { assertReaches } from '../may-grant.ts'

/** A member with the scope may leave so, too. */
export const removeMember: Handler<'RemoveMember'> = async ({ params }, context) => {
  assertOwnOrganization(context, params.orgId)
  const { services, auth } = context
  const standing = await getMember(context, params.userEmail)
  assertReaches(auth, standing)
  const { orgId, userEmail } = standing.person
  const leaving = { orgId, userEmail, kind: 'joined', at: services.clock.now() } as const
  if (!(await services.store.removePerson(leaving))) return noMember(context, userEmail)
  services.log.info({ event: 'member.removed', userEmail, by: auth.by }, 'member removed')
}
