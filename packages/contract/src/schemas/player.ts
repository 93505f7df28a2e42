/** AuthV1: how players log in. */
import Type, { type Static } from 'typebox'

export const PlayerTokenObject = Type.Object(
  {
    token: Type.String({
      description: 'A JSON web token, signed with the secret of the application.',
    }),
  },
  { title: 'PlayerTokenObject', description: 'What a player shows to make lobbies.' },
)
export type PlayerTokenObject = Static<typeof PlayerTokenObject>

export const NicknameObject = Type.Object(
  {
    nickname: Type.String({
      description: 'What the player wants to be called: 1 to 100 characters.',
      minLength: 1,
      maxLength: 100,
      examples: ['squiddytwoshoes'],
    }),
  },
  { title: 'NicknameObject', description: 'A name that the player chose.' },
)
export type NicknameObject = Static<typeof NicknameObject>

export const GoogleIdTokenObject = Type.Object(
  {
    idToken: Type.String({
      description: 'An ID token that Google signed for the client id of the application.',
      maxLength: 10_000,
    }),
  },
  { title: 'GoogleIdTokenObject', description: 'Who the player is, by the word of Google.' },
)
export type GoogleIdTokenObject = Static<typeof GoogleIdTokenObject>
