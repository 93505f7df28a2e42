/** TokensV1: tokens are made, listed and revoked; nobody grants what they lack, and the secret is told once. */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { ApiError } from '@hathora/cloud-sdk-typescript/models/errors/index.js'
import { Hatchery } from '@hatchery/client'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import type { Log } from '../../src/domain/log.ts'
import { withOrganizations } from '../support/organizations.ts'
import { refusalIn, refusalOf } from '../support/refusal.ts'
import {
  type TestHatchery,
  createFakeDriver,
  createFakePlace,
  startHatchery,
} from '../support/start-hatchery.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const secretForm = /^hathora_org_st_[A-Za-z0-9]{50}_[0-9a-f]{32}$/

const clientWith = (hatchery: Pick<TestHatchery, 'url'>, token: string): Hatchery =>
  new Hatchery({ serverURL: hatchery.url, hathoraDevToken: token })

/** A server, its organization, and the client of its admin token. */
async function anOrganization() {
  const hatchery = await startWithFakes()
  const { orgId } = await hatchery.client.hatchery.whoAmI()
  return { ...hatchery, orgId, tokensV1: hatchery.client.tokensV1 }
}

test('a token is made, works at once, and is listed without its secret', async () => {
  const { client, tokensV1, orgId, ...hatchery } = await anOrganization()
  const me = await client.hatchery.whoAmI()
  const made = await tokensV1.createOrgToken(orgId, { name: 'ci', scopes: ['builds:read'] })
  expect(made.plainTextToken).toMatch(secretForm)
  expect(made.orgToken).toEqual({
    orgTokenId: expect.stringMatching(/^org-token-[0-9a-f-]{36}$/) as string,
    ...{ orgId, name: 'ci', status: 'active', scopes: ['builds:read'] },
    lastFourCharsOfKey: made.plainTextToken.slice(-4),
    createdBy: me.orgTokenId,
    createdAt: expect.any(Date) as Date,
  })

  const ci = clientWith(hatchery, made.plainTextToken)
  expect(await ci.buildsV3.getBuilds()).toEqual({ builds: [] })
  const { tokens } = await tokensV1.getOrgTokens(orgId)
  expect(tokens.map(({ name }) => name)).toEqual(['ci', 'admin'])
  expect(tokens[0]).toEqual(made.orgToken)
  expect(tokens[1]).toMatchObject({ orgTokenId: me.orgTokenId, scopes: 'admin' })
  expect(JSON.stringify(tokens)).not.toContain(made.plainTextToken)
})

test('left out, scopes mean admin, and a scope that is named twice counts once', async () => {
  const { tokensV1, orgId } = await anOrganization()
  const all = await tokensV1.createOrgToken(orgId, { name: 'all' })
  const named = await tokensV1.createOrgToken(orgId, { name: 'named', scopes: 'admin' })
  const twice = await tokensV1.createOrgToken(orgId, {
    name: 'twice',
    scopes: ['builds:read', 'fleets:read', 'builds:read'],
  })
  expect([all, named, twice].map(({ orgToken }) => orgToken.scopes)).toEqual([
    'admin',
    'admin',
    ['builds:read', 'fleets:read'],
  ])
})

test('a revoked token fails at the very next request; asking again is true', async () => {
  const { tokensV1, orgId, ...hatchery } = await anOrganization()
  const { orgToken, plainTextToken } = await tokensV1.createOrgToken(orgId, { name: 'laptop' })
  const laptop = clientWith(hatchery, plainTextToken)
  await laptop.appsV2.getApps()
  expect(await tokensV1.revokeOrgToken(orgId, orgToken.orgTokenId)).toBe(true)
  expect(await refusalOf(laptop.appsV2.getApps())).toMatchObject({
    status: 401,
    code: 'unauthenticated',
    message: 'the token "laptop" was revoked',
  })
  expect(await tokensV1.revokeOrgToken(orgId, orgToken.orgTokenId)).toBe(true)
  const { tokens } = await tokensV1.getOrgTokens(orgId)
  expect(tokens[0]).toEqual({ ...orgToken, status: 'revoked' })
  const next = await hatchery.restart()
  expect(await refusalOf(clientWith(next, plainTextToken).appsV2.getApps())).toMatchObject({
    message: 'the token "laptop" was revoked',
  })
})

