/** The folder of one upload: what it says, and how something is added to what it says. */
import { open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HatcheryError } from '@hatchery/contract'
import { codeOf } from './missing.ts'

export interface UploadSize {
  readonly sizeBytes: number
  readonly partBytes: number
}

export interface UploadFolder extends UploadSize {
  readonly buildId: string
  /** Number of parts. */
  readonly count: number
  /** Path of the archive. */
  readonly archive: string
  isComplete(): Promise<boolean>
  complete(): Promise<void>
  /** ETags of the parts that are there, by part number. */
  etags(): Promise<Map<number, string>>
  /** From here on the part is there; its bytes must be on the disk. */
  recordPart(partNumber: number, etag: string): Promise<void>
  forgetPart(partNumber: number): Promise<void>
}

export const isBuildName = (name: string): boolean =>
  /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}$/.test(name)

export const uploadGone = (buildId: string): HatcheryError =>
  new HatcheryError(
    'not-found',
    `build ${buildId.slice(0, 200)} has no upload (any more): create another build and upload to it`,
  )

/** Opens an upload, or makes it with `size`. Refuses with `not-found`. */
export async function openUploadFolder(
  folder: string,
  buildId: string,
  size?: UploadSize,
): Promise<UploadFolder> {
  if (size !== undefined) await write(folder, 'upload.json', JSON.stringify(size))
  const { sizeBytes, partBytes } = size ?? (await readSize(folder, buildId))
  return {
    ...{ buildId, sizeBytes, partBytes },
    count: Math.ceil(sizeBytes / partBytes),
    archive: join(folder, 'archive'),
    isComplete: () => exists(join(folder, 'complete')),
    complete: () => write(folder, 'complete', ''),
    async etags() {
      const parts = (await readdir(folder)).filter((name) => /^part-\d+$/.test(name))
      const read = parts.map(
        async (name) =>
          [Number(name.slice(5)), await readFile(join(folder, name), 'utf8')] as const,
      )
      return new Map(await Promise.all(read))
    },
    recordPart: (partNumber, etag) => write(folder, `part-${partNumber}`, etag),
    async forgetPart(partNumber) {
      const file = join(folder, `part-${partNumber}`)
      if (!(await exists(file))) return
      await rm(file, { force: true })
      await flushFolder(folder)
    },
  }
}

async function readSize(folder: string, buildId: string): Promise<UploadSize> {
  try {
    return JSON.parse(await readFile(join(folder, 'upload.json'), 'utf8')) as UploadSize
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw uploadGone(buildId)
    throw error
  }
}

export async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

/** Whole or not at all, and durable. */
async function write(folder: string, name: string, content: string): Promise<void> {
  const next = join(folder, `${name}.new`)
  await writeFile(next, content, { mode: 0o600, flush: true })
  await rename(next, join(folder, name))
  await flushFolder(folder)
}

/** Makes durable which files there are. */
export async function flushFolder(folder: string): Promise<void> {
  await using file = await open(folder, 'r')
  await file.sync()
}
