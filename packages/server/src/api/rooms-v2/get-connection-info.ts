import { type ConnectionInfoV2, HatcheryError } from '@hatchery/contract'
import type { FoundRoom } from '../../domain/store.ts'
import type { Handler, Services } from '../context.ts'
import { show } from '../explain.ts'
import { connectionInfo } from './room-answers.ts'

/** Players ask it without a token, so it tells nothing but where the room is, or why it is nowhere. */
export const getConnectionInfo: Handler<'GetConnectionInfo'> = ({ params }, { services }) =>
  connectionOf(services, params)

export async function connectionOf(
  services: Services,
  { appId, roomId }: { appId: string; roomId: string },
): Promise<ConnectionInfoV2> {
  const found = await services.store.findOpenRoom(appId, roomId)
  if (found === undefined) throw new HatcheryError('not-found', `there is no room ${show(roomId)}`)
  const { room, process } = found
  if (room.stay === null || process === undefined) throw new HatcheryError('not-found', why(found))
  return connectionInfo(room, process)
}

function why({ room: { roomId, status, endReason }, process }: FoundRoom): string {
  if (status === 'suspended')
    return `room ${roomId} is suspended: it is on no process until it is resumed`
  const reason = process?.exitReason ?? null
  const cause = reason !== null && reason === endReason ? `its process ended: ${reason}` : endReason
  return `room ${roomId} is over: ${cause ?? 'no reason is known'}`
}
