/** Operations of Hatchery's own, beside the published API. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import { appId, buildId, processId } from '../schemas/fields.ts'
import { ProcessView } from '../schemas/process.ts'

const tag = 'Hatchery'

/** What a signed upload URL carries in place of a token. */
const permission = {
  expires: Type.Integer({ description: 'Unix time in seconds until which the URL holds.' }),
  signature: Type.String({ description: 'The permission to upload.' }),
}

export const hatchery = {
  GetProcessView: operation({
    id: 'GetProcessView',
    tag,
    method: 'get',
    path: '/hatchery/v1/apps/{appId}/processes/{processId}',
    summary: 'Get a process with what Hatchery knows of it',
    description:
      'Answers the fields of GetProcess, and what shall become of the process, its machine, its exit code, how its ' +
      'connections are counted and whether its limits are enforced.',
    access: ['processes:read'],
    params: { appId, processId },
    query: {},
    answer: { status: 200, json: ProcessView, description: 'The process.' },
    errors: [401, 404, 408, 429],
    ours: true,
  }),
  UploadBuildPart: operation({
    id: 'UploadBuildPart',
    tag,
    method: 'put',
    path: '/hatchery/v1/uploads/{buildId}/parts/{partNumber}',
    summary: 'Upload a part of a build',
    description:
      'Takes the bytes of one part; `Content-Length` must be its exact length. The answer carries an `ETag` for CompleteUpload. ' +
      'The whole URL comes from CreateBuild; repeating a part overwrites it.',
    access: 'signed',
    params: {
      buildId,
      partNumber: Type.Integer({ description: 'Counted from 1.', minimum: 1 }),
    },
    query: permission,
    body: { stream: 'application/octet-stream' },
    answer: { status: 200, description: 'The part is stored; its `ETag` stands in the header.' },
    errors: [400, 404, 408, 422, 429, 500],
    ours: true,
  }),
  CompleteUpload: operation({
    id: 'CompleteUpload',
    tag,
    method: 'post',
    path: '/hatchery/v1/uploads/{buildId}/complete',
    summary: 'Complete an upload',
    description:
      'Takes the list of all parts with their ETags as a `CompleteMultipartUpload` XML document. 422 names a part that is ' +
      'missing or differs. The whole URL comes from CreateBuild; repeating it changes nothing.',
    access: 'signed',
    params: { buildId },
    query: permission,
    body: { text: 'application/xml' },
    answer: { status: 200, description: 'The upload is complete: RunBuild can be called.' },
    errors: [400, 404, 408, 422, 429, 500],
    ours: true,
  }),
} as const
