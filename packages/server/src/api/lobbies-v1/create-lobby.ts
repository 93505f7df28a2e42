import type { Handler, Services } from '../context.ts'
import { makeLobby } from '../new-lobby.ts'
import type { PlayerAuth } from '../player-auth.ts'

export const createPrivateLobbyV1: Handler<'CreatePrivateLobbyDeprecated'> = ({ query }, context) =>
  create(context, 'private', query)

export const createPublicLobbyV1: Handler<'CreatePublicLobbyDeprecated'> = ({ query }, context) =>
  create(context, 'public', query)

/** The region may be left out, so it is the first there is. */
async function create(
  asker: { services: Services; auth: PlayerAuth },
  named: 'private' | 'public',
  query: { region?: string; local?: boolean },
): Promise<string> {
  const { room } = await makeLobby(asker, {
    visibility: query.local === true ? 'local' : named,
    region: query.region ?? asker.services.regions.names[0] ?? '',
    roomConfig: null,
    roomId: undefined,
    shortCode: undefined,
  })
  return room.roomId
}
