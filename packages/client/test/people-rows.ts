/** Organizations and the people in them. */
import type { Row } from './official-row.ts'
import { json } from './recorder.ts'
import { invite, member, organization } from './samples.ts'

const userEmail = 'ada@games.example'
const nothing: Row['answer'] = (response) => response.writeHead(204).end()

export const peopleRows: readonly Row[] = [
  {
    id: 'GetOrgs',
    ours: (c) => c.organizationsV1.getOrgs(),
    theirs: (c) => c.organizationsV1.getOrgs(),
    answer: json(200, { orgs: [organization, { ...organization, defaultFleetId: null }] }),
  },
  {
    id: 'GetUserPendingInvites',
    ours: (c) => c.organizationsV1.getUserPendingInvites(),
    theirs: (c) => c.organizationsV1.getUserPendingInvites(),
    answer: json(200, { invites: [invite, { ...invite, scopes: ['builds:read'] }] }),
  },
  {
    id: 'InviteUser',
    ours: (c) => c.organizationsV1.inviteUser('org/1', { userEmail, scopes: 'member' }),
    theirs: (c) => c.organizationsV1.inviteUser('org/1', { userEmail, scopes: 'member' }),
    answer: json(200, invite),
  },
  {
    id: 'UpdateUserInvite',
    ours: (c) =>
      c.organizationsV1.updateUserInvite('org-1', { userEmail, scopes: ['builds:read'] }),
    theirs: (c) =>
      c.organizationsV1.updateUserInvite('org-1', { userEmail, scopes: ['builds:read'] }),
    answer: json(200, false),
  },
  {
    id: 'RescindInvite',
    ours: (c) => c.organizationsV1.rescindInvite('org-1', { userEmail }),
    theirs: (c) => c.organizationsV1.rescindInvite('org-1', { userEmail }),
    answer: nothing,
  },
  {
    id: 'AcceptInvite',
    ours: (c) => c.organizationsV1.acceptInvite('org-1'),
    theirs: (c) => c.organizationsV1.acceptInvite('org-1'),
    answer: nothing,
  },
  {
    id: 'RejectInvite',
    ours: (c) => c.organizationsV1.rejectInvite('org-1'),
    theirs: (c) => c.organizationsV1.rejectInvite('org-1'),
    answer: nothing,
  },
  {
    id: 'GetOrgPendingInvites',
    ours: (c) => c.organizationsV1.getOrgPendingInvites('org-1'),
    theirs: (c) => c.organizationsV1.getOrgPendingInvites('org-1'),
    answer: json(200, { invites: [] }),
  },
  {
    id: 'GetOrgMembers',
    ours: (c) => c.organizationsV1.getOrgMembers('org-1'),
    theirs: (c) => c.organizationsV1.getOrgMembers('org-1'),
    answer: json(200, { members: [member, { ...member, scopes: [] }] }),
  },
  {
    id: 'SendVerificationEmail',
    ours: (c) => c.managementV1.sendVerificationEmail({ userId: userEmail }),
    theirs: (c) => c.managementV1.sendVerificationEmail({ userId: userEmail }),
    answer: json(200, 'success'),
  },
]
