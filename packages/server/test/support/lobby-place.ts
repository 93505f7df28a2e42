/** A server with a deployed application, and a player of it. */
import { decodeJwt } from 'jose'
import { deployedApp } from './deployed-app.ts'
import { aPlayer } from './players.ts'
import { startWithFakes } from './start-with-fakes.ts'

export async function lobbyPlace(...flags: string[]) {
  const hatchery = await startWithFakes(...flags)
  const { client } = hatchery
  const { appId, deployment } = await deployedApp(client, { deployment: { roomsPerProcess: 4 } })
  await client.appsV2.patchApp({ authConfiguration: { anonymous: {} } }, appId)
  const player = await aPlayer(client, appId)
  return { ...hatchery, appId, deployment, player, playerId: decodeJwt(player.playerAuth)['id'] }
}
