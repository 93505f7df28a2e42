/** Lobbies as LobbiesV2 has them: the same ones, with a config that is any value, and a state. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { call } from '../support/json-call.ts'
import { lobbyPlace } from '../support/lobby-place.ts'
import { refusalIn, refusalOf } from '../support/refusal.ts'

const region = 'Seattle'
const initialConfig = { map: 'arena', teams: [1, 2], spare: null }

async function withOfficial(...flags: string[]) {
  const place = await lobbyPlace(...flags)
  const { url, token, appId } = place
  const official = new HathoraCloud({ serverURL: url, appId, hathoraDevToken: token })
  const create = (config: unknown = initialConfig, roomId?: string) =>
    place.client.lobbiesV2.createPublicLobby(
      place.player,
      { initialConfig: config, region },
      appId,
      roomId,
    )
  return { ...place, official, create }
}

test('a match is made, played and told of, with the official client', async () => {
  const { official, player, playerId, appId, client, driver } = await withOfficial()
  const lobby = await official.lobbiesV2.createPublicLobby(player, { initialConfig, region })
  expect(lobby).toEqual({
    ...{ appId, roomId: expect.any(String) as string, region, initialConfig },
    ...{ visibility: 'public', local: false, createdBy: playerId },
    shortCode: expect.any(String) as string,
    createdAt: expect.any(Date) as Date,
  })
  expect(await official.lobbiesV2.listActivePublicLobbiesDeprecatedV2()).toEqual([lobby])
  const state = { players: 3, over: false }
  expect(await official.lobbiesV2.setLobbyState(lobby.roomId, { state })).toEqual({
    ...{ ...lobby, state },
  })
  expect(await official.lobbiesV2.getLobbyInfo(lobby.roomId)).toMatchObject({ state })
  expect(await official.lobbiesV2.listActivePublicLobbiesDeprecatedV2()).toMatchObject([{ state }])
  const room = await client.roomsV2.getRoomInfo(lobby.roomId, appId)
  const { spec } = await eventually('it is started', () =>
    driver.place.runs.get(room.currentAllocation?.processId ?? ''),
  )
  expect(JSON.parse(spec.env['HATHORA_INITIAL_ROOM_CONFIG'] ?? '')).toEqual(initialConfig)
})

test.each([
  ['createPrivateLobby', 'private', false],
  ['createPublicLobby', 'public', false],
  ['createLocalLobby', 'local', true],
] as const)('%s makes one that is %s', async (method, visibility, local) => {
  const { official, client, player, appId } = await withOfficial()
  const params = { initialConfig, region } as const
  const lobbies = [
    await official.lobbiesV2[method](player, params, undefined, 'my-room'),
    await official.lobbiesV2.createLobbyDeprecated(player, { ...params, visibility }),
  ]
  for (const lobby of lobbies) expect(lobby).toMatchObject({ visibility, local })
  expect(await client.lobbiesV2[method](player, params, appId, 'my-room')).toEqual(lobbies[0])
  const listed = await official.lobbiesV2.listActivePublicLobbiesDeprecatedV2()
  expect(listed).toHaveLength(visibility === 'public' ? 2 : 0)
})

describe('a lobby', () => {
  test('is the same one in both versions', async () => {
    const { client, appId, player, create } = await withOfficial()
    const old = await create({ a: 1 })
    expect(await client.lobbiesV3.getLobbyInfoByRoomId(old.roomId, appId)).toMatchObject({
      ...{ roomId: old.roomId, shortCode: old.shortCode, roomConfig: '{"a":1}' },
    })
    const makeNew = async (roomConfig?: string) => {
      const params = { visibility: 'public' as const, region, ...(roomConfig && { roomConfig }) }
      const { roomId } = await client.lobbiesV3.createLobby(player, params, appId)
      return (await client.lobbiesV2.getLobbyInfo(roomId, appId)).initialConfig
    }
    expect(await makeNew('{"b":2}')).toEqual({ b: 2 })
    expect(await makeNew('arena')).toBe('arena')
    expect(await makeNew()).toEqual({})
    expect(await makeNew(`${'['.repeat(4_000)}${']'.repeat(4_000)}`)).toMatch(/^\[{4000}/)
    await client.roomsV2.updateRoomConfig(old.roomId, { roomConfig: '{"a":2}' }, appId)
    expect(await client.lobbiesV2.getLobbyInfo(old.roomId, appId)).toMatchObject({
      initialConfig: { a: 2 },
    })
  })

  test.each([null, 0, '', 'text', [], {}, [null], 'a\0b', { ['__proto__']: 1 }, '\uD800'])(
    'may have the config %j',
    async (config) => {
      const { client, appId, create } = await withOfficial()
      const { roomId } = await create(config, 'mine')
      expect((await client.lobbiesV2.getLobbyInfo(roomId, appId)).initialConfig).toEqual(config)
      expect((await create(config, 'mine')).roomId).toBe(roomId)
    },
  )

  test('may have a config of 64 KB, and no larger or deeper one', async () => {
    const { create } = await withOfficial()
    await create('x'.repeat(65_534))
    expect(await refusalOf(create('x'.repeat(65_535)))).toMatchObject({
      status: 422,
      message: 'body.initialConfig must have at most 65536 bytes as JSON; got 65537',
    })
    let deep: unknown = 0
    for (let level = 0; level < 101; level += 1) deep = [deep]
    expect(await refusalOf(create(deep))).toMatchObject({
      status: 422,
      message: 'body.initialConfig must be nested at most 100 levels deep',
    })
  })

  test('needs a config, a region that there is, and the token of a player', async () => {
    const place = await withOfficial()
    const { client, url, token, player, appId } = place
    const asPlayer = { url, token: player.playerAuth }
    const path = `/lobby/v2/${appId}/create/public`
    const missing = await refusalIn(await call(asPlayer, 'POST', path, { region }))
    expect(missing).toMatchObject({ status: 422, message: 'body.initialConfig is missing' })
    const params = { initialConfig, region: 'Paris' }
    const elsewhere = client.lobbiesV2.createLocalLobby(player, params, appId)
    expect(await refusalOf(elsewhere)).toMatchObject({ status: 422 })
    const wrong = client.lobbiesV2.createLocalLobby({ playerAuth: token }, params, appId)
    expect(await refusalOf(wrong)).toMatchObject({ status: 401 })
  })

  test('that is not there is 404, and so is a region or an application', async () => {
    const { client, appId } = await withOfficial()
    const refused = [
      client.lobbiesV2.getLobbyInfo('none', appId),
      client.lobbiesV2.setLobbyState('none', { state: 1 }, appId),
      client.lobbiesV2.listActivePublicLobbiesDeprecatedV2(appId, 'Paris'),
      client.lobbiesV2.listActivePublicLobbiesDeprecatedV2('app-none'),
    ]
    const refusals = await Promise.all(refused.map(refusalOf))
    expect(refusals.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    await client.roomsV2.createRoom({ region }, appId, 'plain')
    expect(
      await refusalOf(client.lobbiesV2.setLobbyState('plain', { state: 1 }, appId)),
    ).toMatchObject({ status: 404, message: 'room plain is no lobby' })
  })
})

describe('the state', () => {
  test('is set by the game server itself, for rooms on it, also when they are over', async () => {
    const { client, appId, driver, url, create } = await withOfficial()
    const { roomId } = await create()
    const room = await client.roomsV2.getRoomInfo(roomId, appId)
    const { spec } = await eventually('it is started', () =>
      driver.place.runs.get(room.currentAllocation?.processId ?? ''),
    )
    const game = { url, token: spec.env['HATCHERY_PROCESS_TOKEN'] ?? '' }
    const set = (id: string, state: unknown) =>
      call(game, 'POST', `/lobby/v2/${appId}/setState/${id}`, { state })
    expect((await set(roomId, 'playing')).status).toBe(200)
    await client.roomsV2.destroyRoom(roomId, appId)
    expect((await set(roomId, { winner: 'Ada' })).status).toBe(200)
    expect(await client.lobbiesV2.getLobbyInfo(roomId, appId)).toMatchObject({
      state: { winner: 'Ada' },
    })
    const { deploymentId } = await client.deploymentsV3.getLatestDeployment(appId)
    expect(deploymentId).toBe(spec.deploymentId)
    const elsewhere = await client.roomsV2.createRoom({ region: 'Tokyo' }, appId)
    expect((await set(elsewhere.roomId, 1)).status).toBe(404)
  })

  test('is nothing a player may set, and has at most 1 MB', async () => {
    const { client, appId, player, url, create } = await withOfficial()
    const { roomId } = await create()
    const path = `/lobby/v2/${appId}/setState/${roomId}`
    const asPlayer = { url, token: player.playerAuth }
    expect((await call(asPlayer, 'POST', path, { state: 1 })).status).toBe(401)
    await client.lobbiesV2.setLobbyState(roomId, { state: 'x'.repeat(900_000) }, appId)
    const large = client.lobbiesV2.setLobbyState(roomId, { state: 'x'.repeat(1_000_000) }, appId)
    expect(await refusalOf(large)).toMatchObject({
      status: 422,
      message: expect.stringContaining('the body must have at most 1000000 bytes') as string,
    })
  })
})
