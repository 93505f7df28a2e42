/** Operators: who may do everything in the first organization looks after the installation and all organizations. */
import { expect, test } from 'vitest'
import { anotherOrganization, clientWith, joined } from '../support/people.ts'
import { refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

test('an operator makes organizations, lists them, and sets their names and limits', async () => {
  const { client, url } = await startWithFakes()
  const made = await client.hatchery.createOrg({ name: '  Studio Two ' })
  const fresh = {
    ...{ orgId: expect.stringMatching(/^org-[0-9a-f-]{36}$/) as string, name: 'Studio Two' },
    ...{ concurrentProcessVcpusLimit: null, monthlyProcessVcpuHoursLimit: null },
    createdAt: expect.any(Date) as Date,
  }
  expect(made).toEqual({
    org: fresh,
    orgToken: expect.objectContaining({ orgId: made.org.orgId, scopes: 'admin' }) as object,
    plainTextToken: expect.stringMatching(/^hathora_org_st_/) as string,
  })
  const { orgs } = await client.hatchery.getAllOrgs()
  expect(orgs.map(({ name }) => name)).toEqual(['default', 'Studio Two'])

  const { orgId } = made.org
  const theirs = clientWith({ url }, made.plainTextToken)
  const { fleets } = await theirs.fleetsV2.getFleets()
  expect(fleets).toMatchObject([{ orgId, name: 'default' }])
  expect((await theirs.organizationsV1.getOrgs()).orgs[0]?.defaultFleetId).toBe(fleets[0]?.fleetId)
  await client.hatchery.changeOrg(orgId, {
    ...{ name: 'Studio 2', concurrentProcessVcpusLimit: 4, monthlyProcessVcpuHoursLimit: 0.5 },
  })
  expect((await theirs.organizationsV1.getOrgs()).orgs).toMatchObject([
    { name: 'Studio 2', concurrentProcessVcpusLimit: 4, monthlyProcessVcpuHoursLimit: 0.5 },
  ])
  expect(await client.hatchery.changeOrg(orgId, { concurrentProcessVcpusLimit: null })).toEqual({
    ...{ ...fresh, orgId, name: 'Studio 2', monthlyProcessVcpuHoursLimit: 0.5 },
  })
  expect((await theirs.organizationsV1.getOrgs()).orgs[0]).not.toHaveProperty(
    'concurrentProcessVcpusLimit',
  )
})

test.each(['', '   ', 'two\nlines', 'bell \u0007', 'x'.repeat(101)])(
  'an organization is not called %j',
  async (name) => {
    const { client } = await startWithFakes()
    expect((await refusalOf(client.hatchery.createOrg({ name }))).status).toBe(422)
    expect((await client.hatchery.getAllOrgs()).orgs).toHaveLength(1)
  },
)

test('an organization that is not there is 404, and a limit below 0 is 422', async () => {
  const { client } = await startWithFakes()
  const { orgId } = await client.hatchery.whoAmI()
  expect(await refusalOf(client.hatchery.changeOrg('org-x', { name: 'a' }))).toMatchObject({
    ...{
      status: 404,
      message: 'there is no organization "org-x"; GET /hatchery/v1/orgs lists all',
    },
  })
  const negative = client.hatchery.changeOrg(orgId, { concurrentProcessVcpusLimit: -1 })
  expect((await refusalOf(negative)).status).toBe(422)
})

test('an admin of another organization is no operator, and is told so', async () => {
  const first = await startWithFakes()
  const second = await anotherOrganization(first)
  const refusal = {
    ...{ status: 401, code: 'missing-scope' },
    message:
      'the token "admin" is no operator\'s: what concerns the whole installation needs an admin token of its first organization',
  }
  const { hatchery } = second.client
  for (const ask of [
    () => hatchery.getAllOrgs(),
    () => hatchery.createOrg({ name: 'three' }),
    () => hatchery.changeOrg(second.orgId, { concurrentProcessVcpusLimit: null }),
    () => hatchery.stopGames(),
    () => hatchery.drainNode('local'),
    () => hatchery.createBackup(),
  ])
    expect(await refusalOf(ask())).toMatchObject(refusal)
  const headers = { authorization: `Bearer ${second.token}` }
  expect((await fetch(`${first.url}/metrics`, { headers })).status).toBe(401)
})

test('a person who is an admin of the first organization is an operator, as long as that lasts', async () => {
  const first = await startWithFakes()
  const { orgId } = await first.client.hatchery.whoAmI()
  const person = await joined(first, 'ada@games.example', 'admin')
  expect((await person.client.hatchery.getAllOrgs()).orgs).toHaveLength(1)
  await first.client.hatchery.changeMember(orgId, 'ada@games.example', { scopes: 'member' })
  expect((await refusalOf(person.client.hatchery.getAllOrgs())).message).toMatch(/no admin token$/)
})
