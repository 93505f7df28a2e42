/** The studio signs up: people are invited, join or stay away; machines get tokens. */
import { expect } from 'vitest'
import { officialClient } from '../setting.ts'
import type { Stage } from './stage.ts'

export async function signUp(stage: Stage): Promise<void> {
  const { ask, known, hatchery } = stage
  const [organization] = (await ask('GetOrgs')).orgs
  known.orgId = organization?.orgId ?? ''
  expect((await ask('GetOrgMembers')).members).toEqual([])
  await ask('SendVerificationEmail')

  const ada = await invited(stage, 'ada@studio.example')
  expect(await ask('UpdateUserInvite', { userEmail: 'ada@studio.example' })).toBe(true)
  expect((await ask('GetOrgPendingInvites')).invites).toHaveLength(1)
  expect((await ask('GetUserPendingInvites', { as: ada })).invites).toMatchObject([
    { userEmail: 'ada@studio.example', scopes: 'viewer' },
  ])
  await ask('AcceptInvite', { as: ada })
  const { members } = await ask('GetOrgMembers', { as: ada })
  expect(members).toMatchObject([{ userEmail: 'ada@studio.example', scopes: 'viewer' }])

  const bob = await invited(stage, 'bob@studio.example')
  await ask('RejectInvite', { as: bob })
  await invited(stage, 'eve@studio.example')
  await ask('RescindInvite', { userEmail: 'eve@studio.example' })
  expect((await ask('GetOrgPendingInvites')).invites).toEqual([])

  const { orgToken, plainTextToken } = await ask('CreateOrgToken')
  const tokens = (await ask('GetOrgTokens')).tokens.map(({ orgTokenId }) => orgTokenId)
  expect(tokens).toContain(orgToken.orgTokenId)
  await ask('RevokeOrgToken', { orgTokenId: orgToken.orgTokenId })
  const revoked = officialClient(hatchery.url, plainTextToken).appsV2.getApps()
  await expect(revoked).rejects.toThrow('was revoked')
}

/** What a person may do who has the link of an invite. */
async function invited({ ask, known, hatchery }: Stage, userEmail: string) {
  await ask('InviteUser', { userEmail })
  const { token } = await hatchery.client.hatchery.createPersonalLink(known.orgId, { userEmail })
  return officialClient(hatchery.url, token)
}
