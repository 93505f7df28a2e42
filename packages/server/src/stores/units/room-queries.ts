/** Rooms as they are asked for, and the removal of old ones. */
import type { Instant } from '../../domain/clock.ts'
import type { ProcessId } from '../../domain/process.ts'
import type { Room, RoomStay } from '../../domain/room.ts'
import type { FoundRoom } from '../../domain/store.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { findProcessById } from './process-queries.ts'
import { type RoomRow, findNewest, roomOf } from './room-rows.ts'

type StayRow = { stay_id: string; process_id: string; placed_at: number; left_at: number }

const mostThatLeft = 1_000

export function* findRoom(appId: string, roomId: string): Unit<FoundRoom | undefined> {
  const row = yield* findNewest(appId, roomId)
  if (row === undefined) return undefined
  const room = roomOf(row)
  const processId = room.stay?.processId ?? (yield* lastProcessOf(room))
  const process = processId === undefined ? undefined : yield* findProcessById(processId)
  return { room, process }
}

export function* findOpenRoom(appId: string, roomId: string): Unit<FoundRoom | undefined> {
  const living = yield sql`
    select app_id from applications where app_id = ${appId} and deleted_at is null`
  return living.length === 0 ? undefined : yield* findRoom(appId, roomId)
}

function* lastProcessOf({ seq }: Room): Unit<ProcessId | undefined> {
  const [last] = yield* rows<{ process_id: string }>(
    sql`select process_id from room_stays where room_seq = ${seq} order by seq desc limit 1`,
  )
  return last?.process_id
}

export function* listRoomStays({ seq, stay }: Room): Unit<RoomStay[]> {
  const over = yield* rows<StayRow>(
    sql`select * from room_stays where room_seq = ${seq} order by seq`,
  )
  const stays = over.map((row) => ({
    roomAllocationId: row.stay_id,
    processId: row.process_id,
    scheduledAt: row.placed_at,
    unscheduledAt: row.left_at,
  }))
  return stay === null ? stays : [...stays, stay]
}

export function* listRoomsOn(processId: ProcessId): Unit<Room[]> {
  const found = yield* rows<RoomRow>(
    sql`select * from rooms where process_id = ${processId} order by seq`,
  )
  return found.map(roomOf)
}

export function* listRoomsThatLeft(processId: ProcessId): Unit<Room[]> {
  const found = yield* rows<RoomRow>(sql`
    select rooms.* from rooms join (
      select room_seq, max(seq) as last from room_stays where process_id = ${processId}
      group by room_seq order by last desc limit ${mostThatLeft}
    ) as stays on rooms.seq = stays.room_seq
    where rooms.process_id is null or rooms.process_id <> ${processId}
    order by stays.last desc`)
  return found.map(roomOf)
}

export function* listRooms(appId: string, limit: number): Unit<Room[]> {
  const found = yield* rows<RoomRow>(sql`
    select * from rooms where app_id = ${appId} and ended_at is null order by seq desc limit ${limit}`)
  return found.map(roomOf)
}

export function* removeEndedRooms(before: Instant, limit: number): Unit<number> {
  const old = yield* rows<{ seq: number }>(
    sql`select seq from rooms where ended_at is not null and ended_at < ${before} limit ${limit}`,
  )
  for (const { seq } of old) {
    yield sql`delete from room_stays where room_seq = ${seq}`
    yield sql`delete from lobbies where room_seq = ${seq}`
    yield sql`delete from rooms where seq = ${seq}`
  }
  return old.length
}
