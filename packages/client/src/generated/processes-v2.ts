// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfProcessV2 } from './date-fields.ts'
import type {
  GetProcessesCountExperimentalV2DeprecatedResponseBody,
  ProcessStatus,
  ProcessV2,
  Region,
} from './types.ts'

/** Processes, as an older version has them. */
export class ProcessesV2 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List the newest processes.
   *
   * As GetLatestProcesses, without `before`.
   *
   * @param appId The id of an application. The client's own when left out.
   * @param status Only processes of one of these statuses.
   * @param region Only processes of one of these regions.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getLatestProcessesV2Deprecated(
    appId?: string,
    status?: Array<ProcessStatus>,
    region?: Array<Region>,
    options?: RequestOptions,
  ): Promise<Array<ProcessV2>> {
    return this.#sender.json(
      {
        operation: 'GetLatestProcessesV2Deprecated',
        method: 'GET',
        path: '/processes/v2/{appId}/list/latest',
        params: { appId },
        query: { status, region },
        dates: datesOfProcessV2,
      },
      options,
    )
  }

  /**
   * Count processes.
   *
   * As GetProcessesCountExperimental, without `before`.
   *
   * @param appId The id of an application. The client's own when left out.
   * @param status Only processes of one of these statuses.
   * @param region Only processes of one of these regions.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getProcessesCountExperimentalV2Deprecated(
    appId?: string,
    status?: Array<ProcessStatus>,
    region?: Array<Region>,
    options?: RequestOptions,
  ): Promise<GetProcessesCountExperimentalV2DeprecatedResponseBody> {
    return this.#sender.json(
      {
        operation: 'GetProcessesCountExperimentalV2Deprecated',
        method: 'GET',
        path: '/processes/v2/{appId}/count',
        params: { appId },
        query: { status, region },
      },
      options,
    )
  }

  /**
   * Start a process.
   *
   * As CreateProcess.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 402, 404, 408, 422, 429, 500.
   */
  async createProcessV2Deprecated(
    region: Region,
    appId?: string,
    options?: RequestOptions,
  ): Promise<ProcessV2> {
    return this.#sender.json(
      {
        operation: 'CreateProcessV2Deprecated',
        method: 'POST',
        path: '/processes/v2/{appId}/create/{region}',
        params: { region, appId },
        creates: true,
        dates: datesOfProcessV2,
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
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getProcessInfoV2Deprecated(
    processId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<ProcessV2> {
    return this.#sender.json(
      {
        operation: 'GetProcessInfoV2Deprecated',
        method: 'GET',
        path: '/processes/v2/{appId}/info/{processId}',
        params: { processId, appId },
        dates: datesOfProcessV2,
      },
      options,
    )
  }

  /**
   * Stop a process.
   *
   * As StopProcess.
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async stopProcessV2Deprecated(
    processId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'StopProcessV2Deprecated',
        method: 'POST',
        path: '/processes/v2/{appId}/stop/{processId}',
        params: { processId, appId },
      },
      options,
    )
  }
}