test('a token may revoke itself', async () => {
  const { tokensV1, orgId, ...hatchery } = await anOrganization()
  const { orgToken, plainTextToken } = await tokensV1.createOrgToken(orgId, {
    name: 'short lived',
    scopes: ['tokens:read-write'],
  })
  const itself = clientWith(hatchery, plainTextToken).tokensV1
  expect(await itself.revokeOrgToken(orgId, orgToken.orgTokenId)).toBe(true)
  expect(await refusalOf(itself.getOrgTokens(orgId))).toMatchObject({ status: 401 })
})

test('when the last admin token was revoked, the next start makes one', async () => {
  const { tokensV1, orgId, data, client, ...hatchery } = await anOrganization()
  const { orgTokenId } = await client.hatchery.whoAmI()
  await tokensV1.createOrgToken(orgId, { name: 'reader', scopes: ['tokens:read'] })
  await tokensV1.revokeOrgToken(orgId, orgTokenId ?? '')
  const next = await hatchery.restart()
  expect(next.token).not.toBe(hatchery.token)
  expect(readFileSync(join(data, 'token'), 'utf8').trim()).toBe(next.token)
  const { tokens } = await next.client.tokensV1.getOrgTokens(orgId)
  expect(tokens.map(({ name, status }) => `${name} ${status}`)).toEqual([
    expect.stringMatching(/^admin of \S+ active$/) as string,
    'reader active',
    'admin revoked',
  ])
  const same = await next.restart()
  expect(same.token).toBe(next.token)
})

test('a name is taken until its token is revoked', async () => {
  const { tokensV1, orgId } = await anOrganization()
  const { orgToken } = await tokensV1.createOrgToken(orgId, { name: 'ci' })
  expect(await refusalOf(tokensV1.createOrgToken(orgId, { name: 'ci' }))).toMatchObject({
    status: 422,
    code: 'taken',
    message: 'a token named ci exists already: choose another name',
  })
  await tokensV1.revokeOrgToken(orgId, orgToken.orgTokenId)
  await tokensV1.createOrgToken(orgId, { name: 'ci' })
  const { tokens } = await tokensV1.getOrgTokens(orgId)
  expect(tokens.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'ci active',
    'ci revoked',
    'admin active',
  ])
})

test('nobody grants what they lack', async () => {
  const { tokensV1, orgId, ...hatchery } = await anOrganization()
  const { plainTextToken } = await tokensV1.createOrgToken(orgId, {
    name: 'maker',
    scopes: ['tokens:read-write', 'builds:read-write', 'processes:read'],
  })
  const maker = clientWith(hatchery, plainTextToken).tokensV1
  const admin = 'the token "maker" is no admin token, so it cannot grant everything'
  const refusals = [
    [undefined, admin],
    ['admin', admin],
    [['processes:read-write'], 'the token "maker" lacks the scope processes:read-write'],
    [['builds:read', 'orgs:read'], 'the token "maker" lacks the scope orgs:read'],
  ] as const
  for (const [scopes, message] of refusals) {
    const asked = maker.createOrgToken(orgId, {
      name: 'more',
      ...(scopes !== undefined && { scopes: scopes === 'admin' ? scopes : [...scopes] }),
    })
    expect(await refusalOf(asked)).toMatchObject({
      status: 401,
      code: 'missing-scope',
      message: expect.stringContaining(message) as string,
    })
  }
  const { orgToken } = await maker.createOrgToken(orgId, {
    name: 'less',
    scopes: ['builds:read', 'builds:read-write', 'processes:read', 'tokens:read'],
  })
  expect(orgToken.name).toBe('less')
})

test('another organization and its tokens are not there', async () => {
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [{}])
  const theirs = clientWith(hatchery, secrets[0] ?? '')
  const { orgId } = await hatchery.client.hatchery.whoAmI()
  const stranger = await theirs.hatchery.whoAmI()
  const { orgToken } = await hatchery.client.tokensV1.createOrgToken(orgId, { name: 'ci' })
  const noOrganization = {
    ...{ status: 404, code: 'not-found' },
    message: `there is no organization "${orgId}"`,
  }
  for (const ask of [
    () => theirs.tokensV1.getOrgTokens(orgId),
    () => theirs.tokensV1.createOrgToken(orgId, { name: 'spy' }),
    () => theirs.tokensV1.revokeOrgToken(orgId, orgToken.orgTokenId),
  ])
    expect(await refusalOf(ask())).toMatchObject(noOrganization)
  const mixed = await refusalOf(theirs.tokensV1.revokeOrgToken(stranger.orgId, orgToken.orgTokenId))
  const unknown = await refusalOf(theirs.tokensV1.revokeOrgToken(stranger.orgId, 'org-token-x'))
  expect(mixed.message.replace(orgToken.orgTokenId, 'org-token-x')).toBe(unknown.message)
  const { tokens } = await hatchery.client.tokensV1.getOrgTokens(orgId)
  expect(tokens.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'ci active',
    'admin active',
  ])
})

