import type { Handler } from '../context.ts'
import { getRoom } from '../find.ts'
import { wholeRoom } from './room-answers.ts'

export const getRoomInfo: Handler<'GetRoomInfo'> = async ({ params }, context) => {
  const { room } = await getRoom(context, params.appId, params.roomId)
  return wholeRoom(room, await context.services.store.listRoomStays(room))
}
