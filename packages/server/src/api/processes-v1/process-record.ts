import type { Process as ProcessV1, ProcessV3, ProcessWithRooms } from '@hatchery/contract'
import { processV1 } from '../../domain/deprecated-wire.ts'
import type { Services } from '../context.ts'
import { deploymentNumberOf } from '../find-deployment.ts'
import { shortRoom } from '../rooms-v2/room-answers.ts'

export async function recordV1(services: Services, process: ProcessV3): Promise<ProcessV1> {
  const { metrics, engine, clock } = services
  return processV1(process, {
    deploymentId: await deploymentNumberOf(services, process),
    sample: await metrics.findLast(process.processId),
    idleSince: engine.idleSince(process.processId),
    now: clock.now(),
  })
}

/** Of each process; ten of them are one answer. */
const mostRooms = 1_000

export async function recordWithRooms(
  services: Services,
  process: ProcessV3,
): Promise<ProcessWithRooms> {
  const rooms = await services.store.listRoomsOn(process.processId)
  return {
    ...(await recordV1(services, process)),
    rooms: rooms.slice(0, mostRooms).map(shortRoom),
    totalRooms: rooms.length,
  }
}
