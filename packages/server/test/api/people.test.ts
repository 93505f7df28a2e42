/** People: invited by their e-mail address, members with a role, gone again. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { ApiError } from '@hathora/cloud-sdk-typescript/models/errors/index.js'
import { scopes } from '@hatchery/contract'
import { expect, test } from 'vitest'
import { anAppConfig } from '../support/deployed-app.ts'
import { eventStream } from '../support/event-stream.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { anotherOrganization, clientWith, invited, joined, withLink } from '../support/people.ts'
import { refusalOf } from '../support/refusal.ts'
import { startHatchery } from '../support/start-hatchery.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const ada = 'ada@games.example'
const grace = 'grace@games.example'
const dayMs = 86_400_000

/** A server and the id of its first organization. */
async function aServer() {
  const hatchery = await startWithFakes()
  const { orgId } = await hatchery.client.hatchery.whoAmI()
  return { ...hatchery, orgId }
}

test('two people and two organizations, with the official client', async () => {
  const first = await aServer()
  const second = await anotherOrganization(first)
  const cloud = (token: string): HathoraCloud =>
    new HathoraCloud({ serverURL: first.url, hathoraDevToken: token })
  const admin = cloud(first.token).organizationsV1

  const invite = await admin.inviteUser(first.orgId, {
    userEmail: 'Ada@Games.example',
    scopes: 'member',
  })
  expect(invite).toEqual({
    ...{ orgId: first.orgId, userEmail: ada, scopes: 'member' },
    invitedBy: expect.stringMatching(/^org-token-/) as string,
    createdAt: expect.any(Date) as Date,
  })
  expect(await admin.updateUserInvite(first.orgId, { userEmail: ada, scopes: 'admin' })).toBe(true)
  expect(await admin.updateUserInvite(first.orgId, { userEmail: grace, scopes: 'admin' })).toBe(
    false,
  )
  const { invites } = await admin.getOrgPendingInvites(first.orgId)
  expect(invites).toEqual([{ ...invite, scopes: 'admin' }])

  const adas = await withLink(first, ada)
  const asAda = cloud(adas.token)
  expect(await asAda.organizationsV1.getUserPendingInvites()).toEqual({ invites })
  expect((await asAda.organizationsV1.getOrgs()).orgs).toMatchObject([{ scopes: [] }])
  await expect(asAda.appsV2.getApps()).rejects.toBeInstanceOf(ApiError)
  await asAda.organizationsV1.acceptInvite(first.orgId)
  const [fleet] = (await first.client.fleetsV2.getFleets()).fleets
  expect((await asAda.organizationsV1.getOrgs()).orgs).toEqual([
    {
      defaultFleetId: fleet?.fleetId,
      ...{ orgId: first.orgId, name: 'default', isSingleTenant: true, stripeCustomerId: '' },
      ...{ scopes: [...scopes], maxRequestedMemoryMB: 8_192, logRetentionPeriodHours: 72 },
    },
  ])
  expect((await asAda.organizationsV1.getOrgMembers(first.orgId)).members).toEqual([
    {
      ...{ ...invite, scopes: 'admin' },
      ...{ joinedAt: expect.any(Date) as Date, lastLogin: expect.any(Date) as Date },
    },
  ])

  // Ada invites Grace, who is in the other organization already and joins this one too.
  const gracesOther = await joined(second, grace, 'viewer')
  const byAda = await asAda.organizationsV1.inviteUser(first.orgId, {
    ...{ userEmail: grace, scopes: ['builds:read', 'builds:read'] },
  })
  expect(byAda).toMatchObject({ invitedBy: ada, scopes: ['builds:read'] })
  const graces = await withLink({ ...first, client: adas.client }, grace)
  const asGrace = cloud(graces.token)
  await asGrace.organizationsV1.acceptInvite(first.orgId)
  expect(await asGrace.buildsV3.getBuilds()).toEqual({ builds: [] })
  await expect(asGrace.appsV2.getApps()).rejects.toBeInstanceOf(ApiError)
  expect((await cloud(gracesOther.token).organizationsV1.getOrgs()).orgs).toMatchObject([
    { orgId: second.orgId, name: 'Studio Two' },
  ])

  // Grace leaves neither by herself: one takes her out, the other keeps her.
  await adas.client.hatchery.removeMember(first.orgId, grace)
  await expect(asGrace.buildsV3.getBuilds()).rejects.toBeInstanceOf(ApiError)
  expect(await cloud(gracesOther.token).buildsV3.getBuilds()).toEqual({ builds: [] })
  await admin.inviteUser(first.orgId, { userEmail: grace, scopes: 'viewer' })
  await admin.rescindInvite(first.orgId, { userEmail: grace })
  await expect(admin.rescindInvite(first.orgId, { userEmail: grace })).rejects.toBeInstanceOf(
    ApiError,
  )
  await admin.inviteUser(first.orgId, { userEmail: grace })
  const again = await withLink(first, grace)
  await cloud(again.token).organizationsV1.rejectInvite(first.orgId)
  expect(await admin.getOrgPendingInvites(first.orgId)).toEqual({ invites: [] })
  expect(await refusalOf(again.client.hatchery.whoAmI())).toMatchObject({
    ...{ status: 401, code: 'unauthenticated' },
    message: expect.stringMatching(/^the token "grace@games.example \w{8}" was revoked$/) as string,
  })
})

