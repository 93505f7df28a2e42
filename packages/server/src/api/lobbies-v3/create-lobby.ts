import { lobbyV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { makeLobby } from '../new-lobby.ts'

export const createLobby: Handler<'CreateLobby'> = async ({ query, body }, context) => {
  const { visibility, region, roomConfig = null } = body
  const { roomId, shortCode } = query
  return lobbyV3(await makeLobby(context, { visibility, region, roomConfig, roomId, shortCode }))
}
