// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
import {
  datesOfBuildV3,
  datesOfBuildsV3Page,
  datesOfCreatedBuildV3WithMultipartUrls,
} from './date-fields.ts'
import type {
  BuildV3,
  BuildsV3Page,
  CreateBuildV3Params,
  CreateMultipartBuildParams,
  CreatedBuildV3WithMultipartUrls,
  DeletedBuild,
  RegistryConfig,
} from './types.ts'

/** Builds: what a deployment runs. */
export class BuildsV3 {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /**
   * List builds.
   *
   * Answers all builds of the organization that are not deleted, newest first.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429.
   */
  async getBuilds(orgId?: string, options?: RequestOptions): Promise<BuildsV3Page> {
    return this.#sender.json(
      {
        operation: 'GetBuilds',
        method: 'GET',
        path: '/builds/v3/builds',
        query: { orgId },
        dates: datesOfBuildsV3Page,
      },
      options,
    )
  }

  /**
   * Create a build for an upload.
   *
   * Makes a build and answers the URLs its gzipped tar is uploaded to, in parts. PUT each part with
   * its exact length and keep its `ETag`, POST the list of them to `completeUploadPostRequestUrl`,
   * then call RunBuild. The URLs carry their own permission and hold for an hour. 422 when the
   * build id is taken.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 400, 401, 404, 408, 422, 429, 500.
   */
  async createBuild(
    createMultipartBuildParams: CreateMultipartBuildParams,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<CreatedBuildV3WithMultipartUrls> {
    return this.#sender.json(
      {
        operation: 'CreateBuild',
        method: 'POST',
        path: '/builds/v3/builds',
        query: { orgId },
        body: createMultipartBuildParams,
        creates: createMultipartBuildParams.buildId === undefined,
        dates: datesOfCreatedBuildV3WithMultipartUrls,
      },
      options,
    )
  }

  /**
   * Create a build for an image.
   *
   * Makes a build for RunBuildRegistry. 422 when the build id is taken.
   *
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 400, 401, 404, 408, 422, 429, 500.
   */
  async createBuildRegistry(
    createBuildV3Params: CreateBuildV3Params,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<BuildV3> {
    return this.#sender.json(
      {
        operation: 'CreateBuildRegistry',
        method: 'POST',
        path: '/builds/v3/builds/registry',
        query: { orgId },
        body: createBuildV3Params,
        creates: createBuildV3Params.buildId === undefined,
        dates: datesOfBuildV3,
      },
      options,
    )
  }

  /**
   * Get a build.
   *
   * Answers a build of the organization.
   *
   * @param buildId The id of a build: made by the server, or chosen when the build was created.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 429.
   */
  async getBuild(buildId: string, orgId?: string, options?: RequestOptions): Promise<BuildV3> {
    return this.#sender.json(
      {
        operation: 'GetBuild',
        method: 'GET',
        path: '/builds/v3/builds/{buildId}',
        params: { buildId },
        query: { orgId },
        dates: datesOfBuildV3,
      },
      options,
    )
  }

  /**
   * Delete a build.
   *
   * Deletes a build. Processes that run it go on; new ones of its deployments can no longer start.
   *
   * @param buildId The id of a build: made by the server, or chosen when the build was created.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 401, 404, 408, 422, 429, 500.
   */
  async deleteBuild(
    buildId: string,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<DeletedBuild> {
    return this.#sender.json(
      {
        operation: 'DeleteBuild',
        method: 'DELETE',
        path: '/builds/v3/builds/{buildId}',
        params: { buildId },
        query: { orgId },
      },
      options,
    )
  }

  /**
   * Run a build from its upload.
   *
   * Makes the uploaded archive startable and streams the build's output; the answer stays open
   * until it is over, and GetBuild then tells how it went. The build goes on when the caller
   * leaves; asking again joins or replays its output. 400 while the upload is not complete.
   *
   * @param buildId The id of a build: made by the server, or chosen when the build was created.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 400, 401, 404, 408, 422, 429, 500.
   */
  async runBuild(
    buildId: string,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<ReadableStream<Uint8Array>> {
    return this.#sender.stream(
      {
        operation: 'RunBuild',
        method: 'POST',
        path: '/builds/v3/builds/{buildId}/run',
        params: { buildId },
        query: { orgId },
      },
      options,
    )
  }

  /**
   * Run a build from an image.
   *
   * Fetches an image from a container registry and streams the build's output, as RunBuild does.
   *
   * @param buildId The id of a build: made by the server, or chosen when the build was created.
   * @param orgId The id of an organization. The client's own when left out.
   * @throws {ApiError} with status 400, 401, 404, 408, 422, 429, 500.
   */
  async runBuildRegistry(
    buildId: string,
    registryConfig: RegistryConfig,
    orgId?: string,
    options?: RequestOptions,
  ): Promise<ReadableStream<Uint8Array>> {
    return this.#sender.stream(
      {
        operation: 'RunBuildRegistry',
        method: 'POST',
        path: '/builds/v3/builds/{buildId}/runRegistry',
        params: { buildId },
        query: { orgId },
        body: registryConfig,
      },
      options,
    )
  }
}
