// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfDeploymentV3, datesOfDeploymentsV3Page } from './date-fields.ts'
import type { DeploymentConfigV3, DeploymentV3, DeploymentsV3Page } from './types.ts'

/** Deployments: a build and how to run it. */
export class DeploymentsV3 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List deployments.
   *
   * Answers the deployments of an application that match, newest first, 1,000 a page.
   *
   * @param appId The id of an application. The client's own when left out.
   * @param deploymentTag A label of your own beside the deployment, at most 1,000 characters.
   * @param buildTag A version of your own beside the build, at most 1,000 characters.
   * @param nextPageToken The `nextPageToken` of the page before.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getDeployments(
    appId?: string,
    deploymentTag?: string,
    buildTag?: string,
    nextPageToken?: string,
    options?: RequestOptions,
  ): Promise<DeploymentsV3Page> {
    return this.#sender.json(
      {
        operation: 'GetDeployments',
        method: 'GET',
        path: '/deployments/v3/apps/{appId}/deployments',
        params: { appId },
        query: { deploymentTag, buildTag, nextPageToken },
        dates: datesOfDeploymentsV3Page,
      },
      options,
    )
  }

  /**
   * Create a deployment.
   *
   * Makes a deployment: new processes use it from now on, running ones stay as they are. 422 when a
   * value is out of its limits or the build has not succeeded.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 400, 401, 404, 408, 422, 429, 500.
   */
  async createDeployment(
    deploymentConfigV3: DeploymentConfigV3,
    appId?: string,
    options?: RequestOptions,
  ): Promise<DeploymentV3> {
    return this.#sender.json(
      {
        operation: 'CreateDeployment',
        method: 'POST',
        path: '/deployments/v3/apps/{appId}/deployments',
        params: { appId },
        body: deploymentConfigV3,
        creates: true,
        dates: datesOfDeploymentV3,
      },
      options,
    )
  }

  /**
   * Get the newest deployment.
   *
   * Answers the deployment that new processes use; 404 when there is none yet.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getLatestDeployment(appId?: string, options?: RequestOptions): Promise<DeploymentV3> {
    return this.#sender.json(
      {
        operation: 'GetLatestDeployment',
        method: 'GET',
        path: '/deployments/v3/apps/{appId}/deployments/latest',
        params: { appId },
        dates: datesOfDeploymentV3,
      },
      options,
    )
  }

  /**
   * Get a deployment.
   *
   * Answers a deployment of the application.
   *
   * @param deploymentId The id of a deployment.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getDeployment(
    deploymentId: string,
    appId?: string,
    options?: RequestOptions,
  ): Promise<DeploymentV3> {
    return this.#sender.json(
      {
        operation: 'GetDeployment',
        method: 'GET',
        path: '/deployments/v3/apps/{appId}/deployments/{deploymentId}',
        params: { deploymentId, appId },
        dates: datesOfDeploymentV3,
      },
      options,
    )
  }
}
