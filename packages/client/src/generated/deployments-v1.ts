// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfDeploymentV1 } from './date-fields.ts'
import type { DeploymentConfig, DeploymentV1 } from './types.ts'

/** Deployments, as the oldest version has them. */
export class DeploymentsV1 {
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
  async getDeploymentsV1Deprecated(
    appId?: string,
    options?: RequestOptions,
  ): Promise<Array<DeploymentV1>> {
    return this.#sender.json(
      {
        operation: 'GetDeploymentsV1Deprecated',
        method: 'GET',
        path: '/deployments/v1/{appId}/list',
        params: { appId },
        dates: datesOfDeploymentV1,
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
  async createDeploymentV1Deprecated(
    buildId: number,
    deploymentConfig: DeploymentConfig,
    appId?: string,
    options?: RequestOptions,
  ): Promise<DeploymentV1> {
    return this.#sender.json(
      {
        operation: 'CreateDeploymentV1Deprecated',
        method: 'POST',
        path: '/deployments/v1/{appId}/create/{buildId}',
        params: { buildId, appId },
        body: deploymentConfig,
        creates: true,
        dates: datesOfDeploymentV1,
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
  async getLatestDeploymentV1Deprecated(
    appId?: string,
    options?: RequestOptions,
  ): Promise<DeploymentV1> {
    return this.#sender.json(
      {
        operation: 'GetLatestDeploymentV1Deprecated',
        method: 'GET',
        path: '/deployments/v1/{appId}/latest',
        params: { appId },
        dates: datesOfDeploymentV1,
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
  async getDeploymentInfoV1Deprecated(
    deploymentId: number,
    appId?: string,
    options?: RequestOptions,
  ): Promise<DeploymentV1> {
    return this.#sender.json(
      {
        operation: 'GetDeploymentInfoV1Deprecated',
        method: 'GET',
        path: '/deployments/v1/{appId}/info/{deploymentId}',
        params: { deploymentId, appId },
        dates: datesOfDeploymentV1,
      },
      options,
    )
  }
}
