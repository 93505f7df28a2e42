// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfNodeV1 } from './date-fields.ts'
import type { NodeV1, Region } from './types.ts'

/** The machines of a fleet. */
export class NodesV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List the machines of a fleet.
   *
   * Answers the machines that take processes of the fleet: its own, and those that all fleets
   * share. `hosting` is `metal` for the first and `shared` for the others.
   *
   * @param fleetId The id of a fleet.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async listProvisionedNodes(
    fleetId: string,
    orgId?: string,
    region?: Region,
    options?: RequestOptions,
  ): Promise<Array<NodeV1>> {
    return this.#sender.json(
      {
        operation: 'ListProvisionedNodes',
        method: 'GET',
        path: '/nodes/v1/fleet/{fleetId}/listProvisioned',
        params: { fleetId },
        query: { orgId, region },
        dates: datesOfNodeV1,
      },
      options,
    )
  }

  /**
   * Get a machine.
   *
   * @param nodeId The name of a machine.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getNode(nodeId: string, options?: RequestOptions): Promise<NodeV1> {
    return this.#sender.json(
      {
        operation: 'GetNode',
        method: 'GET',
        path: '/nodes/v1/{nodeId}',
        params: { nodeId },
        dates: datesOfNodeV1,
      },
      options,
    )
  }
}
