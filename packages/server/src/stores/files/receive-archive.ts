/**
 * Takes an archive of unknown length. It grows in a folder with a name that no build has, which gets the name of its
 * build when it is whole: one rename, before which a kill leaves nothing that counts.
 */
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HatcheryError } from '@hatchery/contract'
import type { WholeArchive } from '../../domain/files.ts'
import { stoppable, writeAll } from './copy-bytes.ts'
import { assertRoom, diskFull } from './disk-room.ts'
import { codeOf } from './missing.ts'
import { flushFolder, openUploadFolder } from './upload-folder.ts'

/** How the names of unfinished ones begin; `isBuildName` is true of none. */
export const unfinished = '.new-'

export interface Receiving extends WholeArchive {
  /** Of all uploads. */
  readonly folder: string
  readonly buildId: string
  readonly minFreeBytes: number
  /** Aborts when it has to end. */
  readonly signal: AbortSignal
}

/** Resolves once the archive is durable. Only one at a time may receive for a build. */
export async function receiveArchive(receiving: Receiving): Promise<void> {
  const { folder, buildId } = receiving
  const growing = join(folder, `${unfinished}${buildId}`)
  await mkdir(growing, { mode: 0o700 })
  try {
    const sizeBytes = await receiveInto(join(growing, 'archive'), receiving)
    const upload = await openUploadFolder(growing, buildId, { sizeBytes, partBytes: sizeBytes })
    await upload.complete()
    await rename(growing, join(folder, buildId))
  } catch (cause) {
    await rm(growing, { recursive: true, force: true })
    throw ['ENOTEMPTY', 'EEXIST'].includes(codeOf(cause) ?? '') ? hasArchive(cause) : cause
  }
  await flushFolder(folder)
}

export const hasArchive = (cause?: unknown): HatcheryError =>
  new HatcheryError(
    'not-now',
    'the build has its archive already: run it without a file, or create another build',
    { cause },
  )

/** Answers its length. */
async function receiveInto(path: string, receiving: Receiving): Promise<number> {
  await using file = await open(path, 'wx', 0o600)
  const length = await copy(file, receiving)
  if (length === 0) throw new HatcheryError('invalid', 'the archive is empty')
  await file.datasync()
  return length
}

/** The disk is looked at after so many bytes. */
const stepBytes = 64 * 1_048_576

async function copy(
  file: FileHandle,
  { bytes, mostBytes, folder, minFreeBytes, signal }: Receiving,
): Promise<number> {
  let length = 0
  let checked = 0
  for await (const chunk of stoppable(bytes, signal)) {
    if (length + chunk.byteLength > mostBytes) throw tooLarge(mostBytes)
    if (length + chunk.byteLength > checked) {
      await assertRoom({ folder, minFreeBytes }, stepBytes, 'the next piece of an archive')
      checked = length + stepBytes
    }
    await writeAll(file, chunk, length).catch((cause: unknown) => {
      throw codeOf(cause) === 'ENOSPC' ? diskFull(length, cause) : cause
    })
    length += chunk.byteLength
  }
  return length
}

const tooLarge = (mostBytes: number): HatcheryError =>
  new HatcheryError('invalid', `the archive must have at most ${mostBytes} bytes; it has more`)
