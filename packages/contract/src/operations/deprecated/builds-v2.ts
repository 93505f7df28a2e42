/** BuildsV2: the same builds, under integers and in an application, with more ways to upload an archive. */
import Type from 'typebox'
import { operation } from '../../operation.ts'
import { CreateMultipartBuildParams } from '../../schemas/build.ts'
import {
  BuildWithMultipartUrls,
  BuildWithUploadUrl,
  CreateBuildParams,
  RunBuildV2DeprecatedRequestBody,
} from '../../schemas/deprecated/build-upload.ts'
import { Build, buildNumber } from '../../schemas/deprecated/build.ts'
import { appId } from '../../schemas/fields.ts'

const tag = 'BuildsV2'
const query = {}
const deprecated = true
const numbered = { appId, buildId: buildNumber }

export const buildsV2 = {
  GetBuildsV2Deprecated: operation({
    id: 'GetBuildsV2Deprecated',
    tag,
    method: 'get',
    path: '/builds/v2/{appId}/list',
    summary: 'List builds',
    description:
      'As GetBuilds: builds belong to the organization, whichever application they were created in.',
    access: ['builds:read'],
    params: { appId },
    query,
    answer: { status: 200, json: Type.Array(Build), description: 'All builds, newest first.' },
    errors: [401, 404, 408, 429],
    deprecated,
  }),
  CreateBuildV2Deprecated: operation({
    id: 'CreateBuildV2Deprecated',
    tag,
    method: 'post',
    path: '/builds/v2/{appId}/create',
    summary: 'Create a build for a file',
    description: 'Makes a build whose archive comes with RunBuildV2Deprecated.',
    access: ['builds:read-write'],
    params: { appId },
    query,
    body: { json: CreateBuildParams },
    answer: { status: 201, json: Build, description: 'The new build.' },
    errors: [401, 404, 408, 422, 429, 500],
    deprecated,
  }),
  CreateBuildWithUploadUrlV2Deprecated: operation({
    id: 'CreateBuildWithUploadUrlV2Deprecated',
    tag,
    method: 'post',
    path: '/builds/v2/{appId}/createWithUploadUrl',
    summary: 'Create a build for an upload by form',
    description:
      'Makes a build and answers the form that its archive is uploaded with, in one piece and without a token: POST the ' +
      'fields of `uploadBodyParams` and behind them the archive as `file` to `uploadUrl`, then call RunBuildV2Deprecated ' +
      'without a file.',
    access: ['builds:read-write'],
    params: { appId },
    query,
    body: { json: CreateBuildParams },
    answer: {
      status: 201,
      json: BuildWithUploadUrl,
      description: 'The new build and the form.',
    },
    errors: [401, 404, 408, 422, 429, 500],
    deprecated,
  }),
  CreateWithMultipartUploadsV2Deprecated: operation({
    id: 'CreateWithMultipartUploadsV2Deprecated',
    tag,
    method: 'post',
    path: '/builds/v2/{appId}/createWithMultipartUploads',
    summary: 'Create a build for an upload in parts',
    description: 'As CreateBuild. RunBuildV2Deprecated then takes no file.',
    access: ['builds:read-write'],
    params: { appId },
    query,
    body: { json: CreateMultipartBuildParams },
    answer: {
      status: 201,
      json: BuildWithMultipartUrls,
      description: 'The new build and where to upload it.',
    },
    errors: [400, 401, 404, 408, 422, 429, 500],
    deprecated,
  }),
  GetBuildInfoV2Deprecated: operation({
    id: 'GetBuildInfoV2Deprecated',
    tag,
    method: 'get',
    path: '/builds/v2/{appId}/info/{buildId}',
    summary: 'Get a build',
    description: 'As GetBuild.',
    access: ['builds:read'],
    params: numbered,
    query,
    answer: { status: 200, json: Build, description: 'The build.' },
    errors: [401, 404, 408, 429],
    deprecated,
  }),
  DeleteBuildV2Deprecated: operation({
    id: 'DeleteBuildV2Deprecated',
    tag,
    method: 'delete',
    path: '/builds/v2/{appId}/delete/{buildId}',
    summary: 'Delete a build',
    description: 'As DeleteBuild.',
    access: ['builds:read-write'],
    params: numbered,
    query,
    answer: { status: 204, description: 'It is deleted.' },
    errors: [401, 404, 408, 422, 429, 500],
    deprecated,
  }),
  RunBuildV2Deprecated: operation({
    id: 'RunBuildV2Deprecated',
    tag,
    method: 'post',
    path: '/builds/v2/{appId}/run/{buildId}',
    summary: 'Run a build',
    description:
      'As RunBuild. The form has the archive as `file`, or nothing when it was uploaded before or the build ran already. 400 ' +
      'for a second archive.',
    access: ['builds:read-write'],
    params: numbered,
    query,
    body: { form: RunBuildV2DeprecatedRequestBody },
    answer: {
      status: 200,
      stream: 'application/octet-stream',
      description: 'The output of the build, line by line.',
    },
    errors: [400, 401, 404, 408, 422, 429, 500],
    deprecated,
  }),
} as const
