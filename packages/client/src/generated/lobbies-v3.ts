// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { PlayerSecurity, RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfLobbyV3 } from './date-fields.ts'
import type { CreateLobbyV3Params, LobbyV3, Region } from './types.ts'

/** Rooms that players make and find. */
export class LobbiesV3 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Create a lobby.
   *
   * Makes a room as CreateRoom does, on the newest deployment, with a code and a visibility. Needs
   * the token of a player. 429 when the player made too many within an hour, or the region is full.
   *
   * @param security The token of a player, in place of the client’s own.
   * @param appId The id of an application. The client's own when left out.
   * @param shortCode A code of your own, 1 to 100 characters; made by the server when left out.
   * @param roomId An id of your own: 1 to 100 letters, digits, `_` and `-`. Asking again for the
   * same room answers the same room.
   * @throws {ApiError} with status 400, 401, 402, 404, 408, 422, 429, 500.
   */
  async createLobby(
    security: PlayerSecurity,
    createLobbyV3Params: CreateLobbyV3Params,
    appId?: string,
    shortCode?: string,
    roomId?: string,
    options?: RequestOptions,
  ): Promise<LobbyV3> {
    return this.#sender.json(
      {
        operation: 'CreateLobby',
        method: 'POST',
        path: '/lobby/v3/{appId}/create',
        params: { appId },
        query: { shortCode, roomId },
        body: createLobbyV3Params,
        creates: roomId === undefined,
        security,
        dates: datesOfLobbyV3,
      },
      options,
    )
  }

  /**
   * List public lobbies.
   *
   * Answers the public lobbies whose rooms are active, the newest first, at most 1,000. It needs no
   * token.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 408, 422, 429.
   */
  async listActivePublicLobbies(
    appId?: string,
    region?: Region,
    options?: RequestOptions,
  ): Promise<Array<LobbyV3>> {
    return this.#sender.json(
      {
        operation: 'ListActivePublicLobbies',
        method: 'GET',
        path: '/lobby/v3/{appId}/list/public',
        params: { appId },
        query: { region },
        public: true,
        dates: datesOfLobbyV3,
      },
      options,
    )
  }

  /**
   * Get a lobby by its room.
   *
   * Answers the lobby of a room, one that is over too. It needs no token.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 404, 408, 422, 429.
   */
  async getLobbyInfoByRoomId(
    roomId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<LobbyV3> {
    return this.#sender.json(
      {
        operation: 'GetLobbyInfoByRoomId',
        method: 'GET',
        path: '/lobby/v3/{appId}/info/roomid/{roomId}',
        params: { roomId, appId },
        public: true,
        dates: datesOfLobbyV3,
      },
      options,
    )
  }

  /**
   * Get a lobby by its code.
   *
   * Answers the newest lobby that has the code, one that is over too. It needs no token.
   *
   * @param shortCode A code for people to tell each other. Where several lobbies have it, it is the
   * newest one’s.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 404, 408, 422, 429.
   */
  async getLobbyInfoByShortCode(
    shortCode: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<LobbyV3> {
    return this.#sender.json(
      {
        operation: 'GetLobbyInfoByShortCode',
        method: 'GET',
        path: '/lobby/v3/{appId}/info/shortcode/{shortCode}',
        params: { shortCode, appId },
        public: true,
        dates: datesOfLobbyV3,
      },
      options,
    )
  }
}
