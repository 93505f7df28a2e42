/** BuildsV1: as BuildsV2, but an archive comes with RunBuild alone, and its output is a text. */
import { operation } from '../../operation.ts'
import { RunBuildDeprecatedRequestBody } from '../../schemas/deprecated/build-upload.ts'
import { buildsV2 } from './builds-v2.ts'

const tag = 'BuildsV1'

export const buildsV1 = {
  GetBuildsDeprecated: operation({
    ...buildsV2.GetBuildsV2Deprecated,
    id: 'GetBuildsDeprecated',
    tag,
    path: '/builds/v1/{appId}/list',
  }),
  CreateBuildDeprecated: operation({
    ...buildsV2.CreateBuildV2Deprecated,
    id: 'CreateBuildDeprecated',
    tag,
    path: '/builds/v1/{appId}/create',
    description: 'Makes a build whose archive comes with RunBuildDeprecated.',
  }),
  GetBuildInfoDeprecated: operation({
    ...buildsV2.GetBuildInfoV2Deprecated,
    id: 'GetBuildInfoDeprecated',
    tag,
    path: '/builds/v1/{appId}/info/{buildId}',
  }),
  DeleteBuildDeprecated: operation({
    ...buildsV2.DeleteBuildV2Deprecated,
    id: 'DeleteBuildDeprecated',
    tag,
    path: '/builds/v1/{appId}/delete/{buildId}',
  }),
  RunBuildDeprecated: operation({
    ...buildsV2.RunBuildV2Deprecated,
    id: 'RunBuildDeprecated',
    tag,
    path: '/builds/v1/{appId}/run/{buildId}',
    description:
      'As RunBuild. The form has the archive as `file`. 400 for a second archive: without a file the output of a build that ' +
      'runs or ran is answered again.',
    body: { form: RunBuildDeprecatedRequestBody },
    answer: { status: 200, text: 'text/plain', description: 'The output of the build.' },
  }),
} as const
