// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfRoom, datesOfRoomWithoutAllocations } from './date-fields.ts'
import type { ConnectionInfo, CreateRoomParams, Room, RoomWithoutAllocations } from './types.ts'

/** Rooms, as the oldest version has them. */
export class RoomsV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Create a room.
   *
   * As CreateRoom. GetConnectionInfoDeprecated tells where the room is.
   *
   * @param appId The id of an application. The client's own when left out.
   * @param roomId An id of your own: 1 to 100 letters, digits, `_` and `-`. Asking again for the
   * same room answers the same room.
   * @throws {ApiError} with status 400, 401, 402, 404, 408, 422, 429, 500.
   */
  async createRoomDeprecated(
    createRoomParams: CreateRoomParams,
    appId?: string,
    roomId?: string,
    options?: RequestOptions,
  ): Promise<string> {
    return this.#sender.json(
      {
        operation: 'CreateRoomDeprecated',
        method: 'POST',
        path: '/rooms/v1/{appId}/create',
        params: { appId },
        query: { roomId },
        body: createRoomParams,
        creates: roomId === undefined,
      },
      options,
    )
  }

  /**
   * Get a room.
   *
   * As GetRoomInfo.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getRoomInfoDeprecated(
    roomId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Room> {
    return this.#sender.json(
      {
        operation: 'GetRoomInfoDeprecated',
        method: 'GET',
        path: '/rooms/v1/{appId}/info/{roomId}',
        params: { roomId, appId },
        dates: datesOfRoom,
      },
      options,
    )
  }

  /**
   * List the rooms on a process.
   *
   * As GetActiveRoomsForProcess.
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getActiveRoomsForProcessDeprecated(
    processId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Array<RoomWithoutAllocations>> {
    return this.#sender.json(
      {
        operation: 'GetActiveRoomsForProcessDeprecated',
        method: 'GET',
        path: '/rooms/v1/{appId}/list/{processId}/active',
        params: { processId, appId },
        dates: datesOfRoomWithoutAllocations,
      },
      options,
    )
  }

  /**
   * List the rooms that left a process.
   *
   * As GetInactiveRoomsForProcess.
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getInactiveRoomsForProcessDeprecated(
    processId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Array<RoomWithoutAllocations>> {
    return this.#sender.json(
      {
        operation: 'GetInactiveRoomsForProcessDeprecated',
        method: 'GET',
        path: '/rooms/v1/{appId}/list/{processId}/inactive',
        params: { processId, appId },
        dates: datesOfRoomWithoutAllocations,
      },
      options,
    )
  }

  /**
   * Destroy a room.
   *
   * As DestroyRoom.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async destroyRoomDeprecated(
    roomId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'DestroyRoomDeprecated',
        method: 'POST',
        path: '/rooms/v1/{appId}/destroy/{roomId}',
        params: { roomId, appId },
      },
      options,
    )
  }

  /**
   * Suspend a room.
   *
   * As SuspendRoomV2Deprecated: ResumeRoom places it anew.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async suspendRoomDeprecated(
    roomId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'SuspendRoomDeprecated',
        method: 'POST',
        path: '/rooms/v1/{appId}/suspend/{roomId}',
        params: { roomId, appId },
      },
      options,
    )
  }

  /**
   * Find out where a room is.
   *
   * As GetConnectionInfo, with the default port alone.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 400, 402, 404, 408, 429, 500.
   */
  async getConnectionInfoDeprecated(
    roomId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<ConnectionInfo> {
    return this.#sender.json(
      {
        operation: 'GetConnectionInfoDeprecated',
        method: 'GET',
        path: '/rooms/v1/{appId}/connectioninfo/{roomId}',
        params: { roomId, appId },
        public: true,
      },
      options,
    )
  }
}
