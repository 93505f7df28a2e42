import type { Handler } from '../context.ts'
import { signPlayerToken } from '../player-token.ts'
import { getLoginWay } from './login-way.ts'

/** The same player each time: the id is the one that Google gave. */
export const loginGoogle: Handler<'LoginGoogle'> = async ({ params, body }, { services }) => {
  const { application, settings } = await getLoginWay(services, params.appId, 'google')
  const { id, name } = await services.googleIdentities.identityIn(body.idToken, settings.clientId)
  const player = { type: 'google', id, name }
  return { token: await signPlayerToken(player, application, services.clock.now()) }
}
