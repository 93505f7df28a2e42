/** The commands on lobbies, on a real server with fake processes. */
import { expect, test } from 'vitest'
import { aPlayer } from '../../server/test/support/players.ts'
import { jsonOf, onlineWithApp } from './support/online.ts'

test('lobbies are listed when they are public, and found by code and room', async () => {
  const { appId, hatchery: server, run: hatchery } = await onlineWithApp()
  const { client } = server
  const none = await hatchery('lobby', 'list')
  expect(none).toMatchObject({ code: 0, stdout: '' })
  expect(none.stderr).toContain('no public lobby')

  await client.appsV2.patchApp({ authConfiguration: { anonymous: {} } }, appId)
  const player = await aPlayer(client, appId)
  const make = (visibility: 'public' | 'private', code: string, roomId: string) =>
    client.lobbiesV3.createLobby(player, { visibility, region: 'Seattle' }, appId, code, roomId)
  await make('public', 'OPEN', 'match-17')
  await make('private', 'SHUT', 'match-18')

  const listed = await hatchery('lobbies', 'list', '--columns', 'code,room,region')
  expect(listed.stdout).toBe('OPEN\tmatch-17\tSeattle\n')
  expect((await hatchery('lobby', 'list', '--region', 'Tokyo', '-q')).stdout).toBe('')
  const shut = { shortCode: 'SHUT', roomId: 'match-18', visibility: 'private' }
  expect(jsonOf(await hatchery('lobby', 'get', 'SHUT', '--json'))).toMatchObject(shut)
  expect(jsonOf(await hatchery('lobby', 'get', 'match-18', '--json'))).toMatchObject(shut)
  const missing = await hatchery('lobby', 'get', 'nobody')
  expect(missing).toMatchObject({ code: 3, stdout: '' })
  expect(missing.stderr).toContain('try:   hatchery lobby list\n')
})
