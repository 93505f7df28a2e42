/** What a player's game does with its own client, which has no token of the organization. */
import { Hatchery } from '@hatchery/client'
import { HatcheryPlayer } from '@hatchery/client/player'
import { expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

test('logs in, makes a lobby, is found by a friend, and connects', async () => {
  const { client, url } = await startWithFakes()
  const { appId } = await deployedApp(client)
  const authConfiguration = { anonymous: {}, nickname: {} }
  await client.appsV2.patchApp({ authConfiguration }, appId)
  const player = new HatcheryPlayer({ serverURL: url, appId })

  const { token } = await player.loginNickname('Ada')
  const names = { shortCode: 'LFG4', roomId: 'room-of-ada' }
  const lobby = await player.createLobby(token, { visibility: 'public', region: 'Seattle' }, names)
  expect(lobby).toMatchObject({ roomId: 'room-of-ada', shortCode: 'LFG4' })

  const friend = new HatcheryPlayer({ serverURL: url, appId })
  await friend.loginAnonymous()
  expect((await friend.publicLobbies('Seattle')).map(({ roomId }) => roomId)).toEqual([
    'room-of-ada',
  ])
  const { roomId } = await friend.lobbyByShortCode('LFG4')
  expect(await friend.lobbyByRoomId(roomId)).toMatchObject({ shortCode: 'LFG4' })
  const { exposedPort } = await friend.waitUntilConnectable(roomId)
  expect(exposedPort).toMatchObject({ host: expect.any(String), port: expect.any(Number) })
  expect((await friend.pingEndpoints()).length).toBeGreaterThan(0)
})

test('gives up on a room that nobody can connect to', async () => {
  const { client, url, driver } = await startWithFakes()
  const { appId } = await deployedApp(client)
  driver.place.habits = { FAKE_START: 'never-binds' }
  const { roomId } = await client.roomsV2.createRoom({ region: 'Seattle' }, appId)
  const player = new HatcheryPlayer({ serverURL: url, appId })
  await expect(player.waitUntilConnectable(roomId, { waitMs: 0 })).rejects.toThrow(
    `room ${roomId} is starting after 0 ms`,
  )
})

test('is a part of the whole client: what one calls the other may call, too', async () => {
  const { client, url } = await startWithFakes()
  const { appId } = await deployedApp(client)
  await client.appsV2.patchApp({ authConfiguration: { anonymous: {} } }, appId)
  const { token } = await new HatcheryPlayer({ serverURL: url, appId }).loginAnonymous()
  const whole = new Hatchery({ serverURL: url, appId })
  const lobby = await whole.lobbiesV3.createLobby(
    { playerAuth: token },
    { visibility: 'local', region: 'Seattle' },
  )
  expect(lobby.visibility).toBe('local')
})
