/** Player tokens: good for what players do, in one application, and for nothing else. */
import { type Operation, operations } from '@hatchery/contract'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { call } from '../support/call.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { aPlayer, signedBy } from '../support/players.ts'
import { refusalIn, refusalOf } from '../support/refusal.ts'
import { startHatchery } from '../support/start-hatchery.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

const all = Object.values<Operation>(operations)
const lobby = { visibility: 'private', region: 'Seattle' } as const

async function withApp<H extends Pick<FakeHatchery, 'client'>>(hatchery: H) {
  const { client } = hatchery
  const { appId } = await deployedApp(client)
  await client.appsV2.patchApp({ authConfiguration: { anonymous: {} } }, appId)
  const { appSecret } = await client.appsV2.getApp(appId)
  const create = (playerAuth: string) => client.lobbiesV3.createLobby({ playerAuth }, lobby, appId)
  return { ...hatchery, appId, appSecret, create }
}

const isPlayers = ({ access }: Operation): boolean => access === 'player'
const takesOthers = ({ access }: Operation): boolean =>
  access !== 'player' && access !== 'public' && access !== 'signed'

describe('the token of a player', () => {
  test('is never enough for what an organization does', async () => {
    const { client, url, appId } = await withApp(await startWithFakes())
    const { playerAuth } = await aPlayer(client, appId)
    for (const operation of all.filter(takesOthers)) {
      const answer = await call(operation, { url, token: playerAuth, values: { appId } })
      expect({ id: operation.id, ...answer }).toEqual({
        ...{ id: operation.id, status: 401, code: 'unauthenticated' },
        message: 'the token of a player may not call this: use a token of the organization',
      })
    }
    const metrics = await fetch(`${url}/metrics`, { headers: { authorization: playerAuth } })
    expect(metrics.status).toBe(401)
  })

  test('is the only one that is enough for what a player does', async () => {
    const { client, url, token, appId, driver } = await withApp(await startWithFakes())
    const { processId } = await client.processesV3.createProcess('Seattle', appId)
    const { spec } = await eventually('it is started', () => driver.place.runs.get(processId))
    const game = spec.env['HATCHERY_PROCESS_TOKEN']
    const before = await client.processesV3.getLatestProcesses(appId)
    for (const operation of all.filter(isPlayers)) {
      for (const other of [token, game, undefined, 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.']) {
        const asked = { url, token: other, values: { appId }, body: lobby }
        expect(await call(operation, asked)).toMatchObject({ status: 401, code: 'unauthenticated' })
      }
    }
    expect(await client.processesV3.getLatestProcesses(appId)).toEqual(before)
    expect(await client.hatchery.getRooms(appId)).toEqual([])
  })

  test('is good in its own application alone', async () => {
    const { client, create } = await withApp(await startWithFakes())
    const other = await client.appsV2.createApp({
      ...{ appName: 'other', authConfiguration: { anonymous: {} } },
    })
    const { playerAuth } = await aPlayer(client, other.appId)
    expect(await refusalOf(create(playerAuth))).toMatchObject({
      status: 401,
      message:
        'the player token is not signed with the secret of application arena, or is over: log in again',
    })
  })

  test('comes raw or with Bearer', async () => {
    const { client, url, appId } = await withApp(await startWithFakes())
    const { playerAuth } = await aPlayer(client, appId)
    for (const authorization of [playerAuth, `Bearer ${playerAuth}`, `bearer ${playerAuth}`]) {
      const answer = await fetch(`${url}/lobby/v3/${appId}/create`, {
        method: 'POST',
        headers: {
          authorization,
          'content-type': 'application/json',
          origin: 'https://game.example',
        },
        body: JSON.stringify(lobby),
      })
      expect(answer.status).toBe(201)
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    }
  })

  test('that is wrong counts as a request without a token, and shuts nobody out', async () => {
    const { client, appId, create } = await withApp(
      await startWithFakes('--rate-limits-failed-logins-per-minute=1'),
    )
    for (let count = 0; count < 3; count += 1)
      expect(await refusalOf(create('a.b.c'))).toMatchObject({ status: 401 })
    await create((await aPlayer(client, appId)).playerAuth)
    await client.appsV2.getApps()
    const flood = await withApp(
      await startWithFakes(
        '--rate-limits-anonymous-burst=2',
        '--rate-limits-anonymous-per-second=1',
      ),
    )
    const asked = () =>
      fetch(`${flood.url}/lobby/v3/${appId}/create`, {
        method: 'POST',
        headers: { authorization: 'a.b.c' },
      })
    const answers = [await asked(), await asked(), await asked(), await asked()]
    const refusals = await Promise.all(answers.map(refusalIn))
    expect(refusals.map(({ status }) => status)).toContain(429)
  })
})

describe('a studio that signs tokens itself', () => {
  test('may do so with the secret of the application', async () => {
    const { create, appSecret } = await withApp(await startWithFakes())
    expect(await create(await signedBy(appSecret, { id: 'steam-7' }))).toMatchObject({
      createdBy: 'steam-7',
    })
    expect(await create(await signedBy(appSecret, { id: 17, type: 'steam' }))).toMatchObject({
      createdBy: '17',
    })
  })

  test.each([
    [{}, 'must have an "id"'],
    [{ id: '' }, 'must have an "id"'],
    [{ id: 'x'.repeat(256) }, 'must have an "id"'],
    [{ id: { a: 1 } }, 'must have an "id"'],
    [{ id: 'a', exp: 1_600_000_000 }, 'or is over'],
    [{ id: 'a', nbf: 4_000_000_000 }, 'or is over'],
  ])('cannot have claims such as %j', async (claims, why) => {
    const { create, appSecret } = await withApp(await startWithFakes())
    expect(await refusalOf(create(await signedBy(appSecret, claims)))).toMatchObject({
      ...{ status: 401, code: 'unauthenticated' },
      message: expect.stringContaining(why) as string,
    })
  })

  test('can make one that ends, and it ends also when it was good before', async () => {
    const clock = createManualClock()
    const { create, appSecret } = await withApp(await startHatchery({ clock }))
    const token = await signedBy(appSecret, { id: 'a', exp: Math.floor(clock.now() / 1_000) + 60 })
    await create(token)
    await create(token)
    clock.jump(61_000)
    expect(await refusalOf(create(token))).toMatchObject({ status: 401 })
  })
})

describe('a new secret', () => {
  test('signs from then on; what the one before signed is good for a day', async () => {
    const clock = createManualClock()
    const { client, create, appId, appSecret } = await withApp(
      await startHatchery({ clock, flags: ['--lobbies-most-per-hour=1000'] }),
    )
    const before = (await aPlayer(client, appId)).playerAuth
    await create(before)
    const rotated = await client.hatchery.rotateAppSecret(appId)
    expect(rotated.appSecret).not.toBe(appSecret)
    expect(await client.appsV2.getApp(appId)).toEqual(rotated)
    const after = (await aPlayer(client, appId)).playerAuth
    expect((await create(await signedBy(rotated.appSecret, { id: 'a' }))).createdBy).toBe('a')
    expect((await create(before)).createdBy).toBe(decodeJwt(before)['id'])
    await create(after)
    clock.jump(86_400_000)
    expect(await refusalOf(create(before))).toMatchObject({ status: 401 })
    await create(after)
  })

  test('made twice leaves only the last two good', async () => {
    const { client, create, appId } = await withApp(await startWithFakes())
    const next = async (): Promise<string> => {
      await client.hatchery.rotateAppSecret(appId)
      return (await aPlayer(client, appId)).playerAuth
    }
    const [first, second, third] = [
      (await aPlayer(client, appId)).playerAuth,
      await next(),
      await next(),
    ]
    expect(await refusalOf(create(first))).toMatchObject({ status: 401 })
    await create(second)
    await create(third)
  })

  test('is told to no follower of changes', async () => {
    const { client, appId, url, token, appSecret } = await withApp(await startWithFakes())
    const { appSecret: next } = await client.hatchery.rotateAppSecret(appId)
    const ended = new AbortController()
    const answer = await fetch(`${url}/hatchery/v1/events?kind=application`, {
      headers: { authorization: token, 'last-event-id': '0' },
      signal: ended.signal,
    })
    const reader = answer.body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    const text = new TextDecoder().decode(value)
    ended.abort()
    expect(text).toContain(appId)
    expect(text).not.toContain(appSecret)
    expect(text).not.toContain(next)
  })
})
