/** What is done with rooms: placed, placed anew, released, given another config. Each with slots and event in one commit. */
import { HatcheryError } from '@hatchery/contract'
import type { Instant } from '../../domain/clock.ts'
import type { Place } from '../../domain/placement.ts'
import type { Process } from '../../domain/process.ts'
import type { InitialRoom, Room, RoomStay } from '../../domain/room.ts'
import type {
  NewRoom,
  PlacedRoom,
  ProcessRequest,
  RoomRelease,
  RoomToResume,
} from '../../domain/store.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { placeNew } from './process-placement.ts'
import { findProcessById } from './process-queries.ts'
import { type ProcessRow, getStored, processOf, writeRooms } from './process-rows.ts'
import {
  type RoomRow,
  endRoom,
  findLiving,
  findNewest,
  insertRoomRow,
  moveRoom,
  roomOf,
  tellRoom,
} from './room-rows.ts'

export function* createRoom(
  order: NewRoom,
  { process: request, places, now }: Placing,
): Unit<PlacedRoom> {
  const { orgId, appId } = request
  const known = order.isChosen ? yield* findLiving(appId, order.roomId) : undefined
  if (known !== undefined) return yield* foundAgain(known, order)
  const { process, kind } = yield* findSlot(order, { process: request, places, now })
  const { roomId, region, roomConfig, roomAllocationId } = order
  const room = yield* insertRoomRow({
    ...{ roomId, orgId, appId, region, status: 'active', roomConfig, createdAt: now },
    stay: stayOn(process, roomAllocationId, now),
    ...{ endedAt: null, endReason: null },
  })
  yield* tellRoom(room, now, process.processId)
  return { room, process, kind }
}

export function* resumeRoom(
  { roomId, roomAllocationId }: RoomToResume,
  { process: request, places, now }: Placing,
): Unit<PlacedRoom> {
  const row = yield* getLiving(request.appId, roomId)
  const before = roomOf(row)
  if (before.stay !== null) return yield* foundOn(before)
  const { process, kind } = yield* findSlot(before, { process: request, places, now })
  const stay = stayOn(process, roomAllocationId, now)
  const room: Room = { ...before, status: 'active', stay }
  yield* moveRoom(before, room, now)
  yield sql`update lobbies set region = ${process.region} where room_seq = ${room.seq}`
  yield* tellRoom(room, now, process.processId)
  return { room, process, kind }
}

export interface Placing {
  readonly process: ProcessRequest
  readonly places: readonly Place[]
  readonly now: Instant
}

const stayOn = ({ processId }: Process, roomAllocationId: string, at: Instant): RoomStay => ({
  ...{ roomAllocationId, processId, scheduledAt: at, unscheduledAt: null },
})

/** A caller that repeats itself gets the room it has. */
function* foundAgain(row: RoomRow, order: NewRoom): Unit<PlacedRoom> {
  const { roomId } = order
  const createdConfig = row.is_updated === 1 ? row.created_config : row.room_config
  if (row.region !== order.region)
    throw taken(roomId, `it is in ${row.region}, not ${order.region}`)
  if (createdConfig !== order.roomConfig)
    throw taken(roomId, 'it was created with another roomConfig')
  if (row.status === 'suspended') throw taken(roomId, 'it is suspended: resume it')
  return yield* foundOn(roomOf(row))
}

const taken = (roomId: string, why: string): HatcheryError =>
  new HatcheryError('taken', `room ${roomId} exists already and ${why}`)

function* foundOn(room: Room): Unit<PlacedRoom> {
  const process = room.stay && (yield* findProcessById(room.stay.processId))
  if (process) return { room, process, kind: 'found' }
  throw new Error(`room ${room.roomId} is on a process that is not there`)
}

/** A free slot of a process that takes rooms, else of one that is made for it: region by region. */
function* findSlot(
  { roomId, roomConfig }: InitialRoom,
  { process: request, places, now }: Placing,
): Unit<{ process: Process; kind: 'joined' | 'started' }> {
  for (const { region } of places) {
    const process = yield* takeSlot(request.deploymentId, region)
    if (process !== undefined) return { process, kind: 'joined' }
  }
  const initialRoom = { roomId, roomConfig }
  const made = yield* placeNew(request, places, { now, initialRoom })
  const process = yield* writeRooms(yield* getStored(made.processId), 1)
  return { process, kind: 'started' }
}

/**
 * Of the fullest with a free slot, then the oldest. The condition is the one of an index, word for word. In one
 * statement with the slot that is taken: the answer of the API that stands in the row is changed where it lies, for
 * rooms come by the thousand.
 */
function* takeSlot(deploymentId: string, region: string): Unit<Process | undefined> {
  const [row] = yield* rows<ProcessRow>(sql`
    update processes set rooms_allocated = rooms_allocated + 1, version = version + 1,
      wire = replace(wire, '"roomsAllocated":' || rooms_allocated || ',',
        '"roomsAllocated":' || (rooms_allocated + 1) || ',')
    where seq = (
      select seq from processes
      where deployment_id = ${deploymentId} and region = ${region}
        and terminated_at is null and status in ('starting', 'running')
        and wanted = '{"kind":"run"}' and rooms_allocated < rooms_per_process
      order by rooms_allocated desc, seq limit 1)
    returning *`)
  return row && processOf(row)
}

export function* releaseRoom(
  { appId, roomId, to, at, onlyOn }: RoomRelease,
  now: Instant,
): Unit<Process | undefined> {
  const row = yield* findNewest(appId, roomId)
  if (row === undefined) throw noRoom(roomId)
  const room = roomOf(row)
  if (room.status === 'destroyed') return undefined
  if (onlyOn !== null && room.stay?.processId !== onlyOn) throw noRoom(roomId)
  if (room.status === to) return undefined
  if (to === 'destroyed') yield* endRoom(room, { at, reason: 'destroyed on request' }, now)
  else yield* suspend(room, at, now)
  if (room.stay === null) return undefined
  return yield* writeRooms(yield* getStored(room.stay.processId), -1)
}

function* suspend(room: Room, at: Instant, now: Instant): Unit<void> {
  const next: Room = { ...room, status: 'suspended', stay: null }
  yield* moveRoom(room, next, at)
  yield* tellRoom(next, now, room.stay?.processId ?? null)
}

export function* changeRoomConfig(
  { appId, roomId, roomConfig }: { appId: string; roomId: string; roomConfig: string },
  now: Instant,
): Unit<Room> {
  const row = yield* getLiving(appId, roomId)
  const room: Room = { ...roomOf(row), roomConfig }
  const createdConfig = row.is_updated === 1 ? row.created_config : row.room_config
  yield sql`
    update rooms set room_config = ${roomConfig}, created_config = ${createdConfig}, is_updated = 1
    where seq = ${row.seq}`
  yield* tellRoom(room, now, room.stay?.processId ?? null)
  return room
}

function* getLiving(appId: string, roomId: string): Unit<RoomRow> {
  const row = yield* findLiving(appId, roomId)
  if (row !== undefined) return row
  throw noRoom(roomId)
}

const noRoom = (roomId: string): HatcheryError =>
  new HatcheryError('not-found', `there is no room ${roomId}`)

/** Suspended rooms of an application that is deleted end with it; the others end with their processes. */
export function* endSuspendedRooms(appId: string, at: Instant): Unit<void> {
  const found = yield* rows<RoomRow>(sql`
    select * from rooms where app_id = ${appId} and ended_at is null and process_id is null`)
  for (const room of found.map(roomOf))
    yield* endRoom(room, { at, reason: 'its application was deleted' }, at)
}
