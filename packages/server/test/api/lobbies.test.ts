/** Lobbies: made by players, listed and found by everyone. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import type { CreateLobbyV3Params } from '@hatchery/client'
import { decodeJwt } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { lobbyPlace } from '../support/lobby-place.ts'
import { aPlayer } from '../support/players.ts'
import { refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const region = 'Seattle'
const isPublic: CreateLobbyV3Params = { visibility: 'public', region }

async function withPlayer(...flags: string[]) {
  const place = await lobbyPlace(...flags)
  const { client, player, appId } = place
  const create = (params: Partial<CreateLobbyV3Params> = {}, code?: string, roomId?: string) =>
    client.lobbiesV3.createLobby(player, { ...isPublic, ...params }, appId, code, roomId)
  return { ...place, create }
}

test('a player logs in, makes a lobby, and others find it and connect, with the official client', async () => {
  const { url, appId, client } = await withPlayer()
  const game = new HathoraCloud({ serverURL: url, appId })
  const { token } = await game.authV1.loginAnonymous()
  const security = { playerAuth: token }
  const made = await game.lobbiesV3.createLobby(
    security,
    { visibility: 'public', region, roomConfig: '{"map":"arena"}' },
    undefined,
    undefined,
    'my-room',
  )
  expect(made).toEqual({
    ...{ appId, roomId: 'my-room', region, visibility: 'public', roomConfig: '{"map":"arena"}' },
    shortCode: expect.stringMatching(/^[ABCEFGHJ-NPR-Z]{4}$/) as string,
    createdBy: decodeJwt(token)['id'],
    createdAt: expect.any(Date) as Date,
  })
  expect(await game.lobbiesV3.listActivePublicLobbies()).toEqual([made])
  expect(await game.lobbiesV3.getLobbyInfoByShortCode(made.shortCode)).toEqual(made)
  expect(await game.lobbiesV3.getLobbyInfoByRoomId('my-room')).toEqual(made)
  expect(await game.roomsV2.getConnectionInfo('my-room')).toMatchObject({ roomId: 'my-room' })
  // For the organization it is a room like any other.
  expect(await client.roomsV2.getRoomInfo('my-room', appId)).toMatchObject({ status: 'active' })
})

describe('the list', () => {
  test('has public lobbies alone, the newest first, of a region where one is named', async () => {
    const { client, appId, create } = await withPlayer()
    const ids: string[] = []
    for (const place of ['Seattle', 'Tokyo', 'Seattle'] as const)
      ids.unshift((await create({ region: place })).roomId)
    await create({ visibility: 'private' })
    await create({ visibility: 'local' })
    await client.roomsV2.createRoom({ region }, appId)
    const listed = async (...place: ['Tokyo'] | []) =>
      (await client.lobbiesV3.listActivePublicLobbies(appId, ...place)).map(({ roomId }) => roomId)
    expect(await listed()).toEqual(ids)
    expect(await listed('Tokyo')).toEqual([ids[1]])
    const elsewhere = client.lobbiesV3.listActivePublicLobbies(appId, 'Atlantis')
    expect(await refusalOf(elsewhere)).toMatchObject({
      status: 422,
      message: expect.stringContaining('region must be one of') as string,
    })
  })

  test('has only lobbies whose room is active', async () => {
    const { client, appId, create } = await withPlayer()
    const [over, suspended] = [await create(), await create()]
    await client.roomsV2.destroyRoom(over.roomId, appId)
    await client.roomsV2.suspendRoomV2Deprecated(suspended.roomId, appId)
    expect(await client.lobbiesV3.listActivePublicLobbies(appId)).toEqual([])
    expect(await client.lobbiesV3.getLobbyInfoByRoomId(over.roomId, appId)).toEqual(over)
    await client.roomsV2.resumeRoom(suspended.roomId, appId)
    expect(await client.lobbiesV3.listActivePublicLobbies(appId)).toEqual([suspended])
    const { processId } = await client.roomsV2
      .getRoomInfo(suspended.roomId, appId)
      .then(({ currentAllocation }) => currentAllocation ?? { processId: '' })
    await client.processesV3.stopProcess(processId, appId)
    await expect.poll(() => client.lobbiesV3.listActivePublicLobbies(appId)).toEqual([])
  })

  test('needs no token and may be read from any website', async () => {
    const { url, appId, create } = await withPlayer()
    await create()
    const answer = await fetch(`${url}/lobby/v3/${appId}/list/public`, {
      headers: { origin: 'https://game.example' },
    })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(await answer.json()).toHaveLength(1)
  })
})

describe('a lobby', () => {
  test('that is private is found by its code, and by its room', async () => {
    const { client, appId, create } = await withPlayer()
    const lobby = await create({ visibility: 'private' }, 'LFG4')
    expect(lobby).toMatchObject({ shortCode: 'LFG4', visibility: 'private', roomConfig: null })
    expect(await client.lobbiesV3.getLobbyInfoByShortCode('LFG4', appId)).toEqual(lobby)
    expect(await client.lobbiesV3.getLobbyInfoByRoomId(lobby.roomId, appId)).toEqual(lobby)
  })

  test('that is the newest of a code is the one that is found', async () => {
    const { client, appId, create } = await withPlayer()
    await create({}, 'LFG4')
    const newest = await create({}, 'LFG4')
    expect(await client.lobbiesV3.getLobbyInfoByShortCode('LFG4', appId)).toEqual(newest)
  })

  test('has the config of its room, also when that is changed', async () => {
    const { client, appId, create } = await withPlayer()
    const { roomId } = await create({ roomConfig: 'a' })
    await client.roomsV2.updateRoomConfig(roomId, { roomConfig: 'b' }, appId)
    expect(await client.lobbiesV3.getLobbyInfoByRoomId(roomId, appId)).toMatchObject({
      roomConfig: 'b',
    })
    expect(await client.lobbiesV3.listActivePublicLobbies(appId)).toMatchObject([
      { roomConfig: 'b' },
    ])
  })

  test('says where it really is when its region handed it on', async () => {
    const { client, appId, deployment, create } = await withPlayer(
      ...[
        '--capacity-overcommit=false',
        '--nodes=one ports=20000-20099 cpu=1,two ports=20100-20199 cpu=1',
      ],
      ...['--region-nodes=Seattle=one,Chicago=two', '--spillover=Seattle>Chicago'],
    )
    await client.deploymentsV3.createDeployment(
      deploymentConfig(deployment.buildId, { requestedCPU: 1 }),
      appId,
    )
    expect((await create()).region).toBe('Seattle')
    const elsewhere = await create()
    expect(elsewhere.region).toBe('Chicago')
    expect(await client.lobbiesV3.listActivePublicLobbies(appId, 'Chicago')).toEqual([elsewhere])
    expect(await refusalOf(create())).toMatchObject({ status: 429, code: 'no-capacity' })
  })

  test('of a room with a chosen id is answered again to the same player, and to nobody else', async () => {
    const { client, appId, create } = await withPlayer('--lobbies-most-per-hour=1')
    const lobby = await create({ roomConfig: 'a' }, undefined, 'mine')
    expect(await create({ roomConfig: 'a' }, undefined, 'mine')).toEqual(lobby)
    expect(await create({ roomConfig: 'a' }, lobby.shortCode, 'mine')).toEqual(lobby)
    const other = await aPlayer(client, appId)
    const refusals = [
      [() => create({ roomConfig: 'a' }, 'OTHER', 'mine'), `has the code ${lobby.shortCode}`],
      [() => create({ roomConfig: 'a', visibility: 'private' }, undefined, 'mine'), 'is public'],
      [
        () => create({ roomConfig: 'b' }, undefined, 'mine'),
        'it was created with another roomConfig',
      ],
      [() => create({ region: 'Tokyo' }, undefined, 'mine'), 'it is in Seattle, not Tokyo'],
      [
        () =>
          client.lobbiesV3.createLobby(
            other,
            { ...isPublic, roomConfig: 'a' },
            appId,
            undefined,
            'mine',
          ),
        'is of another player',
      ],
    ] as const
    for (const [ask, why] of refusals)
      expect(await refusalOf(ask())).toMatchObject({
        ...{ status: 422, code: 'taken' },
        message: expect.stringContaining(`room mine exists already and ${why}`) as string,
      })
  })

  test('cannot be made of a room that the organization made', async () => {
    const { client, appId, create } = await withPlayer()
    await client.roomsV2.createRoom({ region }, appId, 'theirs')
    expect(await refusalOf(create({}, undefined, 'theirs'))).toMatchObject({
      status: 422,
      message: 'room theirs exists already and is no lobby: choose another id',
    })
    expect(await refusalOf(client.lobbiesV3.getLobbyInfoByRoomId('theirs', appId))).toMatchObject({
      status: 404,
      message: 'there is no lobby of a room "theirs"',
    })
  })

  test.each([
    [{ region: 'Paris' }, undefined, undefined, 'region must be one of'],
    [{ visibility: 'secret' as 'public' }, undefined, undefined, 'body.visibility must be one of'],
    [{ roomConfig: 'x'.repeat(10_001) }, undefined, undefined, 'body.roomConfig'],
    [{ roomConfig: 'a\0LD_PRELOAD=b' }, undefined, undefined, 'must have no zero byte'],
    [{}, 'x'.repeat(101), undefined, 'shortCode'],
    [{}, '', undefined, 'shortCode'],
    [{}, undefined, 'no blanks', 'roomId'],
  ])('is refused with %j, %j, %j', async (params, code, roomId, message) => {
    const { create } = await withPlayer()
    expect(await refusalOf(create(params, code, roomId))).toMatchObject({
      status: 422,
      message: expect.stringContaining(message) as string,
    })
  })

  test('says how to make a deployment where there is none', async () => {
    const { client } = await startWithFakes()
    const { appId } = await client.appsV2.createApp({
      ...{ appName: 'bare', authConfiguration: { anonymous: {} } },
    })
    const player = await aPlayer(client, appId)
    expect(await refusalOf(client.lobbiesV3.createLobby(player, isPublic, appId))).toMatchObject({
      status: 404,
      message: expect.stringContaining('has no deployment yet: make one with') as string,
    })
  })

  test('of an application that is not there, or not any more, is 404', async () => {
    const { client, appId, create } = await withPlayer()
    const { roomId, shortCode } = await create()
    const asked = (app: string) => [
      client.lobbiesV3.listActivePublicLobbies(app),
      client.lobbiesV3.getLobbyInfoByRoomId(roomId, app),
      client.lobbiesV3.getLobbyInfoByShortCode(shortCode, app),
    ]
    await client.appsV2.deleteApp(appId)
    const calls = [...asked(appId), ...asked('app-none'), create()]
    for (const refusal of await Promise.all(calls.map(refusalOf)))
      expect(refusal).toMatchObject({
        status: 404,
        message: expect.stringMatching(/^there is no application "app-/) as string,
      })
    const other = await deployedApp(client, { appName: 'other' })
    expect(
      await refusalOf(client.lobbiesV3.getLobbyInfoByShortCode(shortCode, other.appId)),
    ).toMatchObject({ status: 404, message: `there is no lobby with the code "${shortCode}"` })
  })
})

test('a player makes ten lobbies in an hour; others are not kept from it', async () => {
  const { client, appId, create, playerId } = await withPlayer()
  for (let count = 0; count < 10; count += 1) await create()
  const refusal = await refusalOf(create())
  expect(refusal).toMatchObject({
    ...{ status: 429, code: 'rate-limited' },
    message: expect.stringContaining(
      `a player may make 10 lobbies in an hour, and player ${playerId} did: wait`,
    ) as string,
  })
  expect(Number(refusal.retryAfter)).toBeGreaterThan(3_000)
  const other = await aPlayer(client, appId)
  await client.lobbiesV3.createLobby(other, isPublic, appId)
  expect(await client.lobbiesV3.listActivePublicLobbies(appId)).toHaveLength(11)
})

test('who follows the rooms of an application is told of a lobby', async () => {
  const { client, appId, create } = await withPlayer()
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  const { promise: connected, resolve: onState } = Promise.withResolvers<unknown>()
  const events = client.followEvents({ appId, kinds: ['room'], signal: ended.signal, onState })
  const next = events.next()
  await connected
  const { roomId } = await create()
  expect((await next).value).toMatchObject({ kind: 'room', record: { roomId } })
})