test('a role takes effect at once, and so does its end, which no later invite undoes', async () => {
  const hatchery = await aServer()
  const { client, orgId } = hatchery
  const person = await joined(hatchery, ada, 'viewer')
  expect(await refusalOf(person.client.appsV2.createApp(anAppConfig('one')))).toMatchObject({
    code: 'missing-scope',
    message: expect.stringContaining('lacks the scope applications:read-write') as string,
  })
  const changed = await client.hatchery.changeMember(orgId, ada, { scopes: 'member' })
  expect(changed).toMatchObject({ userEmail: ada, scopes: 'member' })
  const app = await person.client.appsV2.createApp(anAppConfig('one'))
  expect(app.createdBy).toBe(ada)
  await client.hatchery.changeMember(orgId, ada, { scopes: ['orgs:read'] })
  expect(await refusalOf(person.client.appsV2.getApps())).toMatchObject({ code: 'missing-scope' })

  await client.hatchery.removeMember(orgId, 'ADA@games.example')
  const gone = { status: 401, code: 'unauthenticated' }
  expect(await refusalOf(person.client.hatchery.whoAmI())).toMatchObject(gone)
  await joined(hatchery, ada, 'admin')
  expect(await refusalOf(person.client.hatchery.whoAmI())).toMatchObject(gone)
})

test('who has not accepted may nothing, and learns why', async () => {
  const hatchery = await aServer()
  const person = await invited(hatchery, ada, 'admin')
  expect(await refusalOf(person.client.buildsV3.getBuilds())).toMatchObject({
    ...{ status: 401, code: 'missing-scope' },
    message: expect.stringMatching(
      /^the token "ada@games.example \w{8}", whose invite is not accepted yet, lacks the scope builds:read$/,
    ) as string,
  })
  expect(await person.client.hatchery.whoAmI()).toMatchObject({
    ...{ orgId: hatchery.orgId, orgName: 'default', userEmail: ada, scopes: [] },
  })
  expect((await refusalOf(person.client.hatchery.getAllOrgs())).code).toBe('missing-scope')
})

test('roles contain each other, and have no scope that is for admins', async () => {
  const hatchery = await aServer()
  const scopesOf = async (role: 'member' | 'viewer'): Promise<string[]> => {
    const person = await joined(hatchery, `${role}@games.example`, role)
    const [org] = (await person.client.organizationsV1.getOrgs()).orgs
    return org?.scopes ?? []
  }
  const ofMember = await scopesOf('member')
  const ofViewer = await scopesOf('viewer')
  expect(scopes.filter((scope) => !ofMember.includes(scope))).toEqual([
    ...['billing:read-write', 'orgs:read-write', 'tokens:read', 'tokens:read-write'],
  ])
  expect(ofViewer).toEqual(ofMember.filter((scope) => scope.endsWith(':read')))
})

