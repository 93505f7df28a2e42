/** Lobbies: rooms that players make and find. */
import Type, { type Static } from 'typebox'
import { appId, choice, dateTime } from './fields.ts'
import { Region } from './region.ts'
import { longestRoomConfig, roomConfig, roomConfigOrNull, roomId } from './room.ts'

export const lobbyVisibilities = ['private', 'public', 'local'] as const

export const LobbyVisibility = choice(
  'LobbyVisibility',
  lobbyVisibilities,
  '`public` ones are listed; `private` ones are found by who knows their code or room; `local` ones are for servers on the ' +
    'developer’s own machine.',
)
export type LobbyVisibility = Static<typeof LobbyVisibility>

export const shortCode = Type.String({
  description:
    'A code for people to tell each other. Where several lobbies have it, it is the newest one’s.',
  examples: ['LFG4'],
})

/** What a player may choose as the code of a lobby. */
export const chosenShortCode = Type.String({
  description: 'A code of your own, 1 to 100 characters; made by the server when left out.',
  minLength: 1,
  maxLength: 100,
  examples: ['LFG4'],
})

export const lobbyFields = {
  createdAt: dateTime('When it was made.'),
  createdBy: Type.Union([Type.String(), Type.Number()], {
    description: 'The id of the player who made it.',
  }),
  visibility: LobbyVisibility,
  region: Region,
  roomId,
  appId,
}

export const LobbyV3 = Type.Object(
  { shortCode, ...lobbyFields, roomConfig: roomConfigOrNull },
  { title: 'LobbyV3', description: 'A room that a player made.' },
)
export type LobbyV3 = Static<typeof LobbyV3>

export const CreateLobbyV3Params = Type.Object(
  {
    visibility: LobbyVisibility,
    region: Region,
    roomConfig: Type.Optional(Type.String({ ...roomConfig, maxLength: longestRoomConfig })),
  },
  { title: 'CreateLobbyV3Params', description: 'What kind of lobby, and where.' },
)
export type CreateLobbyV3Params = Static<typeof CreateLobbyV3Params>

/** What the older versions call the config of a room: a value in place of a text. */
const initialConfig = Type.Unknown({
  description:
    'Anything the game server needs to know; less than 64 KB as JSON. It is the room’s config, as JSON.',
})

const state = {
  description: 'What the game server tells of the match; less than 1 MB as JSON.',
}

export const Lobby = Type.Object(
  {
    shortCode: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'A code for people to tell each other.',
      examples: ['LFG4'],
    }),
    state: Type.Optional(Type.Unknown(state)),
    initialConfig,
    ...lobbyFields,
    local: Type.Boolean({ description: 'Whether its visibility is `local`.', deprecated: true }),
  },
  { title: 'Lobby', description: 'A room that a player made, as the older versions show it.' },
)
export type Lobby = Static<typeof Lobby>

export const CreateLobbyParams = Type.Object(
  { visibility: LobbyVisibility, initialConfig, region: Region },
  { title: 'CreateLobbyParams', description: 'What kind of lobby, and where.' },
)
export type CreateLobbyParams = Static<typeof CreateLobbyParams>

/** The same fields under the three names that the published API gives them. */
const bodyNamed = (title: string) =>
  Type.Object({ initialConfig, region: Region }, { title, description: 'Where, and what for.' })

export const CreatePrivateLobbyRequestBody = bodyNamed('CreatePrivateLobbyRequestBody')
export const CreatePublicLobbyRequestBody = bodyNamed('CreatePublicLobbyRequestBody')
export const CreateLocalLobbyRequestBody = bodyNamed('CreateLocalLobbyRequestBody')

export const SetLobbyStateParams = Type.Object(
  { state: Type.Unknown(state) },
  { title: 'SetLobbyStateParams', description: 'What replaces the state of a lobby.' },
)
export type SetLobbyStateParams = Static<typeof SetLobbyStateParams>
