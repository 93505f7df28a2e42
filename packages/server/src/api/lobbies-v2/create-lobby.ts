import type { Lobby, LobbyVisibility } from '@hatchery/contract'
import type { Handler, Services } from '../context.ts'
import { jsonText } from '../json-text.ts'
import { makeLobby } from '../new-lobby.ts'
import type { PlayerAuth } from '../player-auth.ts'
import { lobbyRecord } from './lobby-record.ts'

const mostConfigBytes = 65_536

export const createLobbyDeprecated: Handler<'CreateLobbyDeprecated'> = (input, context) =>
  create(input, input.body.visibility, context)

export const createPrivateLobby: Handler<'CreatePrivateLobby'> = (input, context) =>
  create(input, 'private', context)

export const createPublicLobby: Handler<'CreatePublicLobby'> = (input, context) =>
  create(input, 'public', context)

export const createLocalLobby: Handler<'CreateLocalLobby'> = (input, context) =>
  create(input, 'local', context)

interface Input {
  readonly query: { readonly roomId?: string }
  readonly body: { readonly initialConfig: unknown; readonly region: string }
}

async function create(
  { query, body }: Input,
  visibility: LobbyVisibility,
  asker: { services: Services; auth: PlayerAuth },
): Promise<Lobby> {
  const roomConfig = jsonText('body.initialConfig', body.initialConfig, mostConfigBytes)
  const { roomId } = query
  const { region } = body
  return lobbyRecord(
    await makeLobby(asker, { visibility, region, roomConfig, roomId, shortCode: undefined }),
  )
}
