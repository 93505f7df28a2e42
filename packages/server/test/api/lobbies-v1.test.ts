/** Lobbies as LobbiesV1 has them: the same ones, all said in the query. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { expect, test } from 'vitest'
import { lobbyPlace } from '../support/lobby-place.ts'
import { refusalOf } from '../support/refusal.ts'

async function withOfficial(...flags: string[]) {
  const place = await lobbyPlace(...flags)
  const official = new HathoraCloud({ serverURL: place.url, appId: place.appId })
  return { ...place, old: official.lobbiesV1 }
}

test('a lobby is made and listed, with the official client and with ours', async () => {
  const { old, client, player, playerId, appId } = await withOfficial()
  const roomId = await old.createPublicLobbyDeprecated(player, undefined, 'Tokyo')
  const ours = await client.lobbiesV1.createPublicLobbyDeprecated(player, appId)
  const [newest, first] = await old.listActivePublicLobbiesDeprecatedV1()
  expect(first).toMatchObject({
    ...{ roomId, region: 'Tokyo', visibility: 'public', local: false, createdBy: playerId },
    initialConfig: {},
  })
  // The first region of the installation, where none is named.
  expect(newest).toMatchObject({ roomId: ours, region: 'Seattle' })
  expect(await old.listActivePublicLobbiesDeprecatedV1(undefined, false, 'Tokyo')).toEqual([first])
  expect(await client.lobbiesV1.listActivePublicLobbiesDeprecatedV1(appId)).toEqual([newest, first])
  expect(await client.lobbiesV3.getLobbyInfoByRoomId(roomId, appId)).toMatchObject({
    roomConfig: null,
  })
})

test('private and local ones are not on the public list; local ones have their own', async () => {
  const { old, player } = await withOfficial()
  await old.createPrivateLobbyDeprecated(player)
  const local = [
    await old.createPrivateLobbyDeprecated(player, undefined, undefined, true),
    await old.createPublicLobbyDeprecated(player, undefined, undefined, true),
  ]
  expect(await old.listActivePublicLobbiesDeprecatedV1()).toEqual([])
  const listed = await old.listActivePublicLobbiesDeprecatedV1(undefined, true)
  expect(listed.map(({ roomId }) => roomId)).toEqual(local.toReversed())
  expect(listed.every((lobby) => lobby.local)).toBe(true)
})

test('what is wrong is refused', async () => {
  const { client, appId, token, player } = await withOfficial('--lobbies-most-per-hour=1')
  const create = (playerAuth: string, region?: 'Tokyo') =>
    client.lobbiesV1.createPrivateLobbyDeprecated({ playerAuth }, appId, region)
  const wrongRegion = create(player.playerAuth, 'Paris' as 'Tokyo')
  expect(await refusalOf(wrongRegion)).toMatchObject({ status: 422 })
  expect(await refusalOf(create(token))).toMatchObject({ status: 401 })
  await create(player.playerAuth)
  expect(await refusalOf(create(player.playerAuth))).toMatchObject({ status: 429 })
  const nowhere = client.lobbiesV1.listActivePublicLobbiesDeprecatedV1('app-none')
  expect(await refusalOf(nowhere)).toMatchObject({ status: 404 })
})
