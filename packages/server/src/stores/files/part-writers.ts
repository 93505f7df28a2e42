/** Writes parts of uploads. Different parts go at once; of two that send the same part, the newer one wins. */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { HatcheryError } from '@hatchery/contract'
import type { UploadPart } from '../../domain/files.ts'
import type { UploadFolder } from './upload-folder.ts'

export interface PartWriters {
  /** Answers the ETag once the part is durable. */
  write(upload: UploadFolder, part: UploadPart): Promise<string>
  /** Does something that no part may be written during; refuses with `not-now` while one is. */
  exclusively(buildId: string, action: () => Promise<void>): Promise<void>
  /** Ends those that write to an upload. */
  stop(buildId: string): Promise<void>
}

interface Writing {
  /** Rejects when it has to end. */
  readonly stopped: Promise<never>
  readonly stop: () => void
  /** Settles when it touches the file no more. */
  done: Promise<unknown>
}

export function createPartWriters(): PartWriters {
  const active = new Map<string, Map<number, Writing>>()
  const sealed = new Set<string>()

  async function write(upload: UploadFolder, part: UploadPart): Promise<string> {
    const { buildId } = upload
    if (sealed.has(buildId)) throw isComplete(buildId)
    const ofBuild = active.get(buildId) ?? new Map<number, Writing>()
    active.set(buildId, ofBuild)
    const before = ofBuild.get(part.partNumber)
    const mine = aWriting(part)
    ofBuild.set(part.partNumber, mine)
    before?.stop()
    const etag = Promise.resolve(before?.done).then(() => writePart(upload, part, mine.stopped))
    mine.done = etag.catch(() => undefined)
    try {
      return await etag
    } finally {
      if (ofBuild.get(part.partNumber) === mine) ofBuild.delete(part.partNumber)
      if (ofBuild.size === 0) active.delete(buildId)
    }
  }

  return {
    write,
    async exclusively(buildId, action) {
      const [partNumber] = active.get(buildId)?.keys() ?? []
      if (partNumber !== undefined) {
        throw new HatcheryError(
          'not-now',
          `part ${partNumber} is still being sent: complete the upload after it`,
        )
      }
      sealed.add(buildId)
      try {
        await action()
      } finally {
        sealed.delete(buildId)
      }
    },
    async stop(buildId) {
      const writings = [...(active.get(buildId)?.values() ?? [])]
      for (const writing of writings) writing.stop()
      await Promise.all(writings.map(({ done }) => done))
    },
  }
}

function aWriting({ partNumber }: UploadPart): Writing {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  const reason = `part ${partNumber} was given up: it is sent again by another request, or its upload was removed`
  return {
    stopped: promise,
    stop: () => reject(new HatcheryError('not-now', reason)),
    done: Promise.resolve(),
  }
}

async function writePart(
  upload: UploadFolder,
  part: UploadPart,
  stopped: Promise<never>,
): Promise<string> {
  if (await upload.isComplete()) throw isComplete(upload.buildId)
  await upload.forgetPart(part.partNumber)
  await using file = await open(upload.archive, 'r+')
  const etag = await copy(part, file, stopped)
  await file.datasync()
  await upload.recordPart(part.partNumber, etag)
  return etag
}

const isComplete = (buildId: string): HatcheryError =>
  new HatcheryError(
    'not-now',
    `the upload of build ${buildId} is complete: create another build to upload something else`,
  )

/** Streams the part to its place; never a byte beyond it. */
async function copy(part: UploadPart, file: FileHandle, stopped: Promise<never>): Promise<string> {
  const { partNumber, offset, lengthBytes } = part
  const hash = createHash('sha256')
  let length = 0
  for await (const chunk of stoppable(part.bytes, stopped)) {
    if (length + chunk.byteLength > lengthBytes)
      throw wrongLength(part, `it has ${length + chunk.byteLength} or more`)
    await writeAll(file, chunk, offset + length)
    hash.update(chunk)
    length += chunk.byteLength
  }
  if (length !== lengthBytes)
    throw wrongLength({ partNumber, lengthBytes }, `it ended after ${length}`)
  return `"${hash.digest('hex')}"`
}

const wrongLength = (
  { partNumber, lengthBytes }: Pick<UploadPart, 'partNumber' | 'lengthBytes'>,
  found: string,
): HatcheryError =>
  new HatcheryError(
    'invalid',
    `part ${partNumber} must have exactly ${lengthBytes} bytes; ${found}`,
  )

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0
  while (written < bytes.byteLength) {
    const { bytesWritten } = await file.write(
      bytes,
      written,
      bytes.byteLength - written,
      position + written,
    )
    written += bytesWritten
  }
}

/** Ends also while a sender is silent. */
async function* stoppable(
  bytes: AsyncIterable<Uint8Array>,
  stopped: Promise<never>,
): AsyncIterable<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  try {
    for (;;) {
      const result = await Promise.race([stopped, iterator.next()])
      if (result.done === true) return
      yield result.value
    }
  } finally {
    void iterator.return?.().then(undefined, () => undefined)
  }
}
