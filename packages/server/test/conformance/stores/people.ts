import { expect, test } from 'vitest'
import type { OrgToken } from '../../../src/domain/organization.ts'
import type { Invite } from '../../../src/domain/person.ts'
import { aToken, anOrganization, refusal, t0 } from './records.ts'
import type { Subject } from './store-conformance.ts'

const ada = 'ada@games.example'

const anInvite = (given: Partial<Invite> = {}): Invite => ({
  ...{ orgId: 'org-1', userEmail: ada, scopes: 'member', invitedBy: 'token-1', createdAt: t0 },
  ...given,
})

const aLink = (given: Partial<OrgToken> = {}): OrgToken =>
  aToken({
    ...{ orgTokenId: 'link-1', name: `${ada} 1`, hash: '1'.repeat(64), scopes: [] },
    owner: { userEmail: ada, isMailed: false, unusedUntil: t0 + 100 },
    ...given,
  })

const leaving = (kind: 'invited' | 'joined') =>
  ({ orgId: 'org-1', userEmail: ada, kind, at: t0 + 7 }) as const

export function peopleConform(subject: () => Subject): void {
  test('an invite becomes a member, whole, after a restart too', async () => {
    const { store } = subject()
    expect(await store.findStanding('org-1', ada)).toBeUndefined()
    await store.insertInvite(anInvite())
    expect(await store.findStanding('org-1', ada)).toEqual({ kind: 'invited', person: anInvite() })
    expect(await store.changeInvite('org-1', ada, ['builds:read'])).toBe(true)
    const member = { ...anInvite(), scopes: ['builds:read'], joinedAt: t0 + 5, lastLogin: t0 + 5 }
    expect(await store.acceptInvite('org-1', ada, t0 + 5)).toEqual(member)
    expect(await store.acceptInvite('org-1', ada, t0 + 6)).toBeUndefined()
    expect(await store.changeInvite('org-1', ada, 'admin')).toBe(false)
    expect(await store.listInvites('org-1')).toEqual([])
    const again = await subject().reopen()
    expect(await again.findStanding('org-1', ada)).toEqual({ kind: 'joined', person: member })
    expect(await again.listMembers('org-1')).toEqual([member])
  })

  test('a person is in an organization once, and in each by itself', async () => {
    const { store } = subject()
    await store.insertOrganization(
      anOrganization({ orgId: 'org-2' }),
      aToken({ orgTokenId: 'token-2', orgId: 'org-2', hash: '2'.repeat(64) }),
    )
    const other = anInvite({ orgId: 'org-2', createdAt: t0 - 1 })
    await store.insertInvite(anInvite())
    await store.insertInvite(other)
    expect((await refusal(store.insertInvite(anInvite()))).code).toBe('taken')
    expect(await store.listStandings(ada)).toEqual([
      { kind: 'invited', person: other },
      { kind: 'invited', person: anInvite() },
    ])
    await store.acceptInvite('org-1', ada, t0)
    expect((await refusal(store.insertInvite(anInvite()))).code).toBe('taken')
    expect((await store.listStandings(ada)).map(({ kind }) => kind)).toEqual(['invited', 'joined'])
    expect(await store.listInvites('org-2')).toEqual([other])
    expect((await store.listOrganizations()).map(({ orgId }) => orgId)).toEqual(['org-1', 'org-2'])
  })

  test('of two answers to an invite one counts', async () => {
    const { store } = subject()
    await store.insertInvite(anInvite())
    const [member, isRemoved] = await Promise.all([
      store.acceptInvite('org-1', ada, t0),
      store.removePerson(leaving('invited')),
    ])
    expect([member !== undefined, isRemoved].toSorted()).toEqual([false, true])
  })

  test('a personal token is for people who are there, and is revoked when they go', async () => {
    const { store } = subject()
    expect(await refusal(store.insertPersonalToken(aLink()))).toEqual({
      ...{ code: 'not-found', message: `${ada} is neither invited nor a member` },
    })
    await store.insertInvite(anInvite())
    await store.insertPersonalToken(aLink())
    expect(await store.removePerson(leaving('joined'))).toBe(false)
    expect(await store.findTokenByHash(aLink().hash)).toEqual(aLink())
    expect(await store.removePerson(leaving('invited'))).toBe(true)
    expect(await store.findTokenByHash(aLink().hash)).toEqual({ ...aLink(), revokedAt: t0 + 7 })
    expect(await store.findStanding('org-1', ada)).toBeUndefined()
    expect((await store.listTokens('org-1')).find(({ name }) => name === 'admin')).toEqual(aToken())
  })

  test('a login is noted with the token and the member, and revives no token', async () => {
    const { store } = subject()
    await store.insertInvite(anInvite())
    await store.insertPersonalToken(aLink())
    const used = { ...aLink(), owner: { userEmail: ada, isMailed: false, unusedUntil: null } }
    await store.recordLogin(aLink(), t0 + 50)
    expect(await store.findTokenByHash(used.hash)).toEqual(used)
    await store.acceptInvite('org-1', ada, t0 + 60)
    await store.recordLogin(used, t0 + 70)
    expect(await store.listMembers('org-1')).toMatchObject([{ lastLogin: t0 + 70 }])
    await store.revokeToken('org-1', used.orgTokenId, t0 + 80)
    await store.recordLogin(aLink(), t0 + 90)
    expect(await store.findTokenByHash(used.hash)).toEqual({ ...used, revokedAt: t0 + 80 })
  })

  test('links that nobody used in time go when the next one is made, no other token does', async () => {
    const { store, clock } = subject()
    await store.insertInvite(anInvite())
    await store.insertPersonalToken(aLink())
    const used = aLink({ orgTokenId: 'link-2', name: `${ada} 2`, hash: '2'.repeat(64) })
    await store.insertPersonalToken(used)
    await store.recordLogin(used, t0 + 1)
    clock.at = t0 + 100
    const next = aLink({ orgTokenId: 'link-3', name: `${ada} 3`, hash: '3'.repeat(64) })
    await store.insertPersonalToken(next)
    const ids = (await store.listTokens('org-1')).map(({ orgTokenId }) => orgTokenId)
    expect(ids).toEqual(['link-3', 'link-2', 'token-1'])
  })

  test('the last admin token stays in every organization but the first, where no member is an admin', async () => {
    const { store } = subject()
    const token = aToken({ orgTokenId: 'token-2', orgId: 'org-2', hash: '2'.repeat(64) })
    await store.insertOrganization(anOrganization({ orgId: 'org-2' }), token)
    expect((await refusal(store.revokeToken('org-2', 'token-2', t0))).code).toBe('invalid')
    expect(await store.findTokenByHash(token.hash)).toEqual(token)
    await store.insertInvite(anInvite({ orgId: 'org-2', scopes: 'admin' }))
    await store.acceptInvite('org-2', ada, t0)
    expect(await store.revokeToken('org-2', 'token-2', t0)).toMatchObject({ revokedAt: t0 })
    expect(await store.revokeToken('org-1', 'token-1', t0)).toMatchObject({ revokedAt: t0 })
  })

  test('the last admin stays where no admin token is left, whatever the others are', async () => {
    const { store } = subject()
    await store.insertInvite(anInvite({ scopes: 'admin' }))
    await store.acceptInvite('org-1', ada, t0)
    await store.insertPersonalToken(aLink())
    await store.insertInvite(anInvite({ userEmail: 'grace@games.example' }))
    await store.acceptInvite('org-1', 'grace@games.example', t0)
    await store.revokeToken('org-1', 'token-1', t0)
    expect((await refusal(store.removePerson(leaving('joined')))).code).toBe('invalid')
    expect((await refusal(store.changeMember('org-1', ada, 'viewer'))).code).toBe('invalid')
    expect(await store.changeMember('org-1', ada, 'admin')).toMatchObject({ scopes: 'admin' })
    await store.changeMember('org-1', 'grace@games.example', 'admin')
    expect(await store.removePerson(leaving('joined'))).toBe(true)
    expect(await store.changeMember('org-1', ada, 'viewer')).toBeUndefined()
  })
}
