/** BuildsV3: upload game servers and make them startable. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import {
  BuildV3,
  BuildsV3Page,
  CreateBuildV3Params,
  CreateMultipartBuildParams,
  CreatedBuildV3WithMultipartUrls,
  DeletedBuild,
  RegistryConfig,
} from '../schemas/build.ts'
import { buildId, orgId } from '../schemas/fields.ts'

const tag = 'BuildsV3'
const query = { orgId: Type.Optional(orgId) }

export const buildsV3 = {
  GetBuilds: operation({
    id: 'GetBuilds',
    tag,
    method: 'get',
    path: '/builds/v3/builds',
    summary: 'List builds',
    description: 'Answers all builds of the organization that are not deleted, newest first.',
    access: ['builds:read'],
    params: {},
    query,
    answer: { status: 200, json: BuildsV3Page, description: 'All builds.' },
    errors: [401, 404, 408, 422, 429],
  }),
  CreateBuild: operation({
    id: 'CreateBuild',
    tag,
    method: 'post',
    path: '/builds/v3/builds',
    summary: 'Create a build for an upload',
    description:
      'Makes a build and answers the URLs its gzipped tar is uploaded to, in parts. PUT each part with its exact length and keep ' +
      'its `ETag`, POST the list of them to `completeUploadPostRequestUrl`, then call RunBuild. The URLs carry their own ' +
      'permission and hold for an hour. 422 when the build id is taken.',
    access: ['builds:read-write'],
    params: {},
    query,
    body: { json: CreateMultipartBuildParams },
    answer: {
      status: 201,
      json: CreatedBuildV3WithMultipartUrls,
      description: 'The new build and where to upload it.',
    },
    errors: [400, 401, 404, 408, 422, 429, 500],
  }),
  CreateBuildRegistry: operation({
    id: 'CreateBuildRegistry',
    tag,
    method: 'post',
    path: '/builds/v3/builds/registry',
    summary: 'Create a build for an image',
    description: 'Makes a build for RunBuildRegistry. 422 when the build id is taken.',
    access: ['builds:read-write'],
    params: {},
    query,
    body: { json: CreateBuildV3Params },
    answer: { status: 201, json: BuildV3, description: 'The new build.' },
    errors: [400, 401, 404, 408, 422, 429, 500],
  }),
  GetBuild: operation({
    id: 'GetBuild',
    tag,
    method: 'get',
    path: '/builds/v3/builds/{buildId}',
    summary: 'Get a build',
    description: 'Answers a build of the organization.',
    access: ['builds:read'],
    params: { buildId },
    query,
    answer: { status: 200, json: BuildV3, description: 'The build.' },
    errors: [401, 404, 408, 429],
  }),
  DeleteBuild: operation({
    id: 'DeleteBuild',
    tag,
    method: 'delete',
    path: '/builds/v3/builds/{buildId}',
    summary: 'Delete a build',
    description:
      'Deletes a build. Processes that run it go on; new ones of its deployments can no longer start.',
    access: ['builds:read-write'],
    params: { buildId },
    query,
    answer: { status: 200, json: DeletedBuild, description: 'It is deleted.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
  RunBuild: operation({
    id: 'RunBuild',
    tag,
    method: 'post',
    path: '/builds/v3/builds/{buildId}/run',
    summary: 'Run a build from its upload',
    description:
      "Makes the uploaded archive startable and streams the build's output; the answer stays open until it is over, and GetBuild then " +
      'tells how it went. The build goes on when the caller leaves; asking again joins or replays its output. 400 while the ' +
      'upload is not complete.',
    access: ['builds:read-write'],
    params: { buildId },
    query,
    answer: {
      status: 200,
      stream: 'application/octet-stream',
      description: 'The output of the build, line by line.',
    },
    errors: [400, 401, 404, 408, 422, 429, 500],
  }),
  RunBuildRegistry: operation({
    id: 'RunBuildRegistry',
    tag,
    method: 'post',
    path: '/builds/v3/builds/{buildId}/runRegistry',
    summary: 'Run a build from an image',
    description:
      "Fetches an image from a container registry and streams the build's output, as RunBuild does.",
    access: ['builds:read-write'],
    params: { buildId },
    query,
    body: { json: RegistryConfig },
    answer: {
      status: 200,
      stream: 'application/octet-stream',
      description: 'The output of the build, line by line.',
    },
    errors: [400, 401, 404, 408, 422, 429, 500],
  }),
} as const
