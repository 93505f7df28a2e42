import type { Handler } from '../context.ts'
import { assertNoZeroByte } from '../explain.ts'
import { getRoomToChange } from '../find.ts'

export const updateRoomConfig: Handler<'UpdateRoomConfig'> = async ({ params, body }, context) => {
  const { appId, roomId } = params
  assertNoZeroByte('body.roomConfig', body.roomConfig)
  await getRoomToChange(context, appId, roomId)
  await context.services.store.changeRoomConfig(appId, roomId, body.roomConfig)
}