test('nobody grants what they lack, nor reaches who may do more', async () => {
  const hatchery = await aServer()
  const { client, orgId } = hatchery
  await joined(hatchery, ada, 'admin')
  await client.organizationsV1.inviteUser(orgId, { userEmail: grace, scopes: 'admin' })
  const clerk = await joined(hatchery, 'clerk@games.example', ['orgs:read-write', 'builds:read'])
  const { organizationsV1, hatchery: ours } = clerk.client
  const userEmail = 'new@games.example'
  const more: (() => Promise<unknown>)[] = [
    () => organizationsV1.inviteUser(orgId, { userEmail }),
    () => organizationsV1.inviteUser(orgId, { userEmail, scopes: 'viewer' }),
    () => organizationsV1.inviteUser(orgId, { userEmail, scopes: ['builds:read-write'] }),
    () => organizationsV1.updateUserInvite(orgId, { userEmail: grace, scopes: ['builds:read'] }),
    () => organizationsV1.rescindInvite(orgId, { userEmail: grace }),
    () => ours.changeMember(orgId, 'clerk@games.example', { scopes: 'admin' }),
    () => ours.changeMember(orgId, ada, { scopes: ['builds:read'] }),
    () => ours.removeMember(orgId, ada),
    () => ours.createPersonalLink(orgId, { userEmail: ada }),
    // Not even of those who may do less: they may do more one day, and the link is theirs then too.
    () => ours.createPersonalLink(orgId, { userEmail: 'clerk@games.example' }),
  ]
  for (const [at, ask] of more.entries())
    expect({ at, ...(await refusalOf(ask())) }).toMatchObject({
      at,
      status: 401,
      code: 'missing-scope',
    })
  const less = { userEmail, scopes: ['builds:read' as const] }
  expect(await organizationsV1.inviteUser(orgId, less)).toMatchObject(less)
  await organizationsV1.rescindInvite(orgId, { userEmail })
  expect((await client.organizationsV1.getOrgMembers(orgId)).members).toMatchObject([
    { userEmail: ada, scopes: 'admin' },
    { userEmail: 'clerk@games.example', scopes: ['orgs:read-write', 'builds:read'] },
  ])
})

test('somebody stays who may do everything', async () => {
  const second = await anotherOrganization(await aServer())
  const { client, orgId } = second
  const { orgTokenId } = await client.hatchery.whoAmI()
  const revoked = client.tokensV1.revokeOrgToken(orgId, orgTokenId ?? '')
  expect((await refusalOf(revoked)).message).toMatch(
    /^this token is the last who may do everything/,
  )
  const adas = await joined(second, ada, 'admin')
  await adas.client.tokensV1.revokeOrgToken(orgId, orgTokenId ?? '')
  const refusal = { status: 422, code: 'invalid' }
  expect(await refusalOf(adas.client.hatchery.removeMember(orgId, ada))).toMatchObject(refusal)
  const lowered = adas.client.hatchery.changeMember(orgId, ada, { scopes: 'member' })
  expect(await refusalOf(lowered)).toEqual({
    ...{ ...refusal, retryAfter: null },
    message:
      'ada@games.example is the last who may do everything in the organization: make another member an admin first, or an admin token',
  })
  await joined({ ...second, client: adas.client }, grace, 'admin')
  await adas.client.hatchery.removeMember(orgId, ada)
})

test.each(['', 'ada', '@games.example', 'a b@games.example', 'a@b@c', 'a@b,c@d', 'Ada <a@b>'])(
  '%j is no e-mail address',
  async (userEmail) => {
    const { client, orgId } = await aServer()
    expect(await refusalOf(client.organizationsV1.inviteUser(orgId, { userEmail }))).toMatchObject({
      ...{ status: 422, code: 'invalid' },
      message: expect.stringContaining('userEmail must be an e-mail address') as string,
    })
  },
)

test('an address is invited or a member once, whatever its case', async () => {
  const hatchery = await aServer()
  const { client, orgId } = hatchery
  const person = await invited(hatchery, ada, 'viewer')
  const again = () => client.organizationsV1.inviteUser(orgId, { userEmail: ' ADA@games.example' })
  expect(await refusalOf(again())).toMatchObject({ status: 422, code: 'taken' })
  await person.client.organizationsV1.acceptInvite(orgId)
  expect(await refusalOf(again())).toMatchObject({
    ...{ status: 422, message: 'ada@games.example is a member already' },
  })
})

test('a link that was handed over shows and answers no invite to another organization', async () => {
  const first = await aServer()
  const second = await anotherOrganization(first)
  await second.client.organizationsV1.inviteUser(second.orgId, { userEmail: ada })
  const person = await joined(first, ada, 'viewer')
  const { organizationsV1 } = person.client
  expect(await organizationsV1.getUserPendingInvites()).toEqual({ invites: [] })
  for (const orgId of [second.orgId, 'org-nobody-has']) {
    for (const ask of [organizationsV1.acceptInvite, organizationsV1.rejectInvite])
      expect(await refusalOf(ask.call(organizationsV1, orgId))).toMatchObject({
        ...{ status: 404, code: 'not-found' },
        message: expect.stringContaining(
          `no pending invite to the organization "${orgId}"`,
        ) as string,
      })
  }
  const { invites } = await second.client.organizationsV1.getOrgPendingInvites(second.orgId)
  expect(invites).toHaveLength(1)
})

