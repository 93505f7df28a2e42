import { inviteRecord, memberRecord } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

export const getOrgPendingInvites: Handler<'GetOrgPendingInvites'> = async (
  { params },
  context,
) => {
  assertOwnOrganization(context, params.orgId)
  const invites = await context.services.store.listInvites(params.orgId)
  return { invites: invites.map(inviteRecord) }
}

export const getOrgMembers: Handler<'GetOrgMembers'> = async ({ params }, context) => {
  assertOwnOrganization(context, params.orgId)
  const members = await context.services.store.listMembers(params.orgId)
  return { members: members.map(memberRecord) }
}
