import { randomBase36 } from '../base36.ts'
import type { Handler } from '../context.ts'
import { signPlayerToken } from '../player-token.ts'
import { getLoginWay } from './login-way.ts'
import { newPlayerName } from './player-name.ts'

export const playerIdLength = 11

/** Each time another player. */
export const loginAnonymous: Handler<'LoginAnonymous'> = async ({ params }, { services }) => {
  const { application } = await getLoginWay(services, params.appId, 'anonymous')
  const player = { type: 'anonymous', id: randomBase36(playerIdLength), name: newPlayerName() }
  return { token: await signPlayerToken(player, application, services.clock.now()) }
}
