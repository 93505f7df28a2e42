/** The operations on people and organizations, each once, for the test of the wire. */
import type { operations } from '@hatchery/contract'
import { call } from '../support/json-call.ts'
import { withLink } from '../support/people.ts'
import type { FakeHatchery } from '../support/start-with-fakes.ts'

type Note = (id: keyof typeof operations, answer: Promise<Response>) => Promise<Response>

const userEmail = 'ada@games.example'

export async function notePeople(hatchery: FakeHatchery, note: Note): Promise<void> {
  const { orgId } = await hatchery.client.hatchery.whoAmI()
  const org = `/orgs/v1/${orgId}`
  const ask = (id: keyof typeof operations, method: string, path: string, body?: unknown) =>
    note(id, call(hatchery, method, path, body))
  await ask('GetOrgs', 'GET', '/orgs/v1')
  await ask('InviteUser', 'PUT', `${org}/invites`, { userEmail })
  await ask('UpdateUserInvite', 'POST', `${org}/invites`, { userEmail, scopes: 'viewer' })
  await ask('GetOrgPendingInvites', 'GET', `${org}/invites/pending`)
  const { token } = await withLink(hatchery, userEmail)
  const asAda = { url: hatchery.url, token }
  await note('GetUserPendingInvites', call(asAda, 'GET', '/orgs/v1/user/invites/pending'))
  await note('AcceptInvite', call(asAda, 'POST', `${org}/invites/accept`))
  await ask('GetOrgMembers', 'GET', `${org}/members`)
  await noteOurs(ask, orgId)
  await hatchery.client.organizationsV1.inviteUser(orgId, { userEmail })
  await ask('RescindInvite', 'POST', `${org}/invites/rescind`, { userEmail })
  await hatchery.client.organizationsV1.inviteUser(orgId, { userEmail })
  const guest = { url: hatchery.url, token: (await withLink(hatchery, userEmail)).token }
  await note('RejectInvite', call(guest, 'POST', `${org}/invites/reject`))
  const asked = { userId: userEmail }
  await ask('SendVerificationEmail', 'POST', '/management/v1/sendverificationemail', asked)
}

async function noteOurs(
  ask: (id: keyof typeof operations, method: string, path: string, body?: unknown) => unknown,
  orgId: string,
): Promise<void> {
  const ours = `/hatchery/v1/orgs`
  const member = `${ours}/${orgId}/members/${userEmail}`
  await ask('CreatePersonalLink', 'POST', `${ours}/${orgId}/links`, { userEmail })
  await ask('ChangeMember', 'PUT', member, { scopes: 'member' })
  await ask('RemoveMember', 'DELETE', member)
  await ask('CreateOrg', 'POST', ours, { name: 'Studio Two' })
  await ask('GetAllOrgs', 'GET', ours)
  await ask('ChangeOrg', 'PATCH', `${ours}/${orgId}`, { name: 'Studio One' })
}

const json = 'application/json; charset=utf-8'

export const peopleAnswers = {
  GetOrgs: [200, json],
  InviteUser: [200, json],
  UpdateUserInvite: [200, json],
  GetOrgPendingInvites: [200, json],
  GetUserPendingInvites: [200, json],
  AcceptInvite: [204, null],
  RejectInvite: [204, null],
  RescindInvite: [204, null],
  GetOrgMembers: [200, json],
  SendVerificationEmail: [200, json],
  CreatePersonalLink: [201, json],
  ChangeMember: [200, json],
  RemoveMember: [204, null],
  CreateOrg: [201, json],
  GetAllOrgs: [200, json],
  ChangeOrg: [200, json],
} as const
