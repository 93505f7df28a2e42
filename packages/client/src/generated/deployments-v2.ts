// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfDeploymentV2 } from './date-fields.ts'
import type { DeploymentConfigV2, DeploymentV2 } from './types.ts'

/** Deployments, as an older version has them. */
export class DeploymentsV2 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List deployments.
   *
   * Answers the newest 1,000 deployments of an application, newest first.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429, 500.
   */
  async getDeploymentsV2Deprecated(
    appId?: string,
    options?: RequestOptions,
  ): Promise<Array<DeploymentV2>> {
    return this.#sender.json(
      {
        operation: 'GetDeploymentsV2Deprecated',
        method: 'GET',
        path: '/deployments/v2/{appId}/list',
        params: { appId },
        dates: datesOfDeploymentV2,
      },
      options,
    )
  }

  /**
   * Create a deployment.
   *
   * As CreateDeployment.
   *
   * @param buildId The number of a build: 1, 2, … in its organization.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 400, 401, 404, 408, 422, 429, 500.
   */
  async createDeploymentV2Deprecated(
    buildId: number,
    deploymentConfigV2: DeploymentConfigV2,
    appId?: string,
    options?: RequestOptions,
  ): Promise<DeploymentV2> {
    return this.#sender.json(
      {
        operation: 'CreateDeploymentV2Deprecated',
        method: 'POST',
        path: '/deployments/v2/{appId}/create/{buildId}',
        params: { buildId, appId },
        body: deploymentConfigV2,
        creates: true,
        dates: datesOfDeploymentV2,
      },
      options,
    )
  }

  /**
   * Get the newest deployment.
   *
   * As GetLatestDeployment.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getLatestDeploymentV2Deprecated(
    appId?: string,
    options?: RequestOptions,
  ): Promise<DeploymentV2> {
    return this.#sender.json(
      {
        operation: 'GetLatestDeploymentV2Deprecated',
        method: 'GET',
        path: '/deployments/v2/{appId}/latest',
        params: { appId },
        dates: datesOfDeploymentV2,
      },
      options,
    )
  }

  /**
   * Get a deployment.
   *
   * As GetDeployment.
   *
   * @param deploymentId The number of a deployment: 1, 2, … in its application.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getDeploymentInfoV2Deprecated(
    deploymentId: number,
    appId?: string,
    options?: RequestOptions,
  ): Promise<DeploymentV2> {
    return this.#sender.json(
      {
        operation: 'GetDeploymentInfoV2Deprecated',
        method: 'GET',
        path: '/deployments/v2/{appId}/info/{deploymentId}',
        params: { deploymentId, appId },
        dates: datesOfDeploymentV2,
      },
      options,
    )
  }
}
