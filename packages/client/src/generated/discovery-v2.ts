// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import type { PingEndpoints } from './types.ts'

/** Where regions can be pinged. */
export class DiscoveryV2 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List where regions can be pinged.
   *
   * Answers an address per region. Open a WebSocket to `/ws` there, send a few bytes and measure
   * the time until they come back. Needs no token.
   */
  async getPingServiceEndpoints(options?: RequestOptions): Promise<Array<PingEndpoints>> {
    return this.#sender.json(
      {
        operation: 'GetPingServiceEndpoints',
        method: 'GET',
        path: '/discovery/v2/ping',
        public: true,
      },
      options,
    )
  }
}
