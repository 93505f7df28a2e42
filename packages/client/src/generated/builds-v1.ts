// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import { datesOfBuild } from './date-fields.ts'
import type { Build, CreateBuildParams, RunBuildDeprecatedRequestBody } from './types.ts'

/** Builds, as the oldest version has them. */
export class BuildsV1 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List builds.
   *
   * As GetBuilds: builds belong to the organization, whichever application they were created in.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getBuildsDeprecated(appId?: string, options?: RequestOptions): Promise<Array<Build>> {
    return this.#sender.json(
      {
        operation: 'GetBuildsDeprecated',
        method: 'GET',
        path: '/builds/v1/{appId}/list',
        params: { appId },
        dates: datesOfBuild,
      },
      options,
    )
  }

  /**
   * Create a build for a file.
   *
   * Makes a build whose archive comes with RunBuildDeprecated.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async createBuildDeprecated(
    createBuildParams: CreateBuildParams,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Build> {
    return this.#sender.json(
      {
        operation: 'CreateBuildDeprecated',
        method: 'POST',
        path: '/builds/v1/{appId}/create',
        params: { appId },
        body: createBuildParams,
        creates: true,
        dates: datesOfBuild,
      },
      options,
    )
  }

  /**
   * Get a build.
   *
   * As GetBuild.
   *
   * @param buildId The number of a build: 1, 2, … in its organization.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getBuildInfoDeprecated(
    buildId: number,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Build> {
    return this.#sender.json(
      {
        operation: 'GetBuildInfoDeprecated',
        method: 'GET',
        path: '/builds/v1/{appId}/info/{buildId}',
        params: { buildId, appId },
        dates: datesOfBuild,
      },
      options,
    )
  }

  /**
   * Delete a build.
   *
   * As DeleteBuild.
   *
   * @param buildId The number of a build: 1, 2, … in its organization.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async deleteBuildDeprecated(
    buildId: number,
    appId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'DeleteBuildDeprecated',
        method: 'DELETE',
        path: '/builds/v1/{appId}/delete/{buildId}',
        params: { buildId, appId },
      },
      options,
    )
  }

  /**
   * Run a build.
   *
   * As RunBuild. The form has the archive as `file`. 400 for a second archive: without a file the
   * output of a build that runs or ran is answered again.
   *
   * @param buildId The number of a build: 1, 2, … in its organization.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 400, 401, 404, 408, 422, 429, 500.
   */
  async runBuildDeprecated(
    buildId: number,
    requestBody: RunBuildDeprecatedRequestBody,
    appId?: string,
    options?: RequestOptions,
  ): Promise<string> {
    return this.#sender.text(
      {
        operation: 'RunBuildDeprecated',
        method: 'POST',
        path: '/builds/v1/{appId}/run/{buildId}',
        params: { buildId, appId },
        form: { ...requestBody },
      },
      options,
    )
  }
}
