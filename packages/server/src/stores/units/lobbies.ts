/** Lobbies: made in one commit with their room, found by room or code, listed while their room is active. */
import { HatcheryError, type LobbyVisibility } from '@hatchery/contract'
import type { Instant } from '../../domain/clock.ts'
import type { Lobby } from '../../domain/lobby.ts'
import type { LobbyQuery, NewLobby, PlacedLobby } from '../../domain/store.ts'
import { type Statement, type Unit, joined, rows, sql } from '../statements.ts'
import { type RoomRow, findLiving, findNewest, roomOf, tellRoom } from './room-rows.ts'
import { type Placing, createRoom } from './rooms.ts'

type LobbyRow = {
  visibility: LobbyVisibility
  lobby_region: string
  short_code: string
  created_by: string
  state: string | null
}

const lobbyOf = (row: RoomRow & LobbyRow): Lobby => ({
  room: roomOf(row),
  visibility: row.visibility,
  region: row.lobby_region,
  shortCode: row.short_code,
  createdBy: row.created_by,
  state: row.state,
})

/** Each lobby with its room, to be joined with what chooses among them. */
const columns = sql`
  rooms.*, lobbies.visibility, lobbies.region as lobby_region, lobbies.short_code,
  lobbies.created_by, lobbies.state`

export function* createLobby(order: NewLobby, placing: Placing): Unit<PlacedLobby> {
  const { appId } = placing.process
  const known = order.isChosen ? yield* findLiving(appId, order.roomId) : undefined
  if (known === undefined) yield* refuseTooMany(appId, order, placing.now)
  const placed = yield* createRoom(order, placing)
  if (placed.kind === 'found')
    return { ...placed, lobby: yield* foundAgain(placed.room.seq, order) }
  const { room, process } = placed
  const { visibility, createdBy } = order
  const shortCode = yield* freeCode(appId, order.shortCodes)
  yield sql`
    insert into lobbies (room_seq, app_id, visibility, region, short_code, created_by, created_at)
    values (${room.seq}, ${appId}, ${visibility}, ${process.region}, ${shortCode}, ${createdBy},
      ${room.createdAt})`
  const { region } = process
  return { ...placed, lobby: { room, visibility, region, shortCode, createdBy, state: null } }
}

const hourMs = 3_600_000

function* refuseTooMany(
  appId: string,
  { createdBy, mostPerHour }: NewLobby,
  now: Instant,
): Unit<void> {
  const [first] = yield* rows<{ created_at: number }>(sql`
    select created_at from lobbies
    where app_id = ${appId} and created_by = ${createdBy} and created_at > ${now - hourMs}
    order by created_at desc limit 1 offset ${mostPerHour - 1}`)
  if (first === undefined) return
  const retryAfterSeconds = Math.ceil((first.created_at + hourMs - now) / 1_000)
  throw new HatcheryError(
    'rate-limited',
    `a player may make ${mostPerHour} lobbies in an hour, and player ${createdBy} did: wait ${retryAfterSeconds} s`,
    { retryAfterSeconds },
  )
}

/** A player that repeats itself gets the lobby it has; nobody gets the room of somebody else. */
function* foundAgain(roomSeq: number, order: NewLobby): Unit<Lobby> {
  const { roomId, createdBy, visibility, shortCodes, isCodeChosen } = order
  const lobby = yield* findBySeq(roomSeq)
  if (lobby === undefined) throw taken(roomId, 'is no lobby')
  if (lobby.createdBy !== createdBy) throw taken(roomId, 'is of another player')
  if (lobby.visibility !== visibility) throw taken(roomId, `is ${lobby.visibility}`)
  if (isCodeChosen && !shortCodes.includes(lobby.shortCode))
    throw taken(roomId, `has the code ${lobby.shortCode}`)
  return lobby
}

const taken = (roomId: string, why: string): HatcheryError =>
  new HatcheryError('taken', `room ${roomId} exists already and ${why}: choose another id`)

/** The first that no living lobby has, else the last. */
function* freeCode(appId: string, shortCodes: NewLobby['shortCodes']): Unit<string> {
  for (const shortCode of shortCodes) {
    const living = yield sql`
      select 1 as found from lobbies cross join rooms on rooms.seq = lobbies.room_seq
      where lobbies.app_id = ${appId} and lobbies.short_code = ${shortCode}
        and rooms.ended_at is null limit 1`
    if (living.length === 0) return shortCode
  }
  return shortCodes.at(-1) ?? shortCodes[0]
}

function* findBySeq(roomSeq: number): Unit<Lobby | undefined> {
  return yield* first(
    sql`from lobbies cross join rooms on rooms.seq = lobbies.room_seq where lobbies.room_seq = ${roomSeq}`,
  )
}

export function* findLobby(appId: string, roomId: string): Unit<Lobby | undefined> {
  const row = yield* findNewest(appId, roomId)
  return row && (yield* findBySeq(row.seq))
}

export function* findLobbyByCode(appId: string, shortCode: string): Unit<Lobby | undefined> {
  return yield* first(sql`
    from lobbies cross join rooms on rooms.seq = lobbies.room_seq
    where lobbies.app_id = ${appId} and lobbies.short_code = ${shortCode}
    order by lobbies.room_seq desc limit 1`)
}

function* first(chosen: Statement): Unit<Lobby | undefined> {
  const [row] = yield* rows<RoomRow & LobbyRow>(joined([sql`select`, columns, chosen]))
  return row && lobbyOf(row)
}

export function* setLobbyState(
  { appId, roomId, state }: { appId: string; roomId: string; state: string },
  now: Instant,
): Unit<Lobby> {
  const lobby = yield* findLobby(appId, roomId)
  if (lobby === undefined) throw new HatcheryError('not-found', `room ${roomId} is no lobby`)
  const { room } = lobby
  yield sql`update lobbies set state = ${state} where room_seq = ${room.seq}`
  yield* tellRoom(room, now, room.stay?.processId ?? null)
  return { ...lobby, state }
}

/** Of what players and games wrote, in characters: an answer must not be larger than the server can bear. */
const mostListed = 8_000_000

/**
 * Living rooms are few beside those that are over, so they are gone through. How much is in each is looked at before
 * anything of it is read.
 */
export function* listLobbies({ appId, visibility, region, limit }: LobbyQuery): Unit<Lobby[]> {
  const chosen = sql`
    from rooms cross join lobbies on lobbies.room_seq = rooms.seq
    where rooms.app_id = ${appId} and rooms.ended_at is null and rooms.status = 'active'
      and lobbies.visibility = ${visibility} and (${region} is null or lobbies.region = ${region})`
  const sizes = yield* rows<{ seq: number; size: number }>(
    joined([
      sql`select rooms.seq, coalesce(octet_length(rooms.room_config), 0) +
        coalesce(octet_length(lobbies.state), 0) as size`,
      chosen,
      sql`order by rooms.seq desc limit ${limit}`,
    ]),
  )
  const last = lastThatFits(sizes)
  if (last === undefined) return []
  const found = yield* rows<RoomRow & LobbyRow>(
    joined([sql`select`, columns, chosen, sql`and rooms.seq >= ${last} order by rooms.seq desc`]),
  )
  return found.map(lobbyOf)
}

function lastThatFits(sizes: readonly { seq: number; size: number }[]): number | undefined {
  let sum = 0
  let last: number | undefined
  for (const { seq, size } of sizes) {
    sum += size
    if (sum > mostListed) break
    last = seq
  }
  return last
}
