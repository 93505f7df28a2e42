import { roomView } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'

const mostRooms = 1_000

export const getRooms: Handler<'GetRooms'> = async ({ params }, context) => {
  const { appId } = await getApplication(context, params.appId)
  return (await context.services.store.listRooms(appId, mostRooms)).map(roomView)
}
