// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import type { DeprecatedProcessMetricsData, GetMetricsDeprecatedRequest } from './types.ts'

/** What is measured of processes, under the names of the oldest version. */
export class MetricsV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Get the metrics of a process.
   *
   * As GetProcessMetrics, without those of GPUs.
   *
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getMetricsDeprecated(
    request: GetMetricsDeprecatedRequest,
    options?: RequestOptions,
  ): Promise<DeprecatedProcessMetricsData> {
    const { processId, appId, metrics, end, start, step } = request
    return this.#sender.json(
      {
        operation: 'GetMetricsDeprecated',
        method: 'GET',
        path: '/metrics/v1/{appId}/process/{processId}',
        params: { processId, appId },
        query: { metrics, end, start, step },
      },
      options,
    )
  }
}
