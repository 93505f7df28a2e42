/** RoomsV2: one match, placed on a process. */
import Type, { type Static } from 'typebox'
import {
  appId,
  choice,
  dateTime,
  dateTimeOrNull,
  deploymentId,
  openChoice,
  processId,
} from './fields.ts'
import { ExposedPort } from './port.ts'
import { Region } from './region.ts'

export const roomId = Type.String({
  description: 'The id of a room, unique in its application.',
  examples: ['2swovpy1fnunu'],
})

/** What a caller may choose as the id of a room. */
export const chosenRoomId = Type.String({
  description:
    'An id of your own: 1 to 100 letters, digits, `_` and `-`. Asking again for the same room answers the same room.',
  pattern: '^[a-zA-Z0-9_-]{1,100}$',
  examples: ['2swovpy1fnunu'],
})

export const longestRoomConfig = 10_000

export const roomConfig = {
  description: 'Anything the game server needs to know, at most 10,000 characters.',
  examples: ['{"name":"my-room"}'],
}

export const roomConfigOrNull = Type.Optional(
  Type.Unsafe<string | null>({ type: ['string', 'null'], ...roomConfig }),
)

export const RoomStatus = openChoice(
  'RoomStatus',
  ['scheduling', 'active', 'destroyed'],
  '`active` while it has a process; `suspended` when it was suspended; `destroyed` when it is over.',
)
export type RoomStatus = Static<typeof RoomStatus>

export const roomReadyStatuses = ['active', 'starting'] as const

export const RoomReadyStatus = choice(
  'RoomReadyStatus',
  roomReadyStatuses,
  '`starting` until the process of the room is running, then `active`.',
)
export type RoomReadyStatus = Static<typeof RoomReadyStatus>

const roomAllocationId = Type.String({
  description: 'The id of this stay on a process: a UUID.',
  examples: ['e3a0aa32-1711-4036-acfa-008b96061a78'],
})

const allocationNamed = (title: string) =>
  Type.Object(
    {
      roomAllocationId,
      processId,
      scheduledAt: dateTime('When the room was placed on the process.'),
      unscheduledAt: dateTimeOrNull('When it left the process; null while it is there.'),
    },
    { title, description: 'The stay of a room on a process.' },
  )

/** The same fields under the three names that the published API gives them. */
export const RoomAllocation = allocationNamed('RoomAllocation')
export type RoomAllocation = Static<typeof RoomAllocation>
const CurrentAllocation = allocationNamed('CurrentAllocation')
const RoomWithoutAllocationsCurrentAllocation = allocationNamed(
  'RoomWithoutAllocationsCurrentAllocation',
)

export const Room = Type.Object(
  {
    appId,
    roomId,
    roomConfig: roomConfigOrNull,
    status: RoomStatus,
    currentAllocation: Type.Union([CurrentAllocation, Type.Null()], {
      description: 'Where it is now; null when it is on no process.',
    }),
    allocations: Type.Array(RoomAllocation, { description: 'All its stays, the oldest first.' }),
  },
  { title: 'Room', description: 'A match, with every process it was on.' },
)
export type Room = Static<typeof Room>

export const RoomWithoutAllocations = Type.Object(
  {
    appId,
    roomId,
    roomConfig: roomConfigOrNull,
    status: RoomStatus,
    currentAllocation: Type.Union([RoomWithoutAllocationsCurrentAllocation, Type.Null()], {
      description: 'Where it is now; null when it is on no process.',
    }),
  },
  { title: 'RoomWithoutAllocations', description: 'A match.' },
)
export type RoomWithoutAllocations = Static<typeof RoomWithoutAllocations>

export const CreateRoomParams = Type.Object(
  {
    region: Region,
    roomConfig: Type.Optional(Type.String({ ...roomConfig, maxLength: longestRoomConfig })),
    deploymentId: Type.Optional({
      ...deploymentId,
      description: 'The deployment whose processes may hold the room; the newest when left out.',
    }),
    clientIPs: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Addresses of the players, for drivers that can admit by address.',
        maxItems: 1_000,
      }),
    ),
  },
  { title: 'CreateRoomParams', description: 'What kind of room, and where.' },
)
export type CreateRoomParams = Static<typeof CreateRoomParams>

export const UpdateRoomConfigParams = Type.Object(
  { roomConfig: Type.String({ ...roomConfig, maxLength: longestRoomConfig }) },
  { title: 'UpdateRoomConfigParams', description: 'What replaces the config of a room.' },
)
export type UpdateRoomConfigParams = Static<typeof UpdateRoomConfigParams>

const connection = {
  roomId,
  status: RoomReadyStatus,
  exposedPort: Type.Optional(ExposedPort),
  additionalExposedPorts: Type.Array(ExposedPort, { description: 'The other ports.' }),
}

export const ConnectionInfoV2 = Type.Object(connection, {
  title: 'ConnectionInfoV2',
  description:
    'Where players reach a room; `exposedPort` stands there once the status is `active`.',
})
export type ConnectionInfoV2 = Static<typeof ConnectionInfoV2>

export const RoomConnectionData = Type.Object(
  { ...connection, processId },
  { title: 'RoomConnectionData', description: 'The room, its process and where players reach it.' },
)
export type RoomConnectionData = Static<typeof RoomConnectionData>

export const RoomAllocationData = Type.Object(
  { ...connection, processId: Type.Optional(processId) },
  { title: 'RoomAllocationData', description: 'Where the room is now.' },
)
export type RoomAllocationData = Static<typeof RoomAllocationData>
