// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import {
  datesOfApplication,
  datesOfApplicationWithLatestDeploymentAndBuildDeprecated,
} from './date-fields.ts'
import type {
  Application,
  ApplicationWithLatestDeploymentAndBuildDeprecated,
  CreateAppConfig,
} from './types.ts'

/** Applications, as the oldest version has them. */
export class AppsV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List applications.
   *
   * As GetApps.
   *
   * @throws {ApiError} with status 401, 408, 429.
   */
  async getAppsV1Deprecated(
    options?: RequestOptions,
  ): Promise<Array<ApplicationWithLatestDeploymentAndBuildDeprecated>> {
    return this.#sender.json(
      {
        operation: 'GetAppsV1Deprecated',
        method: 'GET',
        path: '/apps/v1/list',
        dates: datesOfApplicationWithLatestDeploymentAndBuildDeprecated,
      },
      options,
    )
  }

  /**
   * Create an application.
   *
   * As CreateApp.
   *
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async createAppV1Deprecated(
    createAppConfig: CreateAppConfig,
    options?: RequestOptions,
  ): Promise<Application> {
    return this.#sender.json(
      {
        operation: 'CreateAppV1Deprecated',
        method: 'POST',
        path: '/apps/v1/create',
        body: createAppConfig,
        creates: true,
        dates: datesOfApplication,
      },
      options,
    )
  }

  /**
   * Get an application.
   *
   * As GetApp.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getAppInfoV1Deprecated(appId?: string, options?: RequestOptions): Promise<Application> {
    return this.#sender.json(
      {
        operation: 'GetAppInfoV1Deprecated',
        method: 'GET',
        path: '/apps/v1/info/{appId}',
        params: { appId },
        dates: datesOfApplication,
      },
      options,
    )
  }

  /**
   * Change the name and the logins of an application.
   *
   * Replaces name and login configuration. The service configuration, which this version does not
   * know, stays.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async updateAppV1Deprecated(
    createAppConfig: CreateAppConfig,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Application> {
    return this.#sender.json(
      {
        operation: 'UpdateAppV1Deprecated',
        method: 'POST',
        path: '/apps/v1/update/{appId}',
        params: { appId },
        body: createAppConfig,
        dates: datesOfApplication,
      },
      options,
    )
  }

  /**
   * Delete an application.
   *
   * As DeleteApp.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async deleteAppV1Deprecated(appId?: string, options?: RequestOptions): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'DeleteAppV1Deprecated',
        method: 'DELETE',
        path: '/apps/v1/delete/{appId}',
        params: { appId },
      },
      options,
    )
  }
}
