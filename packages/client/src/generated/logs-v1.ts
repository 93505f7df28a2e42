// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'

/** What processes write to stdout and stderr. */
export class LogsV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * Read or follow the log of a process.
   *
   * Streams the last lines of stdout and stderr in the order of arrival, and with `follow` all that
   * comes after, until the process has ended. A reader that falls 1 MB behind is cut off. 410 once
   * the log was removed (72 h after the end).
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @param follow Whether to stay and stream what comes; false when left out.
   * @param tailLines How many of the last lines to begin with, 1 to 5,000.
   * @throws {ApiError} with status 400, 401, 404, 408, 410, 429, 500.
   */
  async getLogsForProcess(
    processId: string,
    appId?: string,
    follow?: boolean,
    tailLines?: number,
    options?: RequestOptions,
  ): Promise<ReadableStream<Uint8Array>> {
    return this.#sender.stream(
      {
        operation: 'GetLogsForProcess',
        method: 'GET',
        path: '/logs/v1/{appId}/process/{processId}',
        params: { processId, appId },
        query: { follow, tailLines },
      },
      options,
    )
  }

  /**
   * Download the log of an ended process.
   *
   * Answers the whole log, at most the last 100 MB. 400 while the process lives, 410 once the log
   * was removed (72 h after the end).
   *
   * @param processId The id of a process: a UUID.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 400, 401, 404, 408, 410, 429.
   */
  async downloadLogForProcess(
    processId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<ReadableStream<Uint8Array>> {
    return this.#sender.stream(
      {
        operation: 'DownloadLogForProcess',
        method: 'GET',
        path: '/logs/v1/{appId}/process/{processId}/download',
        params: { processId, appId },
      },
      options,
    )
  }
}
