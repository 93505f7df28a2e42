/** An archive on its way to the server: in parts, some at a time, a part again where the connection failed. */
import { openAsBlob } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { BuildsV3CreateResponse } from './build.ts'
import type { Archive } from './archive.ts'
import { Failure } from '../failure.ts'

export interface UploadOptions {
  readonly archive: Archive
  readonly build: BuildsV3CreateResponse
  /** Gets the number of bytes that arrived so far. */
  readonly told: (bytes: number) => void
  readonly signal: AbortSignal
}

const atOnce = 4
const tries = 5

export async function upload({ archive, build, told, signal }: UploadOptions): Promise<void> {
  const blob = await openAsBlob(archive.file)
  const waiting = [...build.uploadParts]
  const parts: { partNumber: number; etag: string }[] = []
  let sent = 0

  async function sendParts(): Promise<void> {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const from = build.maxChunkSize * (part.partNumber - 1)
      const body = blob.slice(from, from + build.maxChunkSize)
      const request = { method: 'PUT', body, type: 'application/octet-stream' }
      const etag = await send(part.putRequestUrl, request, signal)
      parts.push({ partNumber: part.partNumber, etag })
      told((sent += body.size))
    }
  }

  await Promise.all(Array.from({ length: atOnce }, sendParts))
  parts.sort((a, b) => a.partNumber - b.partNumber)
  const list = { method: 'POST', body: completeXml(parts), type: 'application/xml' }
  await send(build.completeUploadPostRequestUrl, list, signal)
}

interface Sent {
  readonly method: string
  readonly body: Blob | string
  readonly type: string
}

/** Answers the ETag. What is sent again overwrites what came before. */
async function send(
  url: string,
  { method, body, type }: Sent,
  signal: AbortSignal,
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(url, {
      ...{ method, body, signal, redirect: 'error' },
      headers: { 'content-type': type },
    }).catch((error: unknown) => error)
    if (answer instanceof Response && answer.ok) return answer.headers.get('etag') ?? ''
    if (signal.aborted) throw new Failure('the upload was broken off', { exitCode: 130 })
    if (attempt === tries || !isPassing(answer)) throw await refused(answer, url)
    await delay(200 * 2 ** attempt * Math.random(), undefined, { signal })
  }
}

/** A connection that broke, or a server that is busy. */
const isPassing = (answer: unknown): boolean =>
  !(answer instanceof Response) || answer.status === 429 || answer.status >= 500

/** The URL is a secret: all that is told is the server it is for, which the setting `publicUrl` names. */
async function refused(answer: unknown, url: string): Promise<Failure> {
  const why =
    answer instanceof Response
      ? `with ${answer.status}: ${messageOf(await answer.text())}`
      : `as the connection to ${new URL(url).origin} failed`
  return new Failure(`a part of the upload failed ${why}`, { exitCode: 1 })
}

function messageOf(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown }
    return typeof message === 'string' ? message : body
  } catch {
    return body
  }
}

const completeXml = (parts: readonly { partNumber: number; etag: string }[]): string =>
  `<CompleteMultipartUpload>${parts
    .map(
      ({ partNumber, etag }) =>
        `<Part><PartNumber>${partNumber}</PartNumber><ETag>${etag}</ETag></Part>`,
    )
    .join('')}</CompleteMultipartUpload>`
