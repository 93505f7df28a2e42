/** Copies a build for a run where an overlay cannot be mounted: by reference where the file system can, else byte by byte. */
import { constants } from 'node:fs'
import { copyFile, lchown, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { DriverError } from '../../domain/driver.ts'

const maxCopyBytes = 1_073_741_824

/**
 * Copies what is in `from` into the folder `to`, for `uid` to own (null: as we are).
 * Beyond 1 GB only copies by reference are made; where the file system has none, it is a DriverError.
 */
export async function copyTree(from: string, to: string, uid: number | null): Promise<void> {
  const sizeBytes = await sizeOf(from)
  const mode =
    sizeBytes > maxCopyBytes ? constants.COPYFILE_FICLONE_FORCE : constants.COPYFILE_FICLONE
  try {
    await copyInto(from, to, { mode, uid })
  } catch (cause) {
    if (sizeBytes <= maxCopyBytes) throw cause
    const size = Math.round(sizeBytes / 1_048_576)
    throw new DriverError(
      `the build has ${size} MB and each process needs a copy of its own, at most 1024 MB: run as root where overlays can be mounted, or use a file system with reflinks`,
      { temporary: false, cause },
    )
  }
}

interface CopyOptions {
  readonly mode: number
  readonly uid: number | null
}

async function copyInto(from: string, to: string, options: CopyOptions): Promise<void> {
  await mkdir(to, { recursive: true })
  await own(to, options)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) {
      await copyInto(source, target, options)
      continue
    }
    if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
    else if (entry.isFile()) await copyFile(source, target, options.mode)
    else continue
    await own(target, options)
  }
}

async function own(path: string, { uid }: CopyOptions): Promise<void> {
  if (uid !== null) await lchown(path, uid, uid)
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) bytes += await sizeOf(path)
    else if (entry.isFile()) bytes += (await stat(path)).size
  }
  return bytes
}
