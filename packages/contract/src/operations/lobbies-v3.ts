/** LobbiesV3: players make rooms, list the public ones and find one by its code. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import { appId } from '../schemas/fields.ts'
import { CreateLobbyV3Params, LobbyV3, chosenShortCode, shortCode } from '../schemas/lobby.ts'
import { Region } from '../schemas/region.ts'
import { chosenRoomId, roomId } from '../schemas/room.ts'

const tag = 'LobbiesV3'
const answer = { status: 200, json: LobbyV3, description: 'The lobby.' } as const

export const lobbiesV3 = {
  CreateLobby: operation({
    id: 'CreateLobby',
    tag,
    method: 'post',
    path: '/lobby/v3/{appId}/create',
    summary: 'Create a lobby',
    description:
      'Makes a room as CreateRoom does, on the newest deployment, with a code and a visibility. Needs the token of a player. ' +
      '429 when the player made too many within an hour, or the region is full.',
    access: 'player',
    params: { appId },
    query: { shortCode: Type.Optional(chosenShortCode), roomId: Type.Optional(chosenRoomId) },
    body: { json: CreateLobbyV3Params },
    answer: { ...answer, status: 201 },
    errors: [400, 401, 402, 404, 408, 422, 429, 500],
  }),
  ListActivePublicLobbies: operation({
    id: 'ListActivePublicLobbies',
    tag,
    method: 'get',
    path: '/lobby/v3/{appId}/list/public',
    summary: 'List public lobbies',
    description:
      'Answers the public lobbies whose rooms are active, the newest first, at most 1,000. It needs no token.',
    access: 'public',
    params: { appId },
    query: { region: Type.Optional(Region) },
    answer: { status: 200, json: Type.Array(LobbyV3), description: 'The lobbies.' },
    errors: [401, 408, 422, 429],
  }),
  GetLobbyInfoByRoomId: operation({
    id: 'GetLobbyInfoByRoomId',
    tag,
    method: 'get',
    path: '/lobby/v3/{appId}/info/roomid/{roomId}',
    summary: 'Get a lobby by its room',
    description: 'Answers the lobby of a room, one that is over too. It needs no token.',
    access: 'public',
    params: { appId, roomId },
    query: {},
    answer,
    errors: [404, 408, 422, 429],
  }),
  GetLobbyInfoByShortCode: operation({
    id: 'GetLobbyInfoByShortCode',
    tag,
    method: 'get',
    path: '/lobby/v3/{appId}/info/shortcode/{shortCode}',
    summary: 'Get a lobby by its code',
    description:
      'Answers the newest lobby that has the code, one that is over too. It needs no token.',
    access: 'public',
    params: { appId, shortCode },
    query: {},
    answer,
    errors: [404, 408, 422, 429],
  }),
} as const
