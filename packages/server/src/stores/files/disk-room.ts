/** Whether the disk has room for an archive, and what is said when it has none. */
import { statfs } from 'node:fs/promises'
import { HatcheryError } from '@hatchery/contract'

const megabyte = 1_048_576

interface Disk {
  readonly folder: string
  readonly minFreeBytes: number
}

/** Throws `unavailable` unless `minFreeBytes` stay free beside `sizeBytes` of `what`. */
export async function assertRoom(
  { folder, minFreeBytes }: Disk,
  sizeBytes: number,
  what: string,
): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free - sizeBytes >= minFreeBytes) return
  throw new HatcheryError(
    'unavailable',
    `the disk of the data folder has ${megabytes(free)} free; ${what} of ${megabytes(sizeBytes)} must leave ` +
      `${megabytes(minFreeBytes)}: free some space`,
    { retryAfterSeconds: 30 },
  )
}

export function diskFull(sizeBytes: number, cause: unknown): HatcheryError {
  const message = `the disk has no room for an archive of ${megabytes(sizeBytes)}: free some space`
  return new HatcheryError('unavailable', message, { cause, retryAfterSeconds: 30 })
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / megabyte)} MB`
