/** Scopes: each token may do what it says, and nothing else. */
import {
  type Operation,
  type Scope,
  grants,
  missingScope,
  operations,
  scopes,
} from '@hatchery/contract'
import { expect, test } from 'vitest'
import { call } from '../support/call.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { withOrganizations } from '../support/organizations.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

/** The one after which no game is left comes last. */
const guarded = Object.values<Operation>(operations)
  .filter(({ access }) => access !== 'public' && access !== 'signed' && access !== 'player')
  .toSorted((a, b) => Number(a.id === 'StopGames') - Number(b.id === 'StopGames'))

/** Somebody who asks, and what the contract says of it. */
interface Caller {
  readonly name: string
  readonly token: string | undefined
  /** The code of the refusal; null where none is due for lack of permission. */
  refused(operation: Operation): { code: string; message: string } | null
}

const nobody: Caller = {
  ...{ name: 'nobody', token: undefined },
  refused: () => ({ code: 'unauthenticated', message: 'no token was sent' }),
}

/** An admin of the first organization may call everything. */
const anOperator = (token: string): Caller => ({
  ...{ name: 'admin', token },
  refused: () => null,
})

/** That of another may call everything but what concerns the whole installation; it does not find everything. */
const aForeignAdmin = (token: string | undefined): Caller => ({
  ...{ name: 'another organization', token },
  refused: ({ access }) =>
    access === 'operator'
      ? { code: 'missing-scope', message: `the token "test" is no operator's` }
      : null,
})

/** What a token must be able to read of, one at least, to follow changes. */
const followed: readonly Scope[] = [
  'applications:read',
  'builds:read',
  'deployments:read',
  'orgs:read',
  'fleets:read',
  'processes:read',
  'tokens:read',
]

const scoped = (scope: Scope, token: string): Caller => ({
  ...{ name: scope, token },
  refused({ id, access }) {
    const named = `the token "${scope}"`
    if (id === 'GetEvents' && !followed.some((one) => grants([scope], [one])))
      return { code: 'missing-scope', message: `${named} may not read any records` }
    if (access === 'operator')
      return { code: 'missing-scope', message: `${named} is no admin token` }
    const missing = typeof access === 'string' ? undefined : missingScope([scope], access)
    if (missing === undefined) return null
    return { code: 'missing-scope', message: `${named} lacks the scope ${missing}` }
  },
})

const aGame = (token: string): Caller => ({
  ...{ name: 'a game server', token },
  refused: ({ process }) =>
    process === true
      ? null
      : { code: 'missing-scope', message: 'the token of a game server may only call' },
})

/** A server, and one caller of each kind. */
async function aServerWithCallers() {
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [{}])
  const { client, driver, token } = hatchery
  const { orgId } = await client.hatchery.whoAmI()
  const ofScopes: Caller[] = []
  for (const scope of scopes) {
    const made = await client.tokensV1.createOrgToken(orgId, { name: scope, scopes: [scope] })
    ofScopes.push(scoped(scope, made.plainTextToken))
  }
  const { appId } = await deployedApp(client)
  const { processId } = await client.processesV3.createProcess('Chicago', appId)
  const { spec } = await eventually('it is started', () => driver.place.runs.get(processId))
  const admins = [anOperator(token), aForeignAdmin(secrets[0])]
  const game = aGame(spec.env['HATCHERY_PROCESS_TOKEN'] ?? '')
  return { url: hatchery.url, callers: [nobody, ...ofScopes, game, ...admins] }
}

test('each operation lets exactly those in that the contract names, and tells the others what is missing', async () => {
  const { url, callers } = await aServerWithCallers()
  for (const operation of guarded) {
    for (const caller of callers) {
      const answer = await call(operation, { url, token: caller.token })
      const who = { id: operation.id, caller: caller.name }
      const refused = caller.refused(operation)
      if (refused === null) {
        expect({ ...who, status: answer.status }).not.toMatchObject({ status: 401 })
        expect({ ...who, isOurFault: answer.status >= 500 }).toEqual({ ...who, isOurFault: false })
      } else {
        const { code, message } = refused
        expect({ ...who, ...answer }).toMatchObject({
          ...{ ...who, status: 401, code },
          message: expect.stringContaining(message) as string,
        })
      }
    }
  }
})

test('the list of applications needs its three scopes together', async () => {
  const reads: Scope[] = ['applications:read', 'deployments:read', 'builds:read']
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [
    { scopes: reads },
    { scopes: reads.slice(1) },
    { scopes: ['applications:read-write', 'deployments:read-write', 'builds:read-write'] },
    { scopes: [] },
  ])
  const statuses = await Promise.all(
    secrets.map(async (authorization) => {
      const answer = await fetch(`${hatchery.url}/apps/v2/apps`, { headers: { authorization } })
      return answer.status
    }),
  )
  expect(statuses).toEqual([200, 401, 200, 401])
})

test('an upload URL needs no scope, but getting one does', async () => {
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [
    { scopes: ['builds:read'] },
  ])
  const answer = await fetch(`${hatchery.url}/builds/v3/builds`, {
    method: 'POST',
    headers: { authorization: secrets[0] ?? '', 'content-type': 'application/json' },
    body: JSON.stringify({ buildSizeInBytes: 1 }),
  })
  expect(answer.status).toBe(401)
})

test('/metrics is for admin tokens only', async () => {
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [
    { scopes: [...scopes] },
  ])
  const headers = { authorization: secrets[0] ?? '' }
  expect((await fetch(`${hatchery.url}/metrics`, { headers })).status).toBe(401)
})
