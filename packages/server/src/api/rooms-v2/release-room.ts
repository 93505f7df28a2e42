/** A room leaves its process for good, or until it is resumed. Asking again changes nothing. */
import type { RoomRelease } from '../../domain/store.ts'
import type { Auth } from '../auth.ts'
import type { Handler, Services } from '../context.ts'
import { getRoomToChange } from '../find.ts'

export const destroyRoom: Handler<'DestroyRoom'> = ({ params }, context) =>
  release(context, params, 'destroyed')

export const suspendRoom: Handler<'SuspendRoomV2Deprecated'> = ({ params }, context) =>
  release(context, params, 'suspended')

async function release(
  asker: { services: Services; auth: Auth },
  { appId, roomId }: { appId: string; roomId: string },
  to: RoomRelease['to'],
): Promise<void> {
  const { store, engine, clock, log } = asker.services
  await getRoomToChange(asker, appId, roomId)
  const { processId: onlyOn } = asker.auth
  const process = await store.releaseRoom({ appId, roomId, to, at: clock.now(), onlyOn })
  if (process === undefined) return
  engine.roomsChanged(process, 'left')
  const { processId } = process
  log.info({ event: `room.${to}`, roomId, processId, appId }, `room ${to}`)
}
