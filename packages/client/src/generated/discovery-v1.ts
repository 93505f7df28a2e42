// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import type { PingEndpoints } from './types.ts'

/** Where regions can be pinged, at the path of the oldest version. */
export class DiscoveryV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List where regions can be pinged.
   *
   * As GetPingServiceEndpoints.
   */
  async getPingServiceEndpointsDeprecated(options?: RequestOptions): Promise<Array<PingEndpoints>> {
    return this.#sender.json(
      {
        operation: 'GetPingServiceEndpointsDeprecated',
        method: 'GET',
        path: '/discovery/v1/ping',
        public: true,
      },
      options,
    )
  }
}
