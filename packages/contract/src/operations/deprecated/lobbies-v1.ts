/** LobbiesV1: as LobbiesV2, all said in the query, and answered with the room's id alone. */
import Type from 'typebox'
import { operation } from '../../operation.ts'
import { appId } from '../../schemas/fields.ts'
import { Lobby } from '../../schemas/lobby.ts'
import { Region } from '../../schemas/region.ts'

const tag = 'LobbiesV1'

const region = Type.Optional(Region)

const local = (description: string) =>
  Type.Optional(Type.Boolean({ description, default: false, deprecated: true }))

const creation = <const I extends string, const P extends `/${string}`>(id: I, path: P) =>
  operation({
    id,
    tag,
    method: 'post',
    path,
    summary: 'Create a lobby',
    description:
      'As CreateLobby, in the first region of the installation where none is named. With `local` its visibility is `local`.',
    access: 'player',
    params: { appId },
    query: { region, local: local('Whether its visibility is `local`.') },
    answer: { status: 200, json: Type.String(), description: 'The id of its room.' },
    errors: [400, 401, 402, 404, 408, 422, 429, 500],
    deprecated: true,
  })

export const lobbiesV1 = {
  CreatePrivateLobbyDeprecated: creation(
    'CreatePrivateLobbyDeprecated',
    '/lobby/v1/{appId}/create/private',
  ),
  CreatePublicLobbyDeprecated: creation(
    'CreatePublicLobbyDeprecated',
    '/lobby/v1/{appId}/create/public',
  ),
  ListActivePublicLobbiesDeprecatedV1: operation({
    id: 'ListActivePublicLobbiesDeprecatedV1',
    tag,
    method: 'get',
    path: '/lobby/v1/{appId}/list',
    summary: 'List public lobbies',
    description: 'As ListActivePublicLobbies. With `local` those whose visibility is `local`.',
    access: 'public',
    params: { appId },
    query: { local: local('Those whose visibility is `local`, in place of public ones.'), region },
    answer: { status: 200, json: Type.Array(Lobby), description: 'The lobbies.' },
    errors: [404, 408, 422, 429],
    deprecated: true,
  }),
} as const
