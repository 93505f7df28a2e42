/** AuthV1: players log in to an application and get a token. */
import { operation } from '../operation.ts'
import { appId } from '../schemas/fields.ts'
import { GoogleIdTokenObject, NicknameObject, PlayerTokenObject } from '../schemas/player.ts'

const tag = 'AuthV1'
const answer = { status: 200, json: PlayerTokenObject, description: 'The token.' } as const

export const authV1 = {
  LoginAnonymous: operation({
    id: 'LoginAnonymous',
    tag,
    method: 'post',
    path: '/auth/v1/{appId}/login/anonymous',
    summary: 'Log a player in without a name',
    description:
      'Answers a token for a new player, with an id and a name of three words. 404 unless the application allows it: ' +
      '`anonymous` in its `authConfiguration`.',
    access: 'public',
    params: { appId },
    query: {},
    answer,
    errors: [404, 408, 429],
  }),
  LoginNickname: operation({
    id: 'LoginNickname',
    tag,
    method: 'post',
    path: '/auth/v1/{appId}/login/nickname',
    summary: 'Log a player in with a nickname',
    description:
      'Answers a token for a new player of this name; names need not be unique. 404 unless the application allows it: ' +
      '`nickname` in its `authConfiguration`.',
    access: 'public',
    params: { appId },
    query: {},
    body: { json: NicknameObject },
    answer,
    errors: [404, 408, 422, 429],
  }),
  LoginGoogle: operation({
    id: 'LoginGoogle',
    tag,
    method: 'post',
    path: '/auth/v1/{appId}/login/google',
    summary: 'Log a player in with Google',
    description:
      'Takes an ID token of Google and answers a token for that player, the same id each time. 401 when the ID token is not ' +
      'signed by Google, is over, or is for another client id; 404 unless the application has `google` in its `authConfiguration`.',
    access: 'public',
    params: { appId },
    query: {},
    body: { json: GoogleIdTokenObject },
    answer,
    errors: [401, 404, 408, 422, 429],
  }),
} as const
