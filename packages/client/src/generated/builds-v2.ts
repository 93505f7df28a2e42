// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import {
  datesOfBuild,
  datesOfBuildWithMultipartUrls,
  datesOfBuildWithUploadUrl,
} from './date-fields.ts'
import type {
  Build,
  BuildWithMultipartUrls,
  BuildWithUploadUrl,
  CreateBuildParams,
  CreateMultipartBuildParams,
  RunBuildV2DeprecatedRequestBody,
} from './types.ts'

/** Builds, as an older version has them. */
export class BuildsV2 {
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
  async getBuildsV2Deprecated(appId?: string, options?: RequestOptions): Promise<Array<Build>> {
    return this.#sender.json(
      {
        operation: 'GetBuildsV2Deprecated',
        method: 'GET',
        path: '/builds/v2/{appId}/list',
        params: { appId },
        dates: datesOfBuild,
      },
      options,
    )
  }

  /**
   * Create a build for a file.
   *
   * Makes a build whose archive comes with RunBuildV2Deprecated.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async createBuildV2Deprecated(
    createBuildParams: CreateBuildParams,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Build> {
    return this.#sender.json(
      {
        operation: 'CreateBuildV2Deprecated',
        method: 'POST',
        path: '/builds/v2/{appId}/create',
        params: { appId },
        body: createBuildParams,
        creates: true,
        dates: datesOfBuild,
      },
      options,
    )
  }

  /**
   * Create a build for an upload by form.
   *
   * Makes a build and answers the form that its archive is uploaded with, in one piece and without
   * a token: POST the fields of `uploadBodyParams` and behind them the archive as `file` to
   * `uploadUrl`, then call RunBuildV2Deprecated without a file.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async createBuildWithUploadUrlV2Deprecated(
    createBuildParams: CreateBuildParams,
    appId?: string,
    options?: RequestOptions,
  ): Promise<BuildWithUploadUrl> {
    return this.#sender.json(
      {
        operation: 'CreateBuildWithUploadUrlV2Deprecated',
        method: 'POST',
        path: '/builds/v2/{appId}/createWithUploadUrl',
        params: { appId },
        body: createBuildParams,
        creates: true,
        dates: datesOfBuildWithUploadUrl,
      },
      options,
    )
  }

  /**
   * Create a build for an upload in parts.
   *
   * As CreateBuild. RunBuildV2Deprecated then takes no file.
   *
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 400, 401, 404, 408, 422, 429, 500.
   */
  async createWithMultipartUploadsV2Deprecated(
    createMultipartBuildParams: CreateMultipartBuildParams,
    appId?: string,
    options?: RequestOptions,
  ): Promise<BuildWithMultipartUrls> {
    return this.#sender.json(
      {
        operation: 'CreateWithMultipartUploadsV2Deprecated',
        method: 'POST',
        path: '/builds/v2/{appId}/createWithMultipartUploads',
        params: { appId },
        body: createMultipartBuildParams,
        creates: true,
        dates: datesOfBuildWithMultipartUrls,
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
  async getBuildInfoV2Deprecated(
    buildId: number,
    appId?: string,
    options?: RequestOptions,
  ): Promise<Build> {
    return this.#sender.json(
      {
        operation: 'GetBuildInfoV2Deprecated',
        method: 'GET',
        path: '/builds/v2/{appId}/info/{buildId}',
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
  async deleteBuildV2Deprecated(
    buildId: number,
    appId?: string,
    options?: RequestOptions,
  ): Promise<void> {
    return this.#sender.empty(
      {
        operation: 'DeleteBuildV2Deprecated',
        method: 'DELETE',
        path: '/builds/v2/{appId}/delete/{buildId}',
        params: { buildId, appId },
      },
      options,
    )
  }

  /**
   * Run a build.
   *
   * As RunBuild. The form has the archive as `file`, or nothing when it was uploaded before or the
   * build ran already. 400 for a second archive.
   *
   * @param buildId The number of a build: 1, 2, … in its organization.
   * @param appId The id of an application. The client's own when left out.
   * @throws {ApiError} with status 400, 401, 404, 408, 422, 429, 500.
   */
  async runBuildV2Deprecated(
    buildId: number,
    requestBody: RunBuildV2DeprecatedRequestBody,
    appId?: string,
    options?: RequestOptions,
  ): Promise<ReadableStream<Uint8Array>> {
    return this.#sender.stream(
      {
        operation: 'RunBuildV2Deprecated',
        method: 'POST',
        path: '/builds/v2/{appId}/run/{buildId}',
        params: { buildId, appId },
        form: { ...requestBody },
      },
      options,
    )
  }
}
