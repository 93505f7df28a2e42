import { lobbyV3 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { listOpenLobbies } from '../find-lobby.ts'

export const listActivePublicLobbies: Handler<'ListActivePublicLobbies'> = async (
  { params, query },
  { services },
) =>
  (await listOpenLobbies(services, params.appId, { ...query, visibility: 'public' })).map(lobbyV3)
