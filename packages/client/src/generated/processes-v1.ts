// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfProcess, datesOfProcessWithRooms } from './date-fields.ts'
import type { Process, ProcessWithRooms, Region } from './types.ts'

/** Processes, as the oldest version has them. */
export class ProcessesV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List the newest processes that run.
   *
   * Answers the 10 newest processes of an application that run or drain, newest first, with their
   * rooms. Older ones are answered as by GetLatestProcesses: send back `Hatchery-Next` as
   * `Hatchery-Cursor`.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getRunningProcesses(
    appId?: string,
    region?: Region,
    options?: RequestOptions,
  ): Promise<Array<ProcessWithRooms>> {
    return this.#sender.json(
      {
        operation: 'GetRunningProcesses',
        method: 'GET',
        path: '/processes/v1/{appId}/list/running',
        params: { appId },
        query: { region },
        dates: datesOfProcessWithRooms,
      },
      options,
    )
  }

  /**
   * List the newest processes that ended.
   *
   * Answers the 10 newest processes of an application that stopped or failed, newest first. Older
   * ones are answered as by GetLatestProcesses: send back `Hatchery-Next` as `Hatchery-Cursor`.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getStoppedProcesses(
    appId?: string,
    region?: Region,
    options?: RequestOptions,
  ): Promise<Array<Process>> {
    return this.#sender.json(
      {
        operation: 'GetStoppedProcesses',
        method: 'GET',
        path: '/processes/v1/{appId}/list/stopped',
        params: { appId },
        query: { region },
        dates: datesOfProcess,
      },
      options,
    )
  }

  /**
   * Get a process.
   *
   * As GetProcess.
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async getProcessInfoDeprecated(
    processId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Process> {
    return this.#sender.json(
      {
        operation: 'GetProcessInfoDeprecated',
        method: 'GET',
        path: '/processes/v1/{appId}/info/{processId}',
        params: { processId, appId },
        dates: datesOfProcess,
      },
      options,
    )
  }
}
