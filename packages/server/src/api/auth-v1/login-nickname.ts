import { randomBase36 } from '../base36.ts'
import type { Handler } from '../context.ts'
import { signPlayerToken } from '../player-token.ts'
import { getLoginWay } from './login-way.ts'
import { playerIdLength } from './login-anonymous.ts'

/** Each time another player: nobody owns a nickname. */
export const loginNickname: Handler<'LoginNickname'> = async ({ params, body }, { services }) => {
  const { application } = await getLoginWay(services, params.appId, 'nickname')
  const player = { type: 'nickname', id: randomBase36(playerIdLength), name: body.nickname }
  return { token: await signPlayerToken(player, application, services.clock.now()) }
}
