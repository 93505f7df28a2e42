// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params -- the arguments are the official client's */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import type { ProcessView } from './types.ts'

/** Hatchery's own operations, beside the published API. */
export class HatcheryV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Get a process with what Hatchery knows of it.
   *
   * Answers the fields of GetProcess, and what shall become of the process, its machine, its exit
   * code, how its connections are counted and whether its limits are enforced.
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getProcessView(
    processId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<ProcessView> {
    return this.#sender.json(
      {
        operation: 'GetProcessView',
        method: 'GET',
        path: '/hatchery/v1/apps/{appId}/processes/{processId}',
        params: { processId, appId },
        dates: 'ProcessView',
      },
      options,
    )
  }
}
