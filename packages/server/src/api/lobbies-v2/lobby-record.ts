/** Lobbies as the older versions of the API show them. */
import type { Lobby as WireLobby } from '@hatchery/contract'
import type { Lobby } from '../../domain/lobby.ts'
import { lobbyV3 } from '../../domain/wire.ts'
import { isTooDeep } from '../json-text.ts'

export function lobbyRecord(lobby: Lobby): WireLobby {
  const { roomConfig, ...fields } = lobbyV3(lobby)
  return {
    ...fields,
    initialConfig: initialConfigIn(roomConfig ?? null),
    ...(lobby.state !== null && { state: JSON.parse(lobby.state) as unknown }),
    local: lobby.visibility === 'local',
  }
}

/** What was made with an older version is JSON; of others it may be any text, which is shown as it is. */
function initialConfigIn(roomConfig: string | null): unknown {
  if (roomConfig === null) return {}
  try {
    const value: unknown = JSON.parse(roomConfig)
    return isTooDeep(value) ? roomConfig : value
  } catch {
    return roomConfig
  }
}
