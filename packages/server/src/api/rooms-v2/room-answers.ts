/** Rooms as RoomsV2 shows them. */
import type { ConnectionInfoV2, Room as WireRoom, RoomWithoutAllocations } from '@hatchery/contract'
import { timestamp } from '../../domain/clock.ts'
import type { Process } from '../../domain/process.ts'
import type { Room, RoomStay } from '../../domain/room.ts'
import { exposed } from '../../domain/wire.ts'

const allocation = ({ roomAllocationId, processId, scheduledAt, unscheduledAt }: RoomStay) => ({
  roomAllocationId,
  processId,
  scheduledAt: timestamp(scheduledAt),
  unscheduledAt: unscheduledAt === null ? null : timestamp(unscheduledAt),
})

export const shortRoom = (room: Room): RoomWithoutAllocations => ({
  appId: room.appId,
  roomId: room.roomId,
  roomConfig: room.roomConfig,
  status: room.status,
  currentAllocation: room.stay === null ? null : allocation(room.stay),
})

export const wholeRoom = (room: Room, stays: readonly RoomStay[]): WireRoom => ({
  ...shortRoom(room),
  allocations: stays.map(allocation),
})

/** Ports are shown once players can connect; a process that drains or is stopping still has its players. */
export function connectionInfo({ roomId }: Room, process: Process): ConnectionInfoV2 {
  const [defaultPort, ...others] = process.ports
  if (process.status === 'starting' || defaultPort === undefined)
    return { roomId, status: 'starting', additionalExposedPorts: [] }
  return {
    ...{ roomId, status: 'active' },
    exposedPort: exposed(defaultPort),
    additionalExposedPorts: others.map(exposed),
  }
}
