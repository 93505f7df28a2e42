import type { Handler } from '../context.ts'
import { readEmailAddress } from '../email-address.ts'
import { assertOwnOrganization } from '../find.ts'
import { noInvite } from '../find-person.ts'
import { assertReaches } from '../may-grant.ts'

export const rescindInvite: Handler<'RescindInvite'> = async ({ params, body }, context) => {
  assertOwnOrganization(context, params.orgId)
  const { services, auth } = context
  const { orgId } = params
  const userEmail = readEmailAddress(body.userEmail)
  const standing = await services.store.findStanding(orgId, userEmail)
  if (standing !== undefined) assertReaches(auth, standing)
  const leaving = { orgId, userEmail, kind: 'invited', at: services.clock.now() } as const
  if (!(await services.store.removePerson(leaving))) return noInvite(context, userEmail)
  services.log.info({ event: 'invite.rescinded', userEmail, by: auth.by }, 'invite rescinded')
}
