/** Lobbies as players ask for them, without a token: in applications that are not deleted. */
import { HatcheryError, type LobbyVisibility } from '@hatchery/contract'
import type { Lobby } from '../domain/lobby.ts'
import type { Services } from './context.ts'
import { show } from './explain.ts'
import { assertRegion, getOpenApplication } from './find.ts'

const mostListed = 1_000

/** Those whose room is active, newest first; of every region where none is named. */
export async function listOpenLobbies(
  services: Services,
  appId: string,
  { visibility, region }: { visibility: LobbyVisibility; region?: string },
): Promise<Lobby[]> {
  await getOpenApplication({ services }, appId)
  if (region !== undefined) assertRegion({ services }, region)
  const query = { appId, visibility, region: region ?? null, limit: mostListed }
  return await services.store.listLobbies(query)
}

export async function getLobby(services: Services, appId: string, roomId: string): Promise<Lobby> {
  await getOpenApplication({ services }, appId)
  const lobby = await services.store.findLobby(appId, roomId)
  if (lobby !== undefined) return lobby
  throw new HatcheryError('not-found', `there is no lobby of a room ${show(roomId)}`)
}

export async function getLobbyByCode(
  services: Services,
  appId: string,
  shortCode: string,
): Promise<Lobby> {
  await getOpenApplication({ services }, appId)
  const lobby = await services.store.findLobbyByCode(appId, shortCode)
  if (lobby !== undefined) return lobby
  throw new HatcheryError('not-found', `there is no lobby with the code ${show(shortCode)}`)
}
