import type { Handler } from '../context.ts'
import { placeNewRoom } from '../rooms-v2/create-room.ts'

/** Its id alone: where it is says GetConnectionInfoDeprecated. */
export const createRoomV1: Handler<'CreateRoomDeprecated'> = async (input, context) =>
  (await placeNewRoom(input, context)).room.roomId
