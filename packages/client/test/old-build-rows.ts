/** Builds, as the older versions ask for them. */
import type { Row } from './official-row.ts'
import { type Respond, json } from './recorder.ts'
import { build } from './samples.ts'

const nothing: Respond = (response) => response.writeHead(204).end()

/** What is said under a media type. */
const said =
  (contentType: string): Respond =>
  (response) => {
    response.writeHead(200, { 'Content-Type': contentType })
    response.end('one\ntwo\n')
  }

const textOf = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text()

const { orgId: _, ...shared } = build
const oldBuild = {
  ...{ ...shared, buildId: 7, appId: 'app-1', buildTag: null },
  regionalContainerTags: [{ region: 'Tokyo', containerTag: 'a' }],
}
const file = new File(['bytes'], 'game.tgz', { type: 'application/gzip' })
const named = { fileName: 'game', content: new TextEncoder().encode('bytes') }

export const oldBuildRows: readonly Row[] = [
  {
    id: 'GetBuildsDeprecated',
    ours: (c) => c.buildsV1.getBuildsDeprecated(),
    theirs: (c) => c.buildsV1.getBuildsDeprecated(),
    answer: json(200, [oldBuild]),
  },
  {
    id: 'CreateBuildDeprecated',
    ours: (c) => c.buildsV1.createBuildDeprecated({ buildTag: 'v1' }, 'app-2'),
    theirs: (c) => c.buildsV1.createBuildDeprecated({ buildTag: 'v1' }, 'app-2'),
    answer: json(201, oldBuild),
  },
  {
    id: 'GetBuildInfoDeprecated',
    ours: (c) => c.buildsV1.getBuildInfoDeprecated(7),
    theirs: (c) => c.buildsV1.getBuildInfoDeprecated(7),
    answer: json(200, oldBuild),
  },
  {
    id: 'DeleteBuildDeprecated',
    ours: (c) => c.buildsV1.deleteBuildDeprecated(7, 'app-2'),
    theirs: (c) => c.buildsV1.deleteBuildDeprecated(7, 'app-2'),
    answer: nothing,
  },
  {
    id: 'RunBuildDeprecated',
    ours: (c) => c.buildsV1.runBuildDeprecated(7, { file }),
    theirs: (c) => c.buildsV1.runBuildDeprecated(7, { file }),
    answer: said('text/plain; charset=utf-8'),
  },
  {
    id: 'GetBuildsV2Deprecated',
    ours: (c) => c.buildsV2.getBuildsV2Deprecated('app-2'),
    theirs: (c) => c.buildsV2.getBuildsV2Deprecated('app-2'),
    answer: json(200, [oldBuild, { ...oldBuild, buildTag: 'v1' }]),
  },
  {
    id: 'CreateBuildV2Deprecated',
    ours: (c) => c.buildsV2.createBuildV2Deprecated({}),
    theirs: (c) => c.buildsV2.createBuildV2Deprecated({}),
    answer: json(201, oldBuild),
  },
  {
    id: 'CreateBuildWithUploadUrlV2Deprecated',
    ours: (c) => c.buildsV2.createBuildWithUploadUrlV2Deprecated({ buildTag: 'v1' }),
    theirs: (c) => c.buildsV2.createBuildWithUploadUrlV2Deprecated({ buildTag: 'v1' }),
    answer: json(201, {
      ...{ ...oldBuild, uploadUrl: 'http://127.0.0.1/file' },
      uploadBodyParams: [{ key: 'signature', value: 'abc' }],
    }),
  },
  {
    id: 'CreateWithMultipartUploadsV2Deprecated',
    ours: (c) => c.buildsV2.createWithMultipartUploadsV2Deprecated({ buildSizeInBytes: 9 }),
    theirs: (c) => c.buildsV2.createWithMultipartUploadsV2Deprecated({ buildSizeInBytes: 9 }),
    answer: json(201, {
      ...{ ...oldBuild, maxChunkSize: 1000, completeUploadPostRequestUrl: 'http://127.0.0.1/c' },
      uploadParts: [{ partNumber: 1, putRequestUrl: 'http://127.0.0.1/part' }],
    }),
  },
  {
    id: 'GetBuildInfoV2Deprecated',
    ours: (c) => c.buildsV2.getBuildInfoV2Deprecated(7),
    theirs: (c) => c.buildsV2.getBuildInfoV2Deprecated(7),
    answer: json(200, oldBuild),
  },
  {
    id: 'DeleteBuildV2Deprecated',
    ours: (c) => c.buildsV2.deleteBuildV2Deprecated(7, 'app-2'),
    theirs: (c) => c.buildsV2.deleteBuildV2Deprecated(7, 'app-2'),
    answer: nothing,
  },
  {
    id: 'RunBuildV2Deprecated',
    ours: (c) => c.buildsV2.runBuildV2Deprecated(7, { file: named }, 'app-2').then(textOf),
    theirs: (c) => c.buildsV2.runBuildV2Deprecated(7, { file: named }, 'app-2').then(textOf),
    answer: said('application/octet-stream'),
  },
  {
    id: 'RunBuildV2Deprecated',
    ours: (c) => c.buildsV2.runBuildV2Deprecated(7, {}).then(textOf),
    theirs: (c) => c.buildsV2.runBuildV2Deprecated(7, {}).then(textOf),
    answer: said('application/octet-stream'),
  },
]
