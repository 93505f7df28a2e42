/** Writes a part of an upload to its place in the archive. */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { HatcheryError } from '@hatchery/contract'
import type { UploadPart } from '../../domain/files.ts'
import { stoppable, writeAll } from './copy-bytes.ts'
import type { UploadFolder } from './upload-folder.ts'
import { uploadIsComplete } from './writers.ts'

/** Answers the ETag once the part is durable. */
export async function writePart(
  upload: UploadFolder,
  part: UploadPart,
  signal: AbortSignal,
): Promise<string> {
  if (await upload.isComplete()) throw uploadIsComplete(upload.buildId)
  await upload.forgetPart(part.partNumber)
  await using file = await open(upload.archive, 'r+')
  const etag = await copy(part, file, signal)
  await file.datasync()
  await upload.recordPart(part.partNumber, etag)
  return etag
}

/** Streams the part to its place; never a byte beyond it. */
async function copy(part: UploadPart, file: FileHandle, signal: AbortSignal): Promise<string> {
  const { partNumber, offset, lengthBytes } = part
  const hash = createHash('sha256')
  let length = 0
  for await (const chunk of stoppable(part.bytes, signal)) {
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
