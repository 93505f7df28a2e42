import type { Handler } from '../context.ts'
import { getLobby } from '../find-lobby.ts'
import { lobbyRecord } from './lobby-record.ts'

export const getLobbyInfo: Handler<'GetLobbyInfo'> = async ({ params }, { services }) =>
  lobbyRecord(await getLobby(services, params.appId, params.roomId))
