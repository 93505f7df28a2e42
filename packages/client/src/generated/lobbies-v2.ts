// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { PlayerSecurity, RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfLobby } from './date-fields.ts'
import type {
  CreateLobbyParams,
  CreateLocalLobbyRequestBody,
  CreatePrivateLobbyRequestBody,
  CreatePublicLobbyRequestBody,
  Lobby,
  Region,
  SetLobbyStateParams,
} from './types.ts'

/** Lobbies, as an older version has them. */
export class LobbiesV2 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Create a lobby.
   *
   * As CreateLobby. The config of the room is `initialConfig` as JSON.
   *
   * @param security The token of a player, in place of the client’s own.
   * @param appId The id of an application. The client's own when left out.
   * @param roomId An id of your own: 1 to 100 letters, digits, `_` and `-`. Asking again for the
   * same room answers the same room.
   * @throws {ApiError} with status 400, 401, 402, 404, 408, 422, 429, 500.
   */
  async createLobbyDeprecated(
    security: PlayerSecurity,
    createLobbyParams: CreateLobbyParams,
    appId?: string,
    roomId?: string,
    options?: RequestOptions,
  ): Promise<Lobby> {
    return this.#sender.json(
      {
        operation: 'CreateLobbyDeprecated',
        method: 'POST',
        path: '/lobby/v2/{appId}/create',
        params: { appId },
        query: { roomId },
        body: createLobbyParams,
        creates: roomId === undefined,
        security,
        dates: datesOfLobby,
      },
      options,
    )
  }

  /**
   * Create a lobby.
   *
   * As CreateLobby. The config of the room is `initialConfig` as JSON.
   *
   * @param security The token of a player, in place of the client’s own.
   * @param appId The id of an application. The client's own when left out.
   * @param roomId An id of your own: 1 to 100 letters, digits, `_` and `-`. Asking again for the
   * same room answers the same room.
   * @throws {ApiError} with status 400, 401, 402, 404, 408, 422, 429, 500.
   */
  async createPrivateLobby(
    security: PlayerSecurity,
    createPrivateLobbyRequestBody: CreatePrivateLobbyRequestBody,
    appId?: string,
    roomId?: string,
    options?: RequestOptions,
  ): Promise<Lobby> {
    return this.#sender.json(
      {
        operation: 'CreatePrivateLobby',
        method: 'POST',
        path: '/lobby/v2/{appId}/create/private',
        params: { appId },
        query: { roomId },
        body: createPrivateLobbyRequestBody,
        creates: roomId === undefined,
        security,
        dates: datesOfLobby,
      },
      options,
    )
  }

  /**
   * Create a lobby.
   *
   * As CreateLobby. The config of the room is `initialConfig` as JSON.
   *
   * @param security The token of a player, in place of the client’s own.
   * @param appId The id of an application. The client's own when left out.
   * @param roomId An id of your own: 1 to 100 letters, digits, `_` and `-`. Asking again for the
   * same room answers the same room.
   * @throws {ApiError} with status 400, 401, 402, 404, 408, 422, 429, 500.
   */
  async createPublicLobby(
    security: PlayerSecurity,
    createPublicLobbyRequestBody: CreatePublicLobbyRequestBody,
    appId?: string,
    roomId?: string,
    options?: RequestOptions,
  ): Promise<Lobby> {
    return this.#sender.json(
      {
        operation: 'CreatePublicLobby',
        method: 'POST',
        path: '/lobby/v2/{appId}/create/public',
        params: { appId },
        query: { roomId },
        body: createPublicLobbyRequestBody,
        creates: roomId === undefined,
        security,
        dates: datesOfLobby,
      },
      options,
    )
  }

  /**
   * Create a lobby.
   *
   * As CreateLobby. The config of the room is `initialConfig` as JSON.
   *
   * @param security The token of a player, in place of the client’s own.
   * @param appId The id of an application. The client's own when left out.
   * @param roomId An id of your own: 1 to 100 letters, digits, `_` and `-`. Asking again for the
   * same room answers the same room.
   * @throws {ApiError} with status 400, 401, 402, 404, 408, 422, 429, 500.
   */
  async createLocalLobby(
    security: PlayerSecurity,
    createLocalLobbyRequestBody: CreateLocalLobbyRequestBody,
    appId?: string,
    roomId?: string,
    options?: RequestOptions,
  ): Promise<Lobby> {
    return this.#sender.json(
      {
        operation: 'CreateLocalLobby',
        method: 'POST',
        path: '/lobby/v2/{appId}/create/local',
        params: { appId },
        query: { roomId },
        body: createLocalLobbyRequestBody,
        creates: roomId === undefined,
        security,
        dates: datesOfLobby,
      },
      options,
    )
  }

  /**
   * List public lobbies.
   *
   * As ListActivePublicLobbies.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 408, 429.
   */
  async listActivePublicLobbiesDeprecatedV2(
    appId?: string,
    region?: Region,
    options?: RequestOptions,
  ): Promise<Array<Lobby>> {
    return this.#sender.json(
      {
        operation: 'ListActivePublicLobbiesDeprecatedV2',
        method: 'GET',
        path: '/lobby/v2/{appId}/list/public',
        params: { appId },
        query: { region },
        public: true,
        dates: datesOfLobby,
      },
      options,
    )
  }

  /**
   * Get a lobby by its room.
   *
   * As GetLobbyInfoByRoomId.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 404, 408, 429.
   */
  async getLobbyInfo(roomId: string, appId?: string, options?: RequestOptions): Promise<Lobby> {
    return this.#sender.json(
      {
        operation: 'GetLobbyInfo',
        method: 'GET',
        path: '/lobby/v2/{appId}/info/{roomId}',
        params: { roomId, appId },
        public: true,
        dates: datesOfLobby,
      },
      options,
    )
  }

  /**
   * Set the state of a lobby.
   *
   * Replaces what everyone is told of the match, also when it is over. A game server may call it
   * for rooms on it.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async setLobbyState(
    roomId: string,
    setLobbyStateParams: SetLobbyStateParams,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Lobby> {
    return this.#sender.json(
      {
        operation: 'SetLobbyState',
        method: 'POST',
        path: '/lobby/v2/{appId}/setState/{roomId}',
        params: { roomId, appId },
        body: setLobbyStateParams,
        dates: datesOfLobby,
      },
      options,
    )
  }
}
