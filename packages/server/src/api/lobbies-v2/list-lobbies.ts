import type { Handler } from '../context.ts'
import { listOpenLobbies } from '../find-lobby.ts'
import { lobbyRecord } from './lobby-record.ts'

export const listLobbiesV2: Handler<'ListActivePublicLobbiesDeprecatedV2'> = async (
  { params, query },
  { services },
) => {
  const lobbies = await listOpenLobbies(services, params.appId, { ...query, visibility: 'public' })
  return lobbies.map(lobbyRecord)
}
