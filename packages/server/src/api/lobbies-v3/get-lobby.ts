import { lobbyV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getLobby, getLobbyByCode } from '../find-lobby.ts'

export const getLobbyInfoByRoomId: Handler<'GetLobbyInfoByRoomId'> = async (
  { params },
  { services },
) => lobbyV3(await getLobby(services, params.appId, params.roomId))

export const getLobbyInfoByShortCode: Handler<'GetLobbyInfoByShortCode'> = async (
  { params },
  { services },
) => lobbyV3(await getLobbyByCode(services, params.appId, params.shortCode))
