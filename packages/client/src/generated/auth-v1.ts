// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import type { GoogleIdTokenObject, NicknameObject, PlayerTokenObject } from './types.ts'

/** How players log in to an application. */
export class AuthV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Log a player in without a name.
   *
   * Answers a token for a new player, with an id and a name of three words. 404 unless the
   * application allows it: `anonymous` in its `authConfiguration`.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 404, 408, 429.
   */
  async loginAnonymous(appId?: string, options?: RequestOptions): Promise<PlayerTokenObject> {
    return this.#sender.json(
      {
        operation: 'LoginAnonymous',
        method: 'POST',
        path: '/auth/v1/{appId}/login/anonymous',
        params: { appId },
        public: true,
      },
      options,
    )
  }

  /**
   * Log a player in with a nickname.
   *
   * Answers a token for a new player of this name; names need not be unique. 404 unless the
   * application allows it: `nickname` in its `authConfiguration`.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 404, 408, 422, 429.
   */
  async loginNickname(
    nicknameObject: NicknameObject,
    appId?: string,
    options?: RequestOptions,
  ): Promise<PlayerTokenObject> {
    return this.#sender.json(
      {
        operation: 'LoginNickname',
        method: 'POST',
        path: '/auth/v1/{appId}/login/nickname',
        params: { appId },
        body: nicknameObject,
        public: true,
      },
      options,
    )
  }

  /**
   * Log a player in with Google.
   *
   * Takes an ID token of Google and answers a token for that player, the same id each time. 401
   * when the ID token is not signed by Google, is over, or is for another client id; 404 unless the
   * application has `google` in its `authConfiguration`.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async loginGoogle(
    googleIdTokenObject: GoogleIdTokenObject,
    appId?: string,
    options?: RequestOptions,
  ): Promise<PlayerTokenObject> {
    return this.#sender.json(
      {
        operation: 'LoginGoogle',
        method: 'POST',
        path: '/auth/v1/{appId}/login/google',
        params: { appId },
        body: googleIdTokenObject,
        public: true,
      },
      options,
    )
  }
}
