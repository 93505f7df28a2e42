import { type Invite, scopesOf } from '../../domain/person.ts'
import { inviteRecord } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { readEmailAddress } from '../email-address.ts'
import { assertOwnOrganization } from '../find.ts'
import { grantOf } from '../find-person.ts'
import { mailLinks } from '../mail-links.ts'
import { assertMayGrant } from '../may-grant.ts'

/** Left out means everything, as published. The mail, where there is any, goes out when the invite is durable. */
export const inviteUser: Handler<'InviteUser'> = async ({ params, body }, context) => {
  assertOwnOrganization(context, params.orgId)
  const userEmail = readEmailAddress(body.userEmail)
  const { services, auth } = context
  const invite: Invite = {
    ...{ orgId: params.orgId, userEmail, invitedBy: auth.by },
    scopes: grantOf(body.scopes ?? 'admin'),
    createdAt: services.clock.now(),
  }
  assertMayGrant(auth, scopesOf(invite.scopes))
  await services.store.insertInvite(invite)
  services.log.info({ event: 'person.invited', userEmail, by: auth.by }, 'person invited')
  if (services.mailer.isConfigured) mailLinks(services, userEmail, invite.orgId)
  return inviteRecord(invite)
}
