/** Uploads an archive as the official clients do: all parts at once, then the list of their ETags. */
import type { BuildV3, CreatedBuildV3WithMultipartUrls, Hatchery } from '@hatchery/client'
import { eventually } from './eventually.ts'

type CreatedBuild = Pick<
  CreatedBuildV3WithMultipartUrls,
  'uploadParts' | 'maxChunkSize' | 'completeUploadPostRequestUrl'
>

/** Sends every part and completes the upload. Rejects when the server refuses any of it. */
export async function upload(created: CreatedBuild, archive: Uint8Array): Promise<void> {
  const etags = await Promise.all(
    created.uploadParts.map((part) => putPart(created, part, archive)),
  )
  const answer = await completeUpload(created, completeXml(etags))
  if (answer.status !== 200) throw new Error(`complete: ${answer.status} ${await answer.text()}`)
}

async function putPart(
  created: CreatedBuild,
  { partNumber, putRequestUrl }: CreatedBuild['uploadParts'][number],
  archive: Uint8Array,
): Promise<string> {
  const answer = await put(putRequestUrl, partOf(created, partNumber, archive))
  const etag = answer.headers.get('etag')
  if (answer.status !== 200 || etag === null) {
    throw new Error(`part ${partNumber}: ${answer.status} ${await answer.text()}`)
  }
  return etag
}

/** The bytes of part `partNumber`, counted from 1. */
export const partOf = (
  { maxChunkSize }: CreatedBuild,
  partNumber: number,
  archive: Uint8Array,
): Uint8Array => archive.subarray(maxChunkSize * (partNumber - 1), maxChunkSize * partNumber)

export const put = (url: string, bytes: Uint8Array): Promise<Response> =>
  fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(bytes),
  })

/** The document of CompleteUpload as the official CLI writes it; the ETags of parts 1, 2, … */
export const completeXml = (etags: readonly string[]): string =>
  `<CompleteMultipartUpload>${etags
    .map(
      (etag, index) =>
        `\n\t<Part>\n\t\t<PartNumber>${index + 1}</PartNumber>\n\t\t<ETag>${etag}</ETag>\n\t</Part>`,
    )
    .join('')}</CompleteMultipartUpload>`

export const completeUpload = (created: CreatedBuild, xml: string): Promise<Response> =>
  fetch(created.completeUploadPostRequestUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/xml' },
    body: xml,
  })

export const textOf = (stream: ReadableStream<Uint8Array>): Promise<string> =>
  new Response(stream).text()

/** A build of `archive` that has succeeded. Nobody reads its output, which ends a little later than the build. */
export async function succeededBuild(
  client: Hatchery,
  archive: string,
  named: { buildTag?: string } = {},
): Promise<BuildV3> {
  const bytes = Buffer.from(archive)
  const created = await client.buildsV3.createBuild({ ...named, buildSizeInBytes: bytes.length })
  await upload(created, bytes)
  await (await client.buildsV3.runBuild(created.buildId)).cancel()
  return await eventually(`build ${created.buildId} has succeeded`, async () => {
    const build = await client.buildsV3.getBuild(created.buildId)
    return build.status === 'succeeded' && build
  })
}

/** A build of `archive`, run to its end whether it succeeds or not, with its output. */
export async function buildOf(
  client: Hatchery,
  archive: Uint8Array | string,
  named: { buildId?: string; buildTag?: string } = {},
): Promise<{ build: BuildV3; output: string }> {
  const bytes = typeof archive === 'string' ? Buffer.from(archive) : archive
  const created = await client.buildsV3.createBuild({ ...named, buildSizeInBytes: bytes.length })
  await upload(created, bytes)
  const output = await textOf(await client.buildsV3.runBuild(created.buildId))
  return { build: await client.buildsV3.getBuild(created.buildId), output }
}
