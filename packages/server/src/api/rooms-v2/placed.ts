/** What follows from a room that was placed: the engine learns of it, and the log. */
import type { PlacedRoom } from '../../domain/store.ts'
import type { Services } from '../context.ts'

export function tellPlaced({ engine, log }: Services, { room, process, kind }: PlacedRoom): void {
  if (kind === 'found') return
  const { processId, appId, region } = process
  engine.roomsChanged(process, 'placed')
  if (kind === 'started') {
    engine.nudge(processId)
    log.info({ event: 'process.starting', processId, appId, region }, 'starting')
  }
  log.info({ event: 'room.placed', roomId: room.roomId, processId, appId }, 'room placed')
}
