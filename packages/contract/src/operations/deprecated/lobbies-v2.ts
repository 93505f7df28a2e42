/** LobbiesV2: as LobbiesV3, with a config that is any value and a state that the game server sets. */
import Type, { type TSchema } from 'typebox'
import { operation } from '../../operation.ts'
import { appId } from '../../schemas/fields.ts'
import {
  CreateLobbyParams,
  CreateLocalLobbyRequestBody,
  CreatePrivateLobbyRequestBody,
  CreatePublicLobbyRequestBody,
  Lobby,
  SetLobbyStateParams,
} from '../../schemas/lobby.ts'
import { Region } from '../../schemas/region.ts'
import { chosenRoomId, roomId } from '../../schemas/room.ts'

const tag = 'LobbiesV2'
const answer = { status: 200, json: Lobby, description: 'The lobby.' } as const

const creation = <const I extends string, const P extends `/${string}`, B extends TSchema>(
  id: I,
  path: P,
  body: B,
) =>
  operation({
    id,
    tag,
    method: 'post',
    path,
    summary: 'Create a lobby',
    description: 'As CreateLobby. The config of the room is `initialConfig` as JSON.',
    access: 'player',
    params: { appId },
    query: { roomId: Type.Optional(chosenRoomId) },
    body: { json: body },
    answer: { status: 201, json: Lobby, description: 'The lobby.' },
    errors: [400, 401, 402, 404, 408, 422, 429, 500],
    deprecated: true,
  })

export const lobbiesV2 = {
  CreateLobbyDeprecated: creation(
    'CreateLobbyDeprecated',
    '/lobby/v2/{appId}/create',
    CreateLobbyParams,
  ),
  CreatePrivateLobby: creation(
    'CreatePrivateLobby',
    '/lobby/v2/{appId}/create/private',
    CreatePrivateLobbyRequestBody,
  ),
  CreatePublicLobby: creation(
    'CreatePublicLobby',
    '/lobby/v2/{appId}/create/public',
    CreatePublicLobbyRequestBody,
  ),
  CreateLocalLobby: creation(
    'CreateLocalLobby',
    '/lobby/v2/{appId}/create/local',
    CreateLocalLobbyRequestBody,
  ),
  ListActivePublicLobbiesDeprecatedV2: operation({
    id: 'ListActivePublicLobbiesDeprecatedV2',
    tag,
    method: 'get',
    path: '/lobby/v2/{appId}/list/public',
    summary: 'List public lobbies',
    description: 'As ListActivePublicLobbies.',
    access: 'public',
    params: { appId },
    query: { region: Type.Optional(Region) },
    answer: { status: 200, json: Type.Array(Lobby), description: 'The lobbies.' },
    errors: [401, 408, 429],
    deprecated: true,
  }),
  GetLobbyInfo: operation({
    id: 'GetLobbyInfo',
    tag,
    method: 'get',
    path: '/lobby/v2/{appId}/info/{roomId}',
    summary: 'Get a lobby by its room',
    description: 'As GetLobbyInfoByRoomId.',
    access: 'public',
    params: { appId, roomId },
    query: {},
    answer,
    errors: [404, 408, 429],
    deprecated: true,
  }),
  SetLobbyState: operation({
    id: 'SetLobbyState',
    tag,
    method: 'post',
    path: '/lobby/v2/{appId}/setState/{roomId}',
    summary: 'Set the state of a lobby',
    description:
      'Replaces what everyone is told of the match, also when it is over. A game server may call it for rooms on it.',
    access: ['processes:read-write'],
    process: true,
    params: { appId, roomId },
    query: {},
    body: { json: SetLobbyStateParams },
    answer,
    errors: [401, 404, 408, 422, 429],
    deprecated: true,
  }),
} as const
