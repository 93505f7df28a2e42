/** Archives that are being uploaded: a folder per build, moved into place whole, removed whole. */
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { HatcheryError } from '@hatchery/contract'
import type { UploadStore } from '../../domain/files.ts'
import { codeOf } from './missing.ts'
import { createPartWriters } from './part-writers.ts'
import { preallocate } from './preallocate.ts'
import { type UploadFolder, isBuildName, openUploadFolder, uploadGone } from './upload-folder.ts'
import { assertPartsMatch } from './upload-parts.ts'

export interface UploadStoreOptions {
  readonly folder: string
  readonly partBytes: number
  /** What must stay free on the disk when an upload has all its room. */
  readonly minFreeBytes: number
}

export function createUploadStore({ folder, partBytes, minFreeBytes }: UploadStoreOptions): UploadStore {
  const writers = createPartWriters()

  async function openUpload(buildId: string): Promise<UploadFolder> {
    if (!isBuildName(buildId)) throw uploadGone(buildId)
    return await openUploadFolder(join(folder, buildId), buildId)
  }

  /** Made beside its place and renamed: an upload is there whole or not at all. */
  async function create(buildId: string, sizeBytes: number): Promise<void> {
    if (!isBuildName(buildId)) throw uploadGone(buildId)
    await assertSpace(folder, sizeBytes, minFreeBytes)
    const making = join(folder, `.new-${buildId}`)
    await rm(making, { recursive: true, force: true })
    await mkdir(making, { mode: 0o700 })
    try {
      await openUploadFolder(making, buildId, { sizeBytes, partBytes })
      await preallocate(join(making, 'archive'), sizeBytes)
      await rename(making, join(folder, buildId))
    } catch (error) {
      await rm(making, { recursive: true, force: true })
      throw codeOf(error) === 'ENOSPC' ? diskFull(sizeBytes, error) : error
    }
  }

  return {
    create,
    writePart: async (buildId, part) => await writers.write(await openUpload(buildId), part),
    async complete(buildId, parts) {
      const upload = await openUpload(buildId)
      assertPartsMatch(upload.count, await upload.etags(), parts)
      await upload.complete()
    },
    async state(buildId) {
      const upload = await openUpload(buildId)
      if (await upload.isComplete()) return { complete: true, path: upload.archive }
      const there = await upload.etags()
      const numbers = Array.from({ length: upload.count }, (_, index) => index + 1)
      return { complete: false, missing: numbers.filter((number) => !there.has(number)) }
    },
    async remove(buildId) {
      if (!isBuildName(buildId)) return
      await writers.stop(buildId)
      await rm(join(folder, buildId), { recursive: true, force: true })
    },
    list: () => listUploads(folder),
  }
}

/** The time of the last part or change; one that vanishes meanwhile is left out. */
async function listUploads(folder: string): Promise<{ buildId: string; changedAt: number }[]> {
  const found: { buildId: string; changedAt: number }[] = []
  for (const buildId of (await readdir(folder)).filter(isBuildName)) {
    const place = await stat(join(folder, buildId)).catch(() => undefined)
    if (place !== undefined) found.push({ buildId, changedAt: place.mtimeMs })
  }
  return found
}

async function assertSpace(folder: string, sizeBytes: number, minFreeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize >= sizeBytes + minFreeBytes) return
  throw new HatcheryError(
    'unavailable',
    `the disk has ${megabytes(bavail * bsize)} MB free: an upload of ${megabytes(sizeBytes)} MB would leave less than the ${megabytes(minFreeBytes)} MB that must stay free`,
    { retryAfterSeconds: 60 },
  )
}

const diskFull = (sizeBytes: number, cause: unknown): HatcheryError =>
  new HatcheryError('unavailable', `the disk has no room for an upload of ${megabytes(sizeBytes)} MB`, { cause })

const megabytes = (bytes: number): number => Math.ceil(bytes / 1_048_576)
