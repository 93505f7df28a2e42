import { expect, test } from 'vitest'
import { aToken, anOrganization, refusal, t0 } from './records.ts'
import type { Subject } from './store-conformance.ts'

const ci = aToken({
  ...{ orgTokenId: 'token-2', name: 'ci', hash: 'c'.repeat(64), lastFour: 'wxyz' },
  scopes: ['builds:read', 'processes:read-write'],
})

export function tokensConform(subject: () => Subject): void {
  test('a token is found by the hash of its secret, whole, after a restart too', async () => {
    const { store } = subject()
    await store.insertToken(ci)
    expect(await store.findTokenByHash(ci.hash)).toEqual(ci)
    const again = await subject().reopen()
    expect(await again.findTokenByHash(ci.hash)).toEqual(ci)
  })

  test('the tokens of an organization are listed, the newest first, and no other', async () => {
    const { store } = subject()
    await store.insertToken(ci)
    const foreign = aToken({ orgTokenId: 'token-9', orgId: 'org-2', hash: '9'.repeat(64) })
    await store.insertOrganization(anOrganization({ orgId: 'org-2' }), foreign)
    expect(await store.listTokens('org-1')).toEqual([ci, aToken()])
    expect(await store.listTokens('org-2')).toEqual([foreign])
    expect(await store.listTokens('org-3')).toEqual([])
  })

  test('an organization is changed and found, and one that is unknown is refused', async () => {
    const { store } = subject()
    expect(await store.findOrganization('org-1')).toEqual(anOrganization())
    await store.changeOrganization('org-1', { name: 'Two', concurrentVcpusLimit: 4 })
    const changed = anOrganization({ name: 'Two', concurrentVcpusLimit: 4 })
    expect(await store.findOrganization('org-1')).toEqual(changed)
    expect(await store.findOrganization('org-3')).toBeUndefined()
    const unknown = store.changeOrganization('org-3', { name: 'Three' })
    expect(await refusal(unknown)).toMatchObject({ code: 'not-found' })
    expect(await (await subject().reopen()).findFirstOrganization()).toEqual(changed)
  })

  test('a name is taken until its token is revoked, and free in another organization', async () => {
    const { store } = subject()
    await store.insertToken(ci)
    const second = { ...ci, orgTokenId: 'token-3', hash: '3'.repeat(64) }
    expect(await refusal(store.insertToken(second))).toEqual({
      code: 'taken',
      message: 'a token named ci exists already: choose another name',
    })
    expect(await store.findTokenByHash(second.hash)).toBeUndefined()
    await store.insertToken({ ...second, orgId: 'org-2' })
    await store.revokeToken('org-1', ci.orgTokenId, t0)
    await store.insertToken({ ...second, orgTokenId: 'token-4', hash: '4'.repeat(64) })
    expect((await store.listTokens('org-1')).map(({ name }) => name)).toEqual(['ci', 'ci', 'admin'])
  })

  test('of two that want one name at once, one gets it', async () => {
    const { store } = subject()
    const same = ['5', '6'].map((digit) =>
      store.insertToken({ ...ci, orgTokenId: `token-${digit}`, hash: digit.repeat(64) }),
    )
    const statuses = (await Promise.allSettled(same)).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await store.listTokens('org-1')).toHaveLength(2)
  })

  test('a token that is revoked is found so at once, and keeps its first time', async () => {
    const { store } = subject()
    await store.insertToken(ci)
    expect(await store.findTokenByHash(ci.hash)).toEqual(ci)
    const revoked = { ...ci, revokedAt: t0 + 5 }
    expect(await store.revokeToken('org-1', ci.orgTokenId, t0 + 5)).toEqual(revoked)
    expect(await store.findTokenByHash(ci.hash)).toEqual(revoked)
    expect(await store.revokeToken('org-1', ci.orgTokenId, t0 + 9)).toEqual(revoked)
    const again = await subject().reopen()
    expect(await again.findTokenByHash(ci.hash)).toEqual(revoked)
  })

  test('a token of another organization is not there to revoke', async () => {
    const { store } = subject()
    await store.insertToken(ci)
    expect(await store.revokeToken('org-2', ci.orgTokenId, t0)).toBeUndefined()
    expect(await store.revokeToken('org-1', 'token-7', t0)).toBeUndefined()
    expect(await store.findTokenByHash(ci.hash)).toEqual(ci)
  })
}
