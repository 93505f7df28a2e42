/** The unpacked bytes of a gzip file, as they are wanted; stops where they grow out of proportion. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { addAbortSignal } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type UnpackLimits, sizeText } from './limits.ts'
import { refusal } from './refusal.ts'

const chunkBytes = 256 * 1024

export async function* archiveBytes(
  path: string,
  limits: UnpackLimits,
  signal: AbortSignal,
): AsyncIterable<Buffer> {
  await assertGzip(path)
  const gunzip = addAbortSignal(signal, createGunzip({ chunkSize: chunkBytes }))
  const reading = pipeline(createReadStream(path, { highWaterMark: chunkBytes }), gunzip).catch(
    () => undefined,
  )
  let unpacked = 0
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      unpacked += chunk.byteLength
      assertProportion(unpacked, gunzip.bytesWritten, limits)
      yield chunk
    }
  } catch (error) {
    throw explained(error)
  } finally {
    gunzip.destroy()
    await reading
  }
}

/** Headers beside the files' bytes, for each entry. */
const mostHeaderBytes = 4_096

function assertProportion(unpacked: number, packed: number, limits: UnpackLimits): void {
  const { mostBytes, mostEntries, mostRatio, ratioFromBytes } = limits
  if (unpacked > mostBytes + mostEntries * mostHeaderBytes) {
    throw refusal(`the archive is larger than ${sizeText(mostBytes)} unpacked, which is the most`)
  }
  if (unpacked <= ratioFromBytes || unpacked <= packed * mostRatio) return
  throw refusal(
    `the archive unpacks to more than ${mostRatio} times its size (${sizeText(unpacked)} from its first ${sizeText(packed)}): ` +
      'leave out files that are mostly empty',
  )
}

/** Files of other kinds by their first bytes. */
const otherKinds: readonly (readonly [string, string])[] = [
  ['504b0304', 'a zip file'],
  ['28b52ffd', 'compressed with zstd'],
  ['fd377a58', 'compressed with xz'],
  ['425a68', 'compressed with bzip2'],
]

async function assertGzip(path: string): Promise<void> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0)
  if (bytesRead >= 2 && buffer.readUInt16BE(0) === 0x1f8b) return
  throw refusal(
    `the archive is not a gzipped tar: it is ${kindOf(buffer, bytesRead)}; make one with "tar -czf build.tgz -C FOLDER ."`,
  )
}

function kindOf(start: Buffer, length: number): string {
  if (length === 0) return 'empty'
  if (start.toString('latin1', 257, 262) === 'ustar') return 'a tar that is not compressed'
  const hex = start.toString('hex')
  return (
    otherKinds.find(([magic]) => hex.startsWith(magic))?.[1] ??
    `another kind of file (it begins with ${hex.slice(0, 8)})`
  )
}

/** What zlib says, in words. */
function explained(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'Z_BUF_ERROR')
    return refusal('the archive is cut off: its compressed data ends too early', error)
  if (code.startsWith('Z_'))
    return refusal(`the archive is damaged: ${(error as Error).message}`, error)
  return error
}
