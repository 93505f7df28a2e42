// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfFleet, datesOfFleetRegion, datesOfFleetsPage } from './date-fields.ts'
import type {
  CreateFleet,
  Fleet,
  FleetMetricsData,
  FleetRegion,
  FleetRegionConfig,
  FleetsPage,
  GetFleetMetricsDeprecatedRequest,
  GetFleetRegionMetricsDeprecatedRequest,
  Region,
  UpdateFleet,
} from './types.ts'

/** Fleets, as the older version has them. */
export class FleetsV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List fleets.
   *
   * As GetFleets, with what is wrong in which region.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async getFleetsDeprecated(orgId?: string, options?: RequestOptions): Promise<FleetsPage> {
    return this.#sender.json(
      {
        operation: 'GetFleetsDeprecated',
        method: 'GET',
        path: '/fleets/v1/fleets',
        query: { orgId },
        dates: datesOfFleetsPage,
      },
      options,
    )
  }

  /**
   * Create a fleet.
   *
   * As CreateFleet.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async createFleetDeprecated(
    createFleet: CreateFleet,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<Fleet> {
    return this.#sender.json(
      {
        operation: 'CreateFleetDeprecated',
        method: 'POST',
        path: '/fleets/v1/fleets',
        query: { orgId },
        body: createFleet,
        creates: true,
        dates: datesOfFleet,
      },
      options,
    )
  }

  /**
   * Get a fleet.
   *
   * As GetFleet, with what is wrong in which region.
   *
   * @param fleetId The id of a fleet.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getFleetDeprecated(
    fleetId: string,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<Fleet> {
    return this.#sender.json(
      {
        operation: 'GetFleetDeprecated',
        method: 'GET',
        path: '/fleets/v1/fleets/{fleetId}',
        params: { fleetId },
        query: { orgId },
        dates: datesOfFleet,
      },
      options,
    )
  }

  /**
   * Change a fleet.
   *
   * As UpdateFleet.
   *
   * @param fleetId The id of a fleet.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async updateFleetDeprecated(
    fleetId: string,
    updateFleet: UpdateFleet,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'UpdateFleetDeprecated',
        method: 'POST',
        path: '/fleets/v1/fleets/{fleetId}',
        params: { fleetId },
        query: { orgId },
        body: updateFleet,
      },
      options,
    )
  }

  /**
   * Get what is wished for a fleet in a region.
   *
   * As GetFleetRegion.
   *
   * @param fleetId The id of a fleet.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getFleetRegionDeprecated(
    fleetId: string,
    region: Region,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<FleetRegion> {
    return this.#sender.json(
      {
        operation: 'GetFleetRegionDeprecated',
        method: 'GET',
        path: '/fleets/v1/fleets/{fleetId}/regions/{region}',
        params: { fleetId, region },
        query: { orgId },
        dates: datesOfFleetRegion,
      },
      options,
    )
  }

  /**
   * Say how many vCPU a fleet is meant to have in a region.
   *
   * As DeprecatedUpdateFleetRegionV2.
   *
   * @param fleetId The id of a fleet.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async updateFleetRegionDeprecated(
    fleetId: string,
    region: Region,
    fleetRegionConfig: FleetRegionConfig,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'UpdateFleetRegionDeprecated',
        method: 'PUT',
        path: '/fleets/v1/fleets/{fleetId}/regions/{region}',
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
   * As GetFleetMetrics.
   *
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getFleetMetricsDeprecated(
    request: GetFleetMetricsDeprecatedRequest,
    options?: RequestOptions,
  ): Promise<FleetMetricsData> {
    const { fleetId, orgId, metrics, end, start, step } = request
    return this.#sender.json(
      {
        operation: 'GetFleetMetricsDeprecated',
        method: 'GET',
        path: '/fleets/v1/fleets/{fleetId}/metrics',
        params: { fleetId },
        query: { orgId, metrics, end, start, step },
      },
      options,
    )
  }

  /**
   * Get the metrics of a fleet in a region.
   *
   * As GetFleetRegionMetrics.
   *
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async getFleetRegionMetricsDeprecated(
    request: GetFleetRegionMetricsDeprecatedRequest,
    options?: RequestOptions,
  ): Promise<FleetMetricsData> {
    const { fleetId, region, orgId, metrics, end, start, step } = request
    return this.#sender.json(
      {
        operation: 'GetFleetRegionMetricsDeprecated',
        method: 'GET',
        path: '/fleets/v1/fleets/{fleetId}/regions/{region}/metrics',
        params: { fleetId, region },
        query: { orgId, metrics, end, start, step },
      },
      options,
    )
  }
}
