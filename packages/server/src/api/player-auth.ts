/** From the Authorization header to the player, in the application that the path names. */
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../domain/application.ts'
import { secretIn } from './auth.ts'
import type { Services } from './context.ts'
import { getOpenApplication } from './find.ts'
import type { Player } from './player-token.ts'

export interface PlayerAuth {
  readonly application: Application
  readonly player: Player
}

/** Throws `unauthenticated`, and `not-found` for an application that is not there. */
export async function authenticatePlayer(
  services: Services,
  header: string | undefined,
  appId: string,
): Promise<PlayerAuth> {
  const token = secretIn(header)
  if (token === undefined)
    throw new HatcheryError(
      'unauthenticated',
      'no player token was sent: log in, and send the header "Authorization: Bearer <token>"',
    )
  if (token.startsWith('hathora_'))
    throw new HatcheryError(
      'unauthenticated',
      'the token of an organization or a game server is no player token: log in, and send the token of the player',
    )
  const application = await getOpenApplication({ services }, appId)
  return { application, player: await services.playerTokens.playerIn(token, application) }
}
