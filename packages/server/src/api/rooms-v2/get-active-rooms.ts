import type { Handler } from '../context.ts'
import { getProcess } from '../find.ts'
import { shortRoom } from './room-answers.ts'

export const getActiveRooms: Handler<'GetActiveRoomsForProcess'> = async ({ params }, context) => {
  const { processId } = await getProcess(context, params.appId, params.processId)
  return (await context.services.store.listRoomsOn(processId)).map(shortRoom)
}
