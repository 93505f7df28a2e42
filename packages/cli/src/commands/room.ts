/** `hatchery room …`. */
import type { ConnectionInfoV2, Hatchery, Room, RoomView } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure, usageFailure } from '../failure.ts'
import { pick } from '../ids.ts'
import { isNotFound } from '../not-found.ts'
import type { Column } from '../output/columns.ts'
import { chooseRegion } from '../region-choice.ts'

const columns: readonly Column<RoomView>[] = [
  { name: 'room', of: ({ roomId }) => roomId },
  { name: 'status', of: ({ status }) => status },
  { name: 'region', of: ({ region }) => region },
  { name: 'process', of: ({ processId }) => ({ id: processId }) },
  { name: 'created', of: ({ createdAt }) => ({ age: createdAt }) },
  { name: 'config', of: ({ roomConfig }) => roomConfig },
]

interface PlacedRoom extends ConnectionInfoV2 {
  readonly processId?: string | undefined
}

export async function listRooms(
  context: Context,
  { flags }: Input<{ process: string | undefined; region: readonly string[] }>,
): Promise<void> {
  const { client, appId, out } = context
  const rooms = (await (await client()).hatchery.getRooms(await appId())).filter(
    ({ processId, region }) =>
      (flags.process === undefined || processId?.startsWith(flags.process) === true) &&
      (flags.region.length === 0 || flags.region.includes(region)),
  )
  out.list(rooms, {
    columns,
    id: ({ roomId }) => roomId,
    empty: 'no room; make one: hatchery room create',
  })
}

export async function createRoom(
  context: Context,
  { words: [roomId], flags }: Input<CreateFlags>,
): Promise<void> {
  const client = await context.client()
  const appId = await context.appId()
  const region = await chooseRegion(context, flags.region)
  const { 'room-config': roomConfig, deployment: deploymentId } = flags
  const room = await client.roomsV2.createRoom({ region, roomConfig, deploymentId }, appId, roomId)
  showPlaced(context, room)
}

interface CreateFlags {
  readonly region: string | undefined
  readonly 'room-config': string | undefined
  readonly deployment: string | undefined
}

export async function getRoom(context: Context, { words }: Input): Promise<void> {
  const client = await context.client()
  const appId = await context.appId()
  const room = await client.roomsV2.getRoomInfo(await roomIdOf(context, words[0]), appId)
  const where =
    room.currentAllocation === null
      ? undefined
      : await client.roomsV2.getConnectionInfo(room.roomId, appId).catch(() => undefined)
  context.out.value(room, {
    id: room.roomId,
    rows: [
      ['room', room.roomId],
      ['status', room.status],
      ['address', where && addressOf(where)],
      ['process', room.currentAllocation?.processId],
      ['config', room.roomConfig],
      ['was on', formerProcesses(room).join(', ')],
    ],
  })
}

/** Those it is not on any more. */
const formerProcesses = ({ allocations, currentAllocation }: Room): string[] =>
  allocations
    .map(({ processId }) => processId)
    .filter((processId) => processId !== currentAllocation?.processId)

/** Asks, since it ends matches. */
export async function destroyRooms(context: Context, { words }: Input): Promise<void> {
  const client = await context.client()
  const appId = await context.appId()
  const ids = await Promise.all(words.map((word) => roomIdOf(context, word)))
  const what = ids.length === 1 ? `room ${ids[0]}` : `${ids.length} rooms`
  if (!(await context.ask.confirm(`destroy ${what}?`)))
    throw new Failure('nothing was destroyed', { exitCode: 130 })
  await Promise.all(ids.map((id) => client.roomsV2.destroyRoom(id, appId)))
  context.out.did(`destroyed ${what}`, { ids, json: ids.map((roomId) => ({ roomId })) })
}

export async function suspendRoom(context: Context, { words }: Input): Promise<void> {
  const client = await context.client()
  const roomId = await roomIdOf(context, words[0])
  await client.roomsV2.suspendRoomV2Deprecated(roomId, await context.appId())
  const next = `hatchery room resume ${roomId} places it anew`
  context.out.did(`suspended room ${roomId}; ${next}`, { ids: [roomId], json: { roomId } })
}

export async function resumeRoom(context: Context, { words }: Input): Promise<void> {
  const client = await context.client()
  const roomId = await roomIdOf(context, words[0])
  showPlaced(context, await client.roomsV2.resumeRoom(roomId, await context.appId()))
}

export async function updateRoom(
  context: Context,
  { words, flags }: Input<{ 'room-config': string | undefined }>,
): Promise<void> {
  const roomConfig = flags['room-config']
  if (roomConfig === undefined)
    throw usageFailure(
      '--room-config is missing: what shall replace the config',
      'hatchery room update -h',
    )
  const client = await context.client()
  const roomId = await roomIdOf(context, words[0])
  const change = { roomConfig }
  await client.roomsV2.updateRoomConfig(roomId, change, await context.appId())
  context.out.did(`changed the config of room ${roomId}`, { ids: [roomId], json: { roomId } })
}

/** A whole id is taken as it is, since destroyed rooms are in no list. */
async function roomIdOf(context: Context, word = ''): Promise<string> {
  const client = await context.client()
  const appId = await context.appId()
  if (await exists(client, appId, word)) return word
  const rooms = await client.hatchery.getRooms(appId)
  const candidates = rooms.map(({ roomId, status }) => ({ id: roomId, label: status }))
  return pick(word, candidates, { noun: 'room', list: 'hatchery room list' }).id
}

async function exists(client: Hatchery, appId: string, roomId: string): Promise<boolean> {
  try {
    await client.roomsV2.getRoomInfo(roomId, appId)
    return true
  } catch (error) {
    if (isNotFound(error)) return false
    throw error
  }
}

function showPlaced({ out }: Context, room: PlacedRoom): void {
  out.value(room, {
    id: room.roomId,
    rows: [
      ['room', room.roomId],
      ['status', room.status],
      ['address', addressOf(room)],
      ['process', room.processId],
    ],
  })
  if (room.status === 'starting')
    out.say(`its process starts; next, for the address: hatchery room get ${room.roomId}`)
}

const addressOf = ({ exposedPort: port }: ConnectionInfoV2): string | undefined =>
  port && `${port.host}:${port.port} ${port.transportType}`
