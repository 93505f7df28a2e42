// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfFleetRegion } from './date-fields.ts'
import type {
  CreateFleetV2,
  FleetMetricsData,
  FleetRegion,
  FleetRegionConfig,
  FleetRegionConfigV2,
  FleetV2,
  FleetsPageV2,
  GetFleetMetricsRequest,
  GetFleetRegionMetricsRequest,
  NodeShapeV2,
  Region,
  UpdateFleetV2,
} from './types.ts'

/** Fleets: named pools of machines. */
export class FleetsV2 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List fleets.
   *
   * Answers the fleets of the organization, the default one first.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async getFleets(orgId?: string, options?: RequestOptions): Promise<FleetsPageV2> {
    return this.#sender.json(
      { operation: 'GetFleets', method: 'GET', path: '/fleets/v2/fleets', query: { orgId } },
      options,
    )
  }

  /**
   * Create a fleet.
   *
   * Makes a named pool. The settings say which machines are its own; until then it shares those
   * that are of no fleet.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async createFleet(
    createFleetV2: CreateFleetV2,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<FleetV2> {
    return this.#sender.json(
      {
        operation: 'CreateFleet',
        method: 'POST',
        path: '/fleets/v2/fleets',
        query: { orgId },
        body: createFleetV2,
        creates: true,
      },
      options,
    )
  }

  /**
   * Get a fleet.
   *
   * @param fleetId The id of a fleet.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getFleet(fleetId: string, orgId?: string, options?: RequestOptions): Promise<FleetV2> {
    return this.#sender.json(
      {
        operation: 'GetFleet',
        method: 'GET',
        path: '/fleets/v2/fleets/{fleetId}',
        params: { fleetId },
        query: { orgId },
      },
      options,
    )
  }

  /**
   * Change a fleet.
   *
   * What is left out stays as it is.
   *
   * @param fleetId The id of a fleet.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async updateFleet(
    fleetId: string,
    updateFleetV2: UpdateFleetV2,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'UpdateFleet',
        method: 'POST',
        path: '/fleets/v2/fleets/{fleetId}',
        params: { fleetId },
        query: { orgId },
        body: updateFleetV2,
      },
      options,
    )
  }

  /**
   * Get what is wished for a fleet in a region.
   *
   * @param fleetId The id of a fleet.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getFleetRegion(
    fleetId: string,
    region: Region,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<FleetRegion> {
    return this.#sender.json(
      {
        operation: 'GetFleetRegion',
        method: 'GET',
        path: '/fleets/v2/fleets/{fleetId}/regions/{region}',
        params: { fleetId, region },
        query: { orgId },
        dates: datesOfFleetRegion,
      },
      options,
    )
  }

  /**
   * Say how many machines a fleet is meant to have in a region.
   *
   * Kept and answered; no machine is added for it.
   *
   * @param fleetId The id of a fleet.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async updateFleetRegion(
    fleetId: string,
    region: Region,
    fleetRegionConfigV2: FleetRegionConfigV2,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'UpdateFleetRegion',
        method: 'PUT',
        path: '/fleets/v2/fleets/{fleetId}/regions/{region}/v2',
        params: { fleetId, region },
        query: { orgId },
        body: fleetRegionConfigV2,
      },
      options,
    )
  }

  /**
   * Say how many vCPU a fleet is meant to have in a region.
   *
   * As UpdateFleetRegion, in vCPU. 422 when it is no multiple of `scaleIncrementVcpus`, or was
   * changed within five minutes.
   *
   * @param fleetId The id of a fleet.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async deprecatedUpdateFleetRegionV2(
    fleetId: string,
    region: Region,
    fleetRegionConfig: FleetRegionConfig,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'DeprecatedUpdateFleetRegionV2',
        method: 'PUT',
        path: '/fleets/v2/fleets/{fleetId}/regions/{region}',
        params: { fleetId, region },
        query: { orgId },
        body: fleetRegionConfig,
      },
      options,
    )
  }

  /**
   * Get the metrics of a fleet.
   *
   * Answers a series, in vCPU, per metric that was asked for. Measured once a minute and kept as
   * long as those of processes.
   *
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getFleetMetrics(
    request: GetFleetMetricsRequest,
    options?: RequestOptions,
  ): Promise<FleetMetricsData> {
    const { fleetId, orgId, metrics, end, start, step } = request
    return this.#sender.json(
      {
        operation: 'GetFleetMetrics',
        method: 'GET',
        path: '/fleets/v2/fleets/{fleetId}/metrics',
        params: { fleetId },
        query: { orgId, metrics, end, start, step },
      },
      options,
    )
  }

  /**
   * Get the metrics of a fleet in a region.
   *
   * As GetFleetMetrics, of the machines that serve the region and the processes in it.
   *
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getFleetRegionMetrics(
    request: GetFleetRegionMetricsRequest,
    options?: RequestOptions,
  ): Promise<FleetMetricsData> {
    const { fleetId, region, orgId, metrics, end, start, step } = request
    return this.#sender.json(
      {
        operation: 'GetFleetRegionMetrics',
        method: 'GET',
        path: '/fleets/v2/fleets/{fleetId}/regions/{region}/metrics',
        params: { fleetId, region },
        query: { orgId, metrics, end, start, step },
      },
      options,
    )
  }

  /**
   * List sizes of machines.
   *
   * Answers all sizes that the API knows: first those that a machine of this installation has, then
   * the others, whose name says so.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getNodeShapes(orgId?: string, options?: RequestOptions): Promise<Array<NodeShapeV2>> {
    return this.#sender.json(
      {
        operation: 'GetNodeShapes',
        method: 'GET',
        path: '/fleets/v2/nodeShapes',
        query: { orgId },
      },
      options,
    )
  }
}
