import type { Handler } from '../context.ts'
import { listOpenLobbies } from '../find-lobby.ts'
import { lobbyRecord } from '../lobbies-v2/lobby-record.ts'

export const listLobbiesV1: Handler<'ListActivePublicLobbiesDeprecatedV1'> = async (
  { params, query: { local, ...query } },
  { services },
) => {
  const visibility = local === true ? 'local' : 'public'
  return (await listOpenLobbies(services, params.appId, { ...query, visibility })).map(lobbyRecord)
}
