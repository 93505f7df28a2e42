/** BuildsV1 and V2: how a build gets its archive there. */
import Type, { type Static } from 'typebox'
import { CreatedBuildV3WithMultipartUrls } from '../build.ts'
import { buildTag, file } from '../fields.ts'
import { Build, RegionalContainerTags } from './build.ts'

export const CreateBuildParams = Type.Object(
  { buildTag: Type.Optional(buildTag) },
  { title: 'CreateBuildParams' },
)
export type CreateBuildParams = Static<typeof CreateBuildParams>

/** The fields of a build, of which the list of tags has a published name of its own in each answer. */
const buildWithTagsNamed = (title: string) => ({
  ...Build.properties,
  regionalContainerTags: Type.Array(
    Type.Object(RegionalContainerTags.properties, {
      ...{ title, description: 'An image of a build in a region.' },
    }),
    { description: 'Always empty: a build is not copied to regions.', deprecated: true },
  ),
})

const { uploadParts, maxChunkSize, completeUploadPostRequestUrl } =
  CreatedBuildV3WithMultipartUrls.properties

export const BuildWithMultipartUrls = Type.Object(
  {
    ...buildWithTagsNamed('BuildWithMultipartUrlsRegionalContainerTags'),
    ...{ uploadParts, maxChunkSize, completeUploadPostRequestUrl },
  },
  {
    title: 'BuildWithMultipartUrls',
    description: 'A new build and the URLs its archive is uploaded to, in parts.',
  },
)
export type BuildWithMultipartUrls = Static<typeof BuildWithMultipartUrls>

export const UploadBodyParams = Type.Object(
  {
    key: Type.String({ description: 'The name of a field.' }),
    value: Type.String({ description: 'What it must hold.' }),
  },
  { title: 'UploadBodyParams', description: 'A field of the form that uploads an archive.' },
)

export const BuildWithUploadUrl = Type.Object(
  {
    ...buildWithTagsNamed('BuildWithUploadUrlRegionalContainerTags'),
    uploadUrl: Type.String({
      description: 'POST a form with the fields and then the archive as `file` here.',
    }),
    uploadBodyParams: Type.Array(UploadBodyParams, {
      description: 'The fields of that form. They carry the permission to upload, for an hour.',
    }),
  },
  {
    title: 'BuildWithUploadUrl',
    description: 'A new build, and the form its archive is uploaded with.',
  },
)
export type BuildWithUploadUrl = Static<typeof BuildWithUploadUrl>

const archive = { ...file, description: 'A gzipped tar.' }

export const RunBuildDeprecatedRequestBody = Type.Object(
  { file: archive },
  { title: 'RunBuildDeprecatedRequestBody' },
)

export const RunBuildV2DeprecatedRequestBody = Type.Object(
  { file: Type.Optional(archive) },
  { title: 'RunBuildV2DeprecatedRequestBody' },
)

/** Of ours: the form that `uploadUrl` takes. */
export const BuildUploadForm = Type.Object(
  {
    expires: Type.String({ description: 'Of `uploadBodyParams`: until when the form holds.' }),
    signature: Type.String({ description: 'Of `uploadBodyParams`: the permission to upload.' }),
    file: { ...archive, description: 'A gzipped tar, behind the fields.' },
  },
  { title: 'BuildUploadForm', description: 'The form that uploads the archive of a build.' },
)
