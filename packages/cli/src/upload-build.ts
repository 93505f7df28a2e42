/** Packs a folder and makes a build of it: create, upload in parts, complete, run; as the official CLI does it. */
import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Hatchery } from '@hatchery/client'
import { create } from 'tar'
import { Failure } from './failure.ts'

export interface BuildRequest {
  readonly client: Hatchery
  readonly folder: string
  readonly buildTag: string
  /** Gets the build's output line by line. */
  readonly say: (line: string) => void
}

/** Answers the id of a build that succeeded; rejects with a Failure and the build's last lines. */
export async function uploadBuild({
  client,
  folder,
  buildTag,
  say,
}: BuildRequest): Promise<string> {
  const archive = await pack(folder)
  const build = await client.buildsV3.createBuild({
    buildSizeInBytes: archive.byteLength,
    buildTag,
  })
  const etags = []
  for (const { partNumber, putRequestUrl } of build.uploadParts) {
    const from = build.maxChunkSize * (partNumber - 1)
    const part = archive.subarray(from, from + build.maxChunkSize)
    etags.push({
      partNumber,
      etag: await send('PUT', putRequestUrl, part, 'application/octet-stream'),
    })
  }
  await send('POST', build.completeUploadPostRequestUrl, completeXml(etags), 'application/xml')
  await run(client, build.buildId, say)
  return build.buildId
}

/** A gzipped tar of all files, with paths relative to the folder. */
async function pack(folder: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  const stream = create({ gzip: true, cwd: folder, portable: true }, readdirSync(folder))
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function send(
  method: string,
  url: string,
  body: Uint8Array | string,
  contentType: string,
): Promise<string> {
  const response = await fetch(url, {
    method,
    body: body as BodyInit,
    headers: { 'content-type': contentType },
  })
  if (response.ok) return response.headers.get('etag') ?? ''
  throw new Failure(`an upload was refused with ${response.status}: ${await response.text()}`, {
    exitCode: 1,
  })
}

const completeXml = (parts: readonly { partNumber: number; etag: string }[]): string =>
  `<CompleteMultipartUpload>${parts
    .map(
      ({ partNumber, etag }) =>
        `<Part><PartNumber>${partNumber}</PartNumber><ETag>${etag}</ETag></Part>`,
    )
    .join('')}</CompleteMultipartUpload>`

async function run(client: Hatchery, buildId: string, say: (line: string) => void): Promise<void> {
  const lines: string[] = []
  const output = await client.buildsV3.runBuild(buildId)
  for await (const line of createInterface({ input: Readable.fromWeb(output as ReadableStream) })) {
    lines.push(line)
    say(line)
  }
  const { status } = await client.buildsV3.getBuild(buildId)
  if (status === 'succeeded') return
  throw new Failure(`build ${buildId} ${status}:\n${lines.slice(-20).join('\n')}`, { exitCode: 7 })
}
