// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfProcessV3 } from './date-fields.ts'
import type {
  GetProcessMetricsRequest,
  GetProcessesCountExperimentalResponseBody,
  ProcessMetricsData,
  ProcessStatus,
  ProcessV3,
  Region,
} from './types.ts'

/** Start, watch and stop processes: runs of a deployment in a region. */
export class ProcessesV3 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List the newest processes.
   *
   * Answers the 10 newest processes of an application that match, newest first. For older ones ask
   * again with `before` set to the `createdAt` of the last, or send back the `Hatchery-Next` header
   * of the answer as `Hatchery-Cursor`.
   *
   * @param appId The id of an application. The client's own when left out.
   * @param status Only processes of one of these statuses.
   * @param region Only processes of one of these regions.
   * @param before Only processes created strictly earlier: a Unix time in seconds; 10^11 and more
   * are milliseconds.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getLatestProcesses(
    appId?: string,
    status?: Array<ProcessStatus>,
    region?: Array<Region>,
    before?: number,
    options?: RequestOptions,
  ): Promise<Array<ProcessV3>> {
    return this.#sender.json(
      {
        operation: 'GetLatestProcesses',
        method: 'GET',
        path: '/processes/v3/apps/{appId}/processes/latest',
        params: { appId },
        query: { status, region, before },
        dates: datesOfProcessV3,
      },
      options,
    )
  }

  /**
   * Count processes.
   *
   * Counts every process ever recorded that matches. The count does not fall when old records are
   * removed.
   *
   * @param appId The id of an application. The client's own when left out.
   * @param status Only processes of one of these statuses.
   * @param region Only processes of one of these regions.
   * @param before Only processes created strictly earlier: a Unix time in seconds; 10^11 and more
   * are milliseconds.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getProcessesCountExperimental(
    appId?: string,
    status?: Array<ProcessStatus>,
    region?: Array<Region>,
    before?: number,
    options?: RequestOptions,
  ): Promise<GetProcessesCountExperimentalResponseBody> {
    return this.#sender.json(
      {
        operation: 'GetProcessesCountExperimental',
        method: 'GET',
        path: '/processes/v3/apps/{appId}/processes/count',
        params: { appId },
        query: { status, region, before },
      },
      options,
    )
  }

  /**
   * Start a process.
   *
   * Starts a process of the application's newest deployment in a region and answers at once, with
   * status `starting`. It is `running` when its default port is bound, and `failed` when that does
   * not happen within 100 s of its boot. 404 when the application has no deployment, 422 for an
   * unknown region, 429 when the region has no room now.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 402, 404, 408, 422, 429, 500.
   */
  async createProcess(
    region: Region,
    appId?: string,
    options?: RequestOptions,
  ): Promise<ProcessV3> {
    return this.#sender.json(
      {
        operation: 'CreateProcess',
        method: 'POST',
        path: '/processes/v3/apps/{appId}/processes/regions/{region}',
        params: { region, appId },
        creates: true,
        dates: datesOfProcessV3,
      },
      options,
    )
  }

  /**
   * Get a process.
   *
   * Answers a process of the application; final ones stay for 90 days.
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getProcess(
    processId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<ProcessV3> {
    return this.#sender.json(
      {
        operation: 'GetProcess',
        method: 'GET',
        path: '/processes/v3/apps/{appId}/processes/{processId}',
        params: { processId, appId },
        dates: datesOfProcessV3,
      },
      options,
    )
  }

  /**
   * Stop a process.
   *
   * Asks a process to end (SIGTERM) and answers at once; what still runs after the grace time (30
   * s) is ended by force. Asking again, or for a process that has ended, changes nothing and
   * succeeds.
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async stopProcess(processId: string, appId?: string, options?: RequestOptions): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'StopProcess',
        method: 'POST',
        path: '/processes/v3/apps/{appId}/processes/{processId}/stop',
        params: { processId, appId },
      },
      options,
    )
  }

  /**
   * Get the metrics of a process.
   *
   * Answers a series per metric that was asked for, with a point every `step` seconds. An empty
   * series could not be measured. Kept for 72 h.
   *
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getProcessMetrics(
    request: GetProcessMetricsRequest,
    options?: RequestOptions,
  ): Promise<ProcessMetricsData> {
    const { processId, appId, metrics, end, start, step } = request
    return this.#sender.json(
      {
        operation: 'GetProcessMetrics',
        method: 'GET',
        path: '/processes/v3/apps/{appId}/processes/process/{processId}/metrics',
        params: { processId, appId },
        query: { metrics, end, start, step },
      },
      options,
    )
  }
}
