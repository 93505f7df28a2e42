/** What players do: log in, make lobbies and find them. */
import type { Row } from './official-row.ts'
import { json } from './recorder.ts'
import { lobby, lobbyV2 } from './samples.ts'

const player = { playerAuth: 'a.b.c' }
const newLobby = { visibility: 'public', region: 'Tokyo', roomConfig: '{}' } as const
const oldLobby = { initialConfig: { map: 'arena' }, region: 'Tokyo' } as const

export const playerRows: readonly Row[] = [
  {
    id: 'LoginAnonymous',
    ours: (c) => c.authV1.loginAnonymous(),
    theirs: (c) => c.authV1.loginAnonymous(),
    answer: json(200, { token: 'a.b.c' }),
  },
  {
    id: 'LoginNickname',
    ours: (c) => c.authV1.loginNickname({ nickname: 'squid' }, 'app-2'),
    theirs: (c) => c.authV1.loginNickname({ nickname: 'squid' }, 'app-2'),
    answer: json(200, { token: 'a.b.c' }),
  },
  {
    id: 'LoginGoogle',
    ours: (c) => c.authV1.loginGoogle({ idToken: 'd.e.f' }),
    theirs: (c) => c.authV1.loginGoogle({ idToken: 'd.e.f' }),
    answer: json(200, { token: 'a.b.c' }),
  },
  {
    id: 'CreateLobby',
    ours: (c) => c.lobbiesV3.createLobby(player, newLobby, 'app-2', 'LFG4', 'my room'),
    theirs: (c) => c.lobbiesV3.createLobby(player, newLobby, 'app-2', 'LFG4', 'my room'),
    answer: json(201, lobby),
  },
  {
    id: 'ListActivePublicLobbies',
    ours: (c) => c.lobbiesV3.listActivePublicLobbies(undefined, 'Tokyo'),
    theirs: (c) => c.lobbiesV3.listActivePublicLobbies(undefined, 'Tokyo'),
    answer: json(200, [lobby, { ...lobby, roomConfig: null }]),
  },
  {
    id: 'GetLobbyInfoByRoomId',
    ours: (c) => c.lobbiesV3.getLobbyInfoByRoomId('a/b c?d#e'),
    theirs: (c) => c.lobbiesV3.getLobbyInfoByRoomId('a/b c?d#e'),
    answer: json(200, lobby),
  },
  {
    id: 'GetLobbyInfoByShortCode',
    ours: (c) => c.lobbiesV3.getLobbyInfoByShortCode('LFG4', 'app-2'),
    theirs: (c) => c.lobbiesV3.getLobbyInfoByShortCode('LFG4', 'app-2'),
    answer: json(200, { ...lobby, createdBy: 17 }),
  },
  {
    id: 'CreatePrivateLobby',
    ours: (c) => c.lobbiesV2.createPrivateLobby(player, oldLobby, 'app-2', 'r'),
    theirs: (c) => c.lobbiesV2.createPrivateLobby(player, oldLobby, 'app-2', 'r'),
    answer: json(201, lobbyV2),
  },
  {
    id: 'CreatePublicLobby',
    ours: (c) => c.lobbiesV2.createPublicLobby(player, oldLobby, 'app-2', 'r'),
    theirs: (c) => c.lobbiesV2.createPublicLobby(player, oldLobby, 'app-2', 'r'),
    answer: json(201, lobbyV2),
  },
  {
    id: 'CreateLocalLobby',
    ours: (c) => c.lobbiesV2.createLocalLobby(player, oldLobby, 'app-2', 'r'),
    theirs: (c) => c.lobbiesV2.createLocalLobby(player, oldLobby, 'app-2', 'r'),
    answer: json(201, lobbyV2),
  },
  {
    id: 'CreateLobbyDeprecated',
    ours: (c) => c.lobbiesV2.createLobbyDeprecated(player, { ...oldLobby, visibility: 'local' }),
    theirs: (c) => c.lobbiesV2.createLobbyDeprecated(player, { ...oldLobby, visibility: 'local' }),
    answer: json(201, { ...lobbyV2, state: { score: [1, 2] } }),
  },
  {
    id: 'ListActivePublicLobbiesDeprecatedV2',
    ours: (c) => c.lobbiesV2.listActivePublicLobbiesDeprecatedV2('app-2', 'Tokyo'),
    theirs: (c) => c.lobbiesV2.listActivePublicLobbiesDeprecatedV2('app-2', 'Tokyo'),
    answer: json(200, [lobbyV2, { ...lobbyV2, shortCode: null, initialConfig: 'text' }]),
  },
  {
    id: 'GetLobbyInfo',
    ours: (c) => c.lobbiesV2.getLobbyInfo('a/b c?d#e'),
    theirs: (c) => c.lobbiesV2.getLobbyInfo('a/b c?d#e'),
    answer: json(200, lobbyV2),
  },
  {
    id: 'SetLobbyState',
    ours: (c) => c.lobbiesV2.setLobbyState('r', { state: { score: 3 } }, 'app-2'),
    theirs: (c) => c.lobbiesV2.setLobbyState('r', { state: { score: 3 } }, 'app-2'),
    answer: json(200, { ...lobbyV2, state: { score: 3 } }),
  },
  {
    id: 'CreatePrivateLobbyDeprecated',
    ours: (c) => c.lobbiesV1.createPrivateLobbyDeprecated(player, 'app-2', 'Tokyo', true),
    theirs: (c) => c.lobbiesV1.createPrivateLobbyDeprecated(player, 'app-2', 'Tokyo', true),
    answer: json(200, 'my room'),
  },
  {
    id: 'CreatePublicLobbyDeprecated',
    // The official client always sends `local`, ours leaves the default to the server.
    ours: (c) => c.lobbiesV1.createPublicLobbyDeprecated(player, undefined, undefined, false),
    theirs: (c) => c.lobbiesV1.createPublicLobbyDeprecated(player),
    answer: json(200, 'my room'),
  },
  {
    id: 'ListActivePublicLobbiesDeprecatedV1',
    ours: (c) => c.lobbiesV1.listActivePublicLobbiesDeprecatedV1(undefined, true, 'Tokyo'),
    theirs: (c) => c.lobbiesV1.listActivePublicLobbiesDeprecatedV1(undefined, true, 'Tokyo'),
    answer: json(200, [lobbyV2]),
  },
]
