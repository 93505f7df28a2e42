// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfRoom, datesOfRoomWithoutAllocations } from './date-fields.ts'
import type {
  ConnectionInfoV2,
  CreateRoomParams,
  Room,
  RoomAllocationData,
  RoomConnectionData,
  RoomWithoutAllocations,
  UpdateRoomConfigParams,
} from './types.ts'

/** Rooms: one match each, placed on a process. */
export class RoomsV2 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Create a room.
   *
   * Places a room on the fullest process of the region that has a free slot, and starts a process
   * when there is none. With a `roomId` of your own it is safe to repeat: the same room is answered
   * again; 422 when that room has another region or was created with another config.
   *
   * @param appId The id of an application. The client's own when left out.
   * @param roomId An id of your own: 1 to 100 letters, digits, `_` and `-`. Asking again for the
   * same room answers the same room.
   * @throws {ApiError} with status 400, 401, 402, 404, 408, 422, 429, 500.
   */
  async createRoom(
    createRoomParams: CreateRoomParams,
    appId?: string,
    roomId?: string,
    options?: RequestOptions,
  ): Promise<RoomConnectionData> {
    return this.#sender.json(
      {
        operation: 'CreateRoom',
        method: 'POST',
        path: '/rooms/v2/{appId}/create',
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
   * Answers the room of this id, destroyed ones too; the newest when it was used again.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getRoomInfo(roomId: string, appId?: string, options?: RequestOptions): Promise<Room> {
    return this.#sender.json(
      {
        operation: 'GetRoomInfo',
        method: 'GET',
        path: '/rooms/v2/{appId}/info/{roomId}',
        params: { roomId, appId },
        dates: datesOfRoom,
      },
      options,
    )
  }

  /**
   * List the rooms on a process.
   *
   * Answers the rooms that are placed on the process now, the oldest first.
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getActiveRoomsForProcess(
    processId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Array<RoomWithoutAllocations>> {
    return this.#sender.json(
      {
        operation: 'GetActiveRoomsForProcess',
        method: 'GET',
        path: '/rooms/v2/{appId}/list/{processId}/active',
        params: { processId, appId },
        dates: datesOfRoomWithoutAllocations,
      },
      options,
    )
  }

  /**
   * List the rooms that left a process.
   *
   * Answers the rooms that were placed on the process and are no more, the newest first.
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getInactiveRoomsForProcess(
    processId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Array<RoomWithoutAllocations>> {
    return this.#sender.json(
      {
        operation: 'GetInactiveRoomsForProcess',
        method: 'GET',
        path: '/rooms/v2/{appId}/list/{processId}/inactive',
        params: { processId, appId },
        dates: datesOfRoomWithoutAllocations,
      },
      options,
    )
  }

  /**
   * Destroy a room.
   *
   * Ends a room and frees its slot; its process goes on. Asking again changes nothing and succeeds.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async destroyRoom(roomId: string, appId?: string, options?: RequestOptions): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'DestroyRoom',
        method: 'POST',
        path: '/rooms/v2/{appId}/destroy/{roomId}',
        params: { roomId, appId },
      },
      options,
    )
  }

  /**
   * Suspend a room.
   *
   * Takes a room off its process and keeps it: ResumeRoom places it anew.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async suspendRoomV2Deprecated(
    roomId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'SuspendRoomV2Deprecated',
        method: 'POST',
        path: '/rooms/v2/{appId}/suspend/{roomId}',
        params: { roomId, appId },
      },
      options,
    )
  }

  /**
   * Resume a room.
   *
   * Places a suspended room anew, with its id and config. A room that is on a process is answered
   * as it is.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 400, 401, 402, 404, 408, 422, 429, 500.
   */
  async resumeRoom(
    roomId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<RoomAllocationData> {
    return this.#sender.json(
      {
        operation: 'ResumeRoom',
        method: 'POST',
        path: '/rooms/v2/{appId}/resume/{roomId}',
        params: { roomId, appId },
      },
      options,
    )
  }

  /**
   * Find out where a room is.
   *
   * Answers where players reach a room. It needs no token: players and browsers may ask. 404 for a
   * room that is over says why.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 400, 402, 404, 408, 422, 429, 500.
   */
  async getConnectionInfo(
    roomId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<ConnectionInfoV2> {
    return this.#sender.json(
      {
        operation: 'GetConnectionInfo',
        method: 'GET',
        path: '/rooms/v2/{appId}/connectioninfo/{roomId}',
        params: { roomId, appId },
        public: true,
      },
      options,
    )
  }

  /**
   * Change the config of a room.
   *
   * Replaces the config of a room that is not destroyed.
   *
   * @param roomId The id of a room, unique in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async updateRoomConfig(
    roomId: string,
    updateRoomConfigParams: UpdateRoomConfigParams,
    appId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'UpdateRoomConfig',
        method: 'POST',
        path: '/rooms/v2/{appId}/update/{roomId}',
        params: { roomId, appId },
        body: updateRoomConfigParams,
      },
      options,
    )
  }
}
