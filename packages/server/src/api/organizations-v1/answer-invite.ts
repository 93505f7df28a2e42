/** A person accepts or rejects an invite, with a token of the own. */
import { HatcheryError } from '@hatchery/contract'
import type { Auth } from '../auth.ts'
import type { Handler } from '../context.ts'
import { show } from '../explain.ts'

export const acceptInvite: Handler<'AcceptInvite'> = async ({ params }, { services, auth }) => {
  const userEmail = personInvitedTo(params.orgId, auth)
  const member = await services.store.acceptInvite(params.orgId, userEmail, services.clock.now())
  if (member === undefined) throw noInviteTo(params.orgId)
  services.log.info({ event: 'invite.accepted', orgId: params.orgId, userEmail }, 'invite accepted')
}

/** Its links are void from then on. */
export const rejectInvite: Handler<'RejectInvite'> = async ({ params }, { services, auth }) => {
  const { orgId } = params
  const userEmail = personInvitedTo(orgId, auth)
  const leaving = { orgId, userEmail, kind: 'invited', at: services.clock.now() } as const
  if (!(await services.store.removePerson(leaving))) throw noInviteTo(orgId)
  services.log.info({ event: 'invite.rejected', orgId, userEmail }, 'invite rejected')
}

/** A token that somebody handed over says nothing of invites to other organizations: an admin of the own could hold it. */
function personInvitedTo(orgId: string, { userEmail, isMailed, orgId: own }: Auth): string {
  if (userEmail !== null && (isMailed || orgId === own)) return userEmail
  throw noInviteTo(orgId)
}

const noInviteTo = (orgId: string): HatcheryError =>
  new HatcheryError(
    'not-found',
    `this token's bearer has no pending invite to the organization ${show(orgId)}; GET /orgs/v1/user/invites/pending lists them`,
  )
