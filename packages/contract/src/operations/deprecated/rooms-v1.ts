/** RoomsV1: as RoomsV2. A new room is answered with its id alone, and where it is without its other ports. */
import Type from 'typebox'
import { operation } from '../../operation.ts'
import { ConnectionInfo } from '../../schemas/deprecated/room.ts'
import { roomsV2 } from '../rooms-v2.ts'

const tag = 'RoomsV1'
const deprecated = true

export const roomsV1 = {
  CreateRoomDeprecated: operation({
    ...roomsV2.CreateRoom,
    id: 'CreateRoomDeprecated',
    tag,
    path: '/rooms/v1/{appId}/create',
    description: 'As CreateRoom. GetConnectionInfoDeprecated tells where the room is.',
    answer: { status: 201, json: Type.String(), description: 'The id of the room.' },
    deprecated,
  }),
  GetRoomInfoDeprecated: operation({
    ...roomsV2.GetRoomInfo,
    id: 'GetRoomInfoDeprecated',
    tag,
    path: '/rooms/v1/{appId}/info/{roomId}',
    description: 'As GetRoomInfo.',
    deprecated,
  }),
  GetActiveRoomsForProcessDeprecated: operation({
    ...roomsV2.GetActiveRoomsForProcess,
    id: 'GetActiveRoomsForProcessDeprecated',
    tag,
    path: '/rooms/v1/{appId}/list/{processId}/active',
    description: 'As GetActiveRoomsForProcess.',
    deprecated,
  }),
  GetInactiveRoomsForProcessDeprecated: operation({
    ...roomsV2.GetInactiveRoomsForProcess,
    id: 'GetInactiveRoomsForProcessDeprecated',
    tag,
    path: '/rooms/v1/{appId}/list/{processId}/inactive',
    description: 'As GetInactiveRoomsForProcess.',
    deprecated,
  }),
  DestroyRoomDeprecated: operation({
    ...roomsV2.DestroyRoom,
    id: 'DestroyRoomDeprecated',
    tag,
    path: '/rooms/v1/{appId}/destroy/{roomId}',
    description: 'As DestroyRoom.',
    deprecated,
  }),
  SuspendRoomDeprecated: operation({
    ...roomsV2.SuspendRoomV2Deprecated,
    id: 'SuspendRoomDeprecated',
    tag,
    path: '/rooms/v1/{appId}/suspend/{roomId}',
    description: 'As SuspendRoomV2Deprecated: ResumeRoom places it anew.',
    deprecated,
  }),
  GetConnectionInfoDeprecated: operation({
    ...roomsV2.GetConnectionInfo,
    id: 'GetConnectionInfoDeprecated',
    tag,
    path: '/rooms/v1/{appId}/connectioninfo/{roomId}',
    description: 'As GetConnectionInfo, with the default port alone.',
    answer: { status: 200, json: ConnectionInfo, description: 'Where the room is.' },
    errors: [400, 402, 404, 408, 429, 500],
    deprecated,
  }),
} as const
