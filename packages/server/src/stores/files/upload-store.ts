/**
 * Uploads: a folder per build with the preallocated `archive`, and beside it what is known of it:
 *
 *     upload.json  its size and the size of a part; written last when an upload is made
 *     part-N       the ETag of part N: its bytes are in the archive and on the disk
 *     complete     the upload is complete; nothing is written any more
 *
 * Each of these is there whole or not at all, whenever the server is killed. So is the whole folder of an archive that
 * came in one piece.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { UploadStore } from '../../domain/files.ts'
import { assertRoom, diskFull } from './disk-room.ts'
import { codeOf } from './missing.ts'
import { preallocate } from './preallocate.ts'
import { hasArchive, receiveArchive, unfinished } from './receive-archive.ts'
import {
  type UploadFolder,
  exists,
  isBuildName,
  openUploadFolder,
  uploadGone,
} from './upload-folder.ts'
import { assertPartsMatch } from './upload-parts.ts'
import { writePart } from './write-part.ts'
import { createWriters } from './writers.ts'

export interface UploadStoreOptions {
  /** Made where it is missing. */
  readonly folder: string
  /** Length of every part but the last. */
  readonly partBytes: number
  /** What stays free on the disk after making room for an upload. */
  readonly minFreeBytes: number
}

/** Refuses with `not-found` a build that has no upload. Removes first what a kill left unfinished. */
export function createUploadStore(options: UploadStoreOptions): UploadStore {
  const { folder, partBytes, minFreeBytes } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  removeUnfinished(folder)
  const writers = createWriters()
  /** One after the other, so that each sees the room that is left by the one before. */
  let reserving: Promise<unknown> = Promise.resolve()

  function folderOf(buildId: string): string {
    if (!isBuildName(buildId)) throw uploadGone(buildId)
    return join(folder, buildId)
  }

  const openById = async (buildId: string): Promise<UploadFolder> =>
    await openUploadFolder(folderOf(buildId), buildId)

  async function make(buildId: string, sizeBytes: number): Promise<void> {
    const path = folderOf(buildId)
    await assertRoom({ folder, minFreeBytes }, sizeBytes, 'an archive')
    await rm(path, { recursive: true, force: true })
    await mkdir(path, { mode: 0o700 })
    try {
      await preallocate(join(path, 'archive'), sizeBytes)
      await openUploadFolder(path, buildId, { sizeBytes, partBytes })
    } catch (cause) {
      await rm(path, { recursive: true, force: true })
      throw codeOf(cause) === 'ENOSPC' ? diskFull(sizeBytes, cause) : cause
    }
  }

  async function has(buildId: string): Promise<boolean> {
    if (!isBuildName(buildId)) return false
    return await exists(join(folder, buildId, 'complete'))
  }

  return {
    has,
    create(buildId, sizeBytes) {
      const made = reserving.then(() => make(buildId, sizeBytes))
      reserving = made.catch(() => undefined)
      return made
    },
    async writePart(buildId, part) {
      const upload = await openById(buildId)
      try {
        const { partNumber } = part
        return await writers.write({ buildId, part: partNumber }, (signal) =>
          writePart(upload, part, signal),
        )
      } catch (error) {
        throw codeOf(error) === 'ENOENT' ? uploadGone(buildId) : error
      }
    },
    async receive(buildId, archive) {
      if (!isBuildName(buildId)) throw uploadGone(buildId)
      await writers.write({ buildId, part: 'file' }, async (signal) => {
        if (await has(buildId)) throw hasArchive()
        await receiveArchive({ ...archive, folder, buildId, minFreeBytes, signal })
      })
    },
    async complete(buildId, parts) {
      const upload = await openById(buildId)
      await writers.exclusively(buildId, async () => {
        assertPartsMatch(upload.count, await upload.etags(), parts)
        await upload.complete()
      })
    },
    async state(buildId) {
      const upload = await openById(buildId)
      if (await upload.isComplete()) return { complete: true, path: upload.archive }
      const etags = await upload.etags()
      const numbers = Array.from({ length: upload.count }, (_, index) => index + 1)
      return { complete: false, missing: numbers.filter((number) => !etags.has(number)) }
    },
    async remove(buildId) {
      if (!isBuildName(buildId)) return
      await writers.stop(buildId)
      await rm(folderOf(buildId), { recursive: true, force: true })
    },
    async list() {
      const names = (await readdir(folder)).filter(isBuildName)
      const uploads = names.map(async (buildId) => ({
        buildId,
        changedAt: await changedAt(folderOf(buildId)),
      }))
      return (await Promise.all(uploads)).filter(({ changedAt: at }) => at > 0)
    },
  }
}

function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(unfinished)) rmSync(join(folder, name), { recursive: true, force: true })
}

/** Time of the last write to an upload; 0 where it is gone. */
async function changedAt(path: string): Promise<number> {
  const times = [path, join(path, 'archive')].map((file) =>
    stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    ),
  )
  return Math.floor(Math.max(...(await Promise.all(times))))
}
