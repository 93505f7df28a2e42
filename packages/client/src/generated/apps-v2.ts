// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfApplication, datesOfApplicationsPage } from './date-fields.ts'
import type {
  AppConfigWithServiceConfig,
  Application,
  ApplicationsPage,
  CreateAppConfig,
  PartialAppConfigWithServiceConfig,
} from './types.ts'

/** Applications: one game in one environment each. */
export class AppsV2 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List applications.
   *
   * Answers all applications of the organization, each with its newest deployment and its build,
   * newest first. Needs three scopes together, as it shows three kinds of things.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getApps(orgId?: string, options?: RequestOptions): Promise<ApplicationsPage> {
    return this.#sender.json(
      {
        operation: 'GetApps',
        method: 'GET',
        path: '/apps/v2/apps',
        query: { orgId },
        dates: datesOfApplicationsPage,
      },
      options,
    )
  }

  /**
   * Create an application.
   *
   * Makes an application, with an id and a secret of its own. 422 when the name is taken in the
   * organization or not allowed: lower-case letters, digits and dashes, at most 64.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async createApp(
    createAppConfig: CreateAppConfig,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<Application> {
    return this.#sender.json(
      {
        operation: 'CreateApp',
        method: 'POST',
        path: '/apps/v2/apps',
        query: { orgId },
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
   * Answers an application of the organization, without its deployments.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getApp(appId?: string, options?: RequestOptions): Promise<Application> {
    return this.#sender.json(
      {
        operation: 'GetApp',
        method: 'GET',
        path: '/apps/v2/apps/{appId}',
        params: { appId },
        dates: datesOfApplication,
      },
      options,
    )
  }

  /**
   * Replace the configuration of an application.
   *
   * Replaces name, login and service configuration; a service configuration that is left out is
   * removed. PatchApp changes single fields.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async updateApp(
    appConfigWithServiceConfig: AppConfigWithServiceConfig,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Application> {
    return this.#sender.json(
      {
        operation: 'UpdateApp',
        method: 'POST',
        path: '/apps/v2/apps/{appId}',
        params: { appId },
        body: appConfigWithServiceConfig,
        dates: datesOfApplication,
      },
      options,
    )
  }

  /**
   * Change fields of an application.
   *
   * Changes the fields that are given and keeps the others.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async patchApp(
    partialAppConfigWithServiceConfig: PartialAppConfigWithServiceConfig,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Application> {
    return this.#sender.json(
      {
        operation: 'PatchApp',
        method: 'PATCH',
        path: '/apps/v2/apps/{appId}',
        params: { appId },
        body: partialAppConfigWithServiceConfig,
        dates: datesOfApplication,
      },
      options,
    )
  }

  /**
   * Delete an application.
   *
   * Asks all processes of the application to stop. From then on it and all in it are unknown (404),
   * and its name is free.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async deleteApp(appId?: string, options?: RequestOptions): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'DeleteApp',
        method: 'DELETE',
        path: '/apps/v2/apps/{appId}',
        params: { appId },
      },
      options,
    )
  }
}
