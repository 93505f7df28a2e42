/** Scopes: each token may do what it says, and nothing else. */
import { type Scope, grants, missingScope, operations, scopes } from '@hatchery/contract'
import { expect, test } from 'vitest'
import { withOrganizations } from '../support/organizations.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const guarded = Object.values(operations).flatMap(({ id, method, path, access }) =>
  typeof access === 'string' ? [] : [{ id, method, path, needed: access }],
)

test('each scope alone allows exactly its operations, and a refusal names what is missing', async () => {
  const tokens = scopes.map((scope) => ({ name: scope, scopes: [scope] }))
  const { hatchery, secrets } = await withOrganizations(await startWithFakes(), tokens)
  for (const [index, scope] of scopes.entries()) {
    for (const { id, method, path, needed } of guarded) {
      const answer = await fetch(`${hatchery.url}${path.replaceAll(/\{\w+\}/g, 'x')}`, {
        method: method.toUpperCase(),
        headers: { authorization: secrets[index] ?? '' },
      })
      const code = answer.headers.get('hatchery-error')
      const allowed = grants([scope], needed)
      expect({ scope, id, allowed, lacking: code === 'missing-scope' }).toEqual({
        scope,
        id,
        allowed,
        lacking: !allowed,
      })
      const text = await answer.text()
      if (!allowed) {
        expect(answer.status).toBe(401)
        const missing = missingScope([scope], needed)
        expect(text).toContain(`the token \\"${scope}\\" lacks the scope ${missing}`)
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
