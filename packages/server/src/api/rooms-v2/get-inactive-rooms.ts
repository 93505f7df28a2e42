import type { Handler } from '../context.ts'
import { getProcess } from '../find.ts'
import { shortRoom } from './room-answers.ts'

export const getInactiveRooms: Handler<'GetInactiveRoomsForProcess'> = async (
  { params },
  context,
) => {
  const { processId } = await getProcess(context, params.appId, params.processId)
  return (await context.services.store.listRoomsThatLeft(processId)).map(shortRoom)
}
