/** A room as rows: its own, which holds its stay, and those of the stays that are over. */
import type { Instant } from '../../domain/clock.ts'
import type { Process } from '../../domain/process.ts'
import type { Room, RoomState, RoomStay } from '../../domain/room.ts'
import { roomView } from '../../domain/wire.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { recordEvent } from './events.ts'

export type RoomRow = {
  seq: number
  room_id: string
  org_id: string
  app_id: string
  region: string
  status: RoomState
  room_config: string | null
  created_config: string | null
  is_updated: number
  stay_id: string | null
  process_id: string | null
  placed_at: number | null
  created_at: number
  ended_at: number | null
  end_reason: string | null
}

export function roomOf(row: RoomRow): Room {
  return {
    seq: row.seq,
    roomId: row.room_id,
    orgId: row.org_id,
    appId: row.app_id,
    region: row.region,
    status: row.status,
    roomConfig: row.room_config,
    stay: stayOf(row),
    createdAt: row.created_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
  }
}

function stayOf({ stay_id, process_id, placed_at }: RoomRow): RoomStay | null {
  if (stay_id === null || process_id === null || placed_at === null) return null
  return {
    roomAllocationId: stay_id,
    processId: process_id,
    scheduledAt: placed_at,
    unscheduledAt: null,
  }
}

/** The room of this id that is not over. */
export function* findLiving(appId: string, roomId: string): Unit<RoomRow | undefined> {
  const [row] = yield* rows<RoomRow>(sql`
    select * from rooms where app_id = ${appId} and room_id = ${roomId} and ended_at is null`)
  return row
}

/** The newest room of this id. */
export function* findNewest(appId: string, roomId: string): Unit<RoomRow | undefined> {
  const living = yield* findLiving(appId, roomId)
  if (living !== undefined) return living
  const [row] = yield* rows<RoomRow>(sql`
    select * from rooms
    where app_id = ${appId} and room_id = ${roomId} and ended_at is not null
    order by seq desc limit 1`)
  return row
}

export function* insertRoomRow(room: Omit<Room, 'seq'>): Unit<Room> {
  const { stay } = room
  const [inserted] = yield* rows<{ seq: number }>(sql`
    insert into rooms (room_id, org_id, app_id, region, status, room_config, is_updated,
      stay_id, process_id, placed_at, created_at)
    values (${room.roomId}, ${room.orgId}, ${room.appId}, ${room.region}, ${room.status},
      ${room.roomConfig}, 0, ${stay?.roomAllocationId ?? null}, ${stay?.processId ?? null},
      ${stay?.scheduledAt ?? null}, ${room.createdAt})
    returning seq`)
  if (inserted === undefined) throw new Error(`room ${room.roomId} was not inserted`)
  return { ...room, seq: inserted.seq }
}

/** Writes where it is and what became of it; a stay that it leaves goes to the others that are over. */
export function* moveRoom(before: Room, next: Room, at: Instant): Unit<void> {
  const { stay } = next
  if (before.stay !== null) yield leftAt(before.seq, before.stay, at)
  yield sql`
    update rooms set status = ${next.status}, stay_id = ${stay?.roomAllocationId ?? null},
      process_id = ${stay?.processId ?? null}, placed_at = ${stay?.scheduledAt ?? null},
      ended_at = ${next.endedAt}, end_reason = ${next.endReason}
    where seq = ${next.seq}`
}

const leftAt = (roomSeq: number, stay: RoomStay, at: Instant) => sql`
  insert into room_stays (room_seq, stay_id, process_id, placed_at, left_at)
  values (${roomSeq}, ${stay.roomAllocationId}, ${stay.processId}, ${stay.scheduledAt}, ${at})`

export const tellRoom = (room: Room, at: Instant, processId: string | null): Unit<void> =>
  recordEvent({
    at,
    orgId: room.orgId,
    appId: room.appId,
    kind: 'room',
    subject: room.roomId,
    body: JSON.stringify({ ...roomView(room), processId }),
  })

/** The rooms of a process end with it, in its commit. */
export function* endRoomsOf(process: Process, at: Instant): Unit<void> {
  const found = yield* rows<RoomRow>(
    sql`select * from rooms where process_id = ${process.processId} order by seq`,
  )
  for (const room of found.map(roomOf)) {
    yield* endRoom(room, { at: process.terminatedAt ?? at, reason: process.exitReason }, at)
  }
}

/** Ends a room; its slot, if it had one, is the caller's to free. */
export function* endRoom(
  room: Room,
  { at, reason }: { at: Instant; reason: string | null },
  now: Instant,
): Unit<Room> {
  const next: Room = {
    ...room,
    status: 'destroyed',
    stay: null,
    endedAt: Math.max(at, room.createdAt),
    endReason: reason,
  }
  yield* moveRoom(room, next, at)
  yield* tellRoom(next, now, room.stay?.processId ?? null)
  return next
}
