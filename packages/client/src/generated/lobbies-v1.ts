// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { PlayerSecurity, RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfLobby } from './date-fields.ts'
import type { Lobby, Region } from './types.ts'

/** Lobbies, as the oldest version has them. */
export class LobbiesV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Create a lobby.
   *
   * As CreateLobby, in the first region of the installation where none is named. With `local` its
   * visibility is `local`.
   *
   * @param security The token of a player, in place of the client’s own.
   * @param appId The id of an application. The client's own when left out.
   * @param local Whether its visibility is `local`.
   * @throws {ApiError} with status 400, 401, 402, 404, 408, 422, 429, 500.
   */
  async createPrivateLobbyDeprecated(
    security: PlayerSecurity,
    appId?: string,
    region?: Region,
    local?: boolean,
    options?: RequestOptions,
  ): Promise<string> {
    return this.#sender.json(
      {
        operation: 'CreatePrivateLobbyDeprecated',
        method: 'POST',
        path: '/lobby/v1/{appId}/create/private',
        params: { appId },
        query: { region, local },
        creates: true,
        security,
      },
      options,
    )
  }

  /**
   * Create a lobby.
   *
   * As CreateLobby, in the first region of the installation where none is named. With `local` its
   * visibility is `local`.
   *
   * @param security The token of a player, in place of the client’s own.
   * @param appId The id of an application. The client's own when left out.
   * @param local Whether its visibility is `local`.
   * @throws {ApiError} with status 400, 401, 402, 404, 408, 422, 429, 500.
   */
  async createPublicLobbyDeprecated(
    security: PlayerSecurity,
    appId?: string,
    region?: Region,
    local?: boolean,
    options?: RequestOptions,
  ): Promise<string> {
    return this.#sender.json(
      {
        operation: 'CreatePublicLobbyDeprecated',
        method: 'POST',
        path: '/lobby/v1/{appId}/create/public',
        params: { appId },
        query: { region, local },
        creates: true,
        security,
      },
      options,
    )
  }

  /**
   * List public lobbies.
   *
   * As ListActivePublicLobbies. With `local` those whose visibility is `local`.
   *
   * @param appId The id of an application. The client's own when left out.
   * @param local Those whose visibility is `local`, in place of public ones.
   * @throws {ApiError} with status 404, 408, 422, 429.
   */
  async listActivePublicLobbiesDeprecatedV1(
    appId?: string,
    local?: boolean,
    region?: Region,
    options?: RequestOptions,
  ): Promise<Array<Lobby>> {
    return this.#sender.json(
      {
        operation: 'ListActivePublicLobbiesDeprecatedV1',
        method: 'GET',
        path: '/lobby/v1/{appId}/list',
        params: { appId },
        query: { local, region },
        public: true,
        dates: datesOfLobby,
      },
      options,
    )
  }
}
