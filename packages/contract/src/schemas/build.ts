/** BuildsV3: an uploaded archive or a container image, and what was made of it. */
import Type, { type Static } from 'typebox'
import { buildId, buildTag, choice, createdBy, dateTime, dateTimeOrNull, orgId } from './fields.ts'

export const buildStatuses = ['created', 'running', 'succeeded', 'failed'] as const

export const BuildStatus = choice(
  'BuildStatus',
  buildStatuses,
  '`created` waits for its content and RunBuild, `running` is being built; a deployment needs `succeeded`.',
)
export type BuildStatus = Static<typeof BuildStatus>

const buildFields = {
  buildId,
  orgId,
  buildTag: Type.Optional(buildTag),
  status: BuildStatus,
  imageSize: Type.Integer({
    description: 'Bytes of the unpacked build; 0 until it has succeeded.',
  }),
  contentHash: Type.Optional(
    Type.String({ description: 'A hash of the content, once it is known.' }),
  ),
  shareUrl: Type.Optional(
    Type.String({ description: 'Where the build can be fetched, if anywhere.' }),
  ),
  createdAt: dateTime('When the build was created.'),
  createdBy,
  startedAt: dateTimeOrNull('When RunBuild began; null before.'),
  finishedAt: dateTimeOrNull('When it succeeded or failed; null before.'),
  deletedAt: dateTimeOrNull('When it was deleted; null while it is there.'),
  expiredAt: Type.Optional(dateTime('When it was removed for its age.')),
}

export const BuildV3 = Type.Object(buildFields, {
  title: 'BuildV3',
  description: 'Something a driver can start: an archive or an image.',
})
export type BuildV3 = Static<typeof BuildV3>

export const BuildsV3Page = Type.Object(
  { builds: Type.Array(BuildV3, { description: 'Newest first.' }) },
  { title: 'BuildsV3Page' },
)
export type BuildsV3Page = Static<typeof BuildsV3Page>

export const BuildPart = Type.Object(
  {
    partNumber: Type.Number({ description: 'Counted from 1.' }),
    putRequestUrl: Type.String({ description: 'PUT the bytes of the part here, without a token.' }),
  },
  { title: 'BuildPart', description: 'A part of an upload.' },
)
export type BuildPart = Static<typeof BuildPart>

export const CreatedBuildV3WithMultipartUrls = Type.Object(
  {
    ...buildFields,
    uploadParts: Type.Array(BuildPart, {
      description:
        'Part N holds the bytes from `maxChunkSize * (N - 1)` up to `maxChunkSize * N` or the end.',
    }),
    maxChunkSize: Type.Number({ description: 'Bytes of each part but the last.' }),
    completeUploadPostRequestUrl: Type.String({
      description:
        'POST the list of parts and their ETags here when all are uploaded, without a token.',
    }),
  },
  {
    title: 'CreatedBuildV3WithMultipartUrls',
    description: 'A new build and the URLs its archive is uploaded to.',
  },
)
export type CreatedBuildV3WithMultipartUrls = Static<typeof CreatedBuildV3WithMultipartUrls>

export const DeletedBuild = Type.Object({}, { title: 'DeletedBuild', description: 'Empty.' })
export type DeletedBuild = Static<typeof DeletedBuild>

const chosenBuildId = Type.String({
  ...buildId,
  description:
    'A build id of your own: letters, digits, `_` and `-`, not used before. Left out: one is made.',
  pattern: '^[a-zA-Z0-9_-]{1,100}$',
})

export const CreateBuildV3Params = Type.Object(
  { buildId: Type.Optional(chosenBuildId), buildTag: Type.Optional(buildTag) },
  { title: 'CreateBuildV3Params' },
)
export type CreateBuildV3Params = Static<typeof CreateBuildV3Params>

export const CreateMultipartBuildParams = Type.Object(
  {
    ...CreateBuildV3Params.properties,
    buildSizeInBytes: Type.Number({
      description:
        'The exact size of the gzipped tar that will be uploaded, at most 10 GiB unless the installation says otherwise.',
      minimum: 1,
      multipleOf: 1,
    }),
  },
  { title: 'CreateMultipartBuildParams' },
)
export type CreateMultipartBuildParams = Static<typeof CreateMultipartBuildParams>

export const RegistryConfig = Type.Object(
  {
    image: Type.String({
      description: 'Name and tag of the image.',
      minLength: 1,
      maxLength: 1000,
    }),
    registryUrl: Type.Optional(
      Type.String({
        description: "The registry's host; left out: the public one.",
        maxLength: 1000,
      }),
    ),
    auth: Type.Optional(
      Type.String({
        description: 'Credentials for the registry, base64; never kept.',
        maxLength: 10_000,
      }),
    ),
  },
  { title: 'RegistryConfig', description: 'An image in a container registry.' },
)
export type RegistryConfig = Static<typeof RegistryConfig>