test('a token that is no person’s has no invites and answers none', async () => {
  const { client, orgId } = await aServer()
  await client.organizationsV1.inviteUser(orgId, { userEmail: ada })
  expect(await client.organizationsV1.getUserPendingInvites()).toEqual({ invites: [] })
  expect((await refusalOf(client.organizationsV1.acceptInvite(orgId))).status).toBe(404)
})

test('a link is void after a week unless it was used, and others of the person stay good', async () => {
  const clock = createManualClock()
  const hatchery = await startHatchery({ clock })
  const { orgId } = await hatchery.client.hatchery.whoAmI()
  const used = await joined(hatchery, ada, 'viewer')
  const unused = await withLink(hatchery, ada)
  clock.pass(7 * dayMs)
  expect(await refusalOf(unused.client.hatchery.whoAmI())).toMatchObject({
    ...{ status: 401, code: 'unauthenticated' },
    message: 'the link of ada@games.example was not used in time: ask for a new one',
  })
  await used.client.hatchery.whoAmI()
  const listed = async (): Promise<string[]> => {
    const { tokens } = await hatchery.client.tokensV1.getOrgTokens(orgId)
    return tokens.map(({ status }) => status)
  }
  expect(await listed()).toEqual(['revoked', 'active', 'active'])
  await withLink(hatchery, ada)
  expect(await listed()).toEqual(['active', 'active', 'active'])
  const { members } = await hatchery.client.organizationsV1.getOrgMembers(orgId)
  expect(members[0]?.lastLogin).toEqual(new Date(clock.now()))
})

test('a personal token is listed with what its person may do, and is revoked like any other', async () => {
  const hatchery = await aServer()
  const { client, orgId } = hatchery
  const person = await joined(hatchery, ada, ['builds:read'])
  const other = await withLink(hatchery, ada)
  const { tokens } = await client.tokensV1.getOrgTokens(orgId)
  const mine = tokens.find(({ lastFourCharsOfKey }) => person.token.endsWith(lastFourCharsOfKey))
  expect(mine).toMatchObject({ status: 'active', scopes: ['builds:read'] })
  expect(mine?.name).toMatch(/^ada@games\.example \w{8}$/)
  await client.tokensV1.revokeOrgToken(orgId, mine?.orgTokenId ?? '')
  expect((await refusalOf(person.client.hatchery.whoAmI())).status).toBe(401)
  expect(await other.client.buildsV3.getBuilds()).toEqual({ builds: [] })
})

test('people are there after a restart, and their links too', async () => {
  const hatchery = await aServer()
  const { orgId } = hatchery
  const member = await joined(hatchery, ada, 'viewer')
  const guest = await invited(hatchery, grace, 'viewer')
  const again = await hatchery.restart()
  const asMember = clientWith(again, member.token)
  expect((await asMember.organizationsV1.getOrgMembers(orgId)).members).toHaveLength(1)
  const asGuest = clientWith(again, guest.token)
  await asGuest.organizationsV1.acceptInvite(orgId)
  expect((await asMember.organizationsV1.getOrgMembers(orgId)).members).toHaveLength(2)
})

test('followers see people come, change and go; a stream ends when its person gets another role', async () => {
  const hatchery = await aServer()
  const { client, orgId, url, token } = hatchery
  const stream = await eventStream({ url, token }, '?kind=member')
  const person = await joined(hatchery, ada, 'viewer')
  const own = await eventStream({ url, token: person.token })
  await own.next()
  await client.hatchery.changeMember(orgId, ada, { scopes: 'member' })
  await own.ended()
  await client.hatchery.removeMember(orgId, ada)
  const records = []
  for (let n = 0; n < 4; n += 1) records.push((await stream.nextEvent()).data)
  expect(records).toMatchObject(
    [
      ['invited', 'viewer'],
      ['joined', 'viewer'],
      ['joined', 'member'],
      ['gone', 'member'],
    ].map(([status, role]) => ({
      ...{ kind: 'member', subject: ada, orgId, appId: null },
      record: { userEmail: ada, status, scopes: role },
    })),
  )
  const unseen = await joined(hatchery, grace, ['builds:read'])
  const refused = await eventStream({ url, token: unseen.token }, '?kind=member')
  expect(refused.answer.status).toBe(401)
})