test('the secret is in the answer and nowhere else: no file, no line of the log', async () => {
  const lines: string[] = []
  const note = (fields: object, message: string): void => {
    lines.push(JSON.stringify(fields) + message)
  }
  const log: Log = { info: note, warn: note, error: note }
  const driver = createFakeDriver({ clock: systemClock, place: createFakePlace() })
  const { client, data, server } = await startHatchery({ log, driver })
  const { orgId } = await client.hatchery.whoAmI()
  const { plainTextToken, orgToken } = await client.tokensV1.createOrgToken(orgId, { name: 'ci' })
  await client.tokensV1.revokeOrgToken(orgId, orgToken.orgTokenId)
  const secret = plainTextToken.slice('hathora_org_st_'.length, -8)
  const holders = (): string[] =>
    readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => {
      const file = join(data, name)
      return statSync(file).isFile() && readFileSync(file).includes(secret)
    })
  expect(holders()).toEqual([])
  await server.close()
  expect(holders()).toEqual([])
  expect(lines.join()).not.toContain(secret)
  const noted = lines.filter((line) => line.includes(orgToken.orgTokenId))
  expect(noted.some((line) => line.includes('token.created'))).toBe(true)
  expect(noted.some((line) => line.includes('token.revoked'))).toBe(true)
})

test('the official client makes, lists and revokes', async () => {
  const { url, token, orgId } = await anOrganization()
  const cloud = new HathoraCloud({ serverURL: url, hathoraDevToken: token })
  const made = await cloud.tokensV1.createOrgToken(orgId, {
    name: 'ci',
    scopes: ['processes:read'],
  })
  expect(made.plainTextToken).toMatch(secretForm)
  const { tokens } = await cloud.tokensV1.getOrgTokens(orgId)
  expect(tokens.map(({ name, scopes }) => ({ name, scopes }))).toEqual([
    { name: 'ci', scopes: ['processes:read'] },
    { name: 'admin', scopes: 'admin' },
  ])
  expect(await cloud.tokensV1.revokeOrgToken(orgId, made.orgToken.orgTokenId)).toBe(true)
  const taken = cloud.tokensV1.createOrgToken(orgId, { name: 'admin' })
  await expect(taken).rejects.toBeInstanceOf(ApiError)
})

test('WhoAmI says who a token speaks for, and needs a token but no scope', async () => {
  const { url, client, tokensV1, orgId } = await anOrganization()
  expect(await client.hatchery.whoAmI()).toEqual({
    ...{ orgId, orgName: 'default', userEmail: null, processId: null },
    ...{ name: 'admin', scopes: 'admin' },
    orgTokenId: expect.stringMatching(/^org-token-/) as string,
  })
  const { plainTextToken, orgToken } = await tokensV1.createOrgToken(orgId, {
    name: 'tickets',
    scopes: ['tickets:read'],
  })
  expect(await clientWith({ url }, plainTextToken).hatchery.whoAmI()).toEqual({
    ...{ orgId, orgName: 'default', userEmail: null, processId: null },
    ...{ name: 'tickets', scopes: ['tickets:read'] },
    orgTokenId: orgToken.orgTokenId,
  })
  const answer = await fetch(`${url}/hatchery/v1/whoami`)
  expect(await refusalIn(answer)).toMatchObject({ status: 401, code: 'unauthenticated' })
})

test('GetRegions lists the regions and the machines behind them', async () => {
  const { client } = await startWithFakes('--regions=Arena,Dome')
  expect(await client.hatchery.getRegions()).toEqual([
    { region: 'Arena', nodeIds: ['local'], spillover: [] },
    { region: 'Dome', nodeIds: ['local'], spillover: [] },
  ])
})
