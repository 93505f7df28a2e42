/** Makes a data folder out of a backup: whole under another name first, so that half a restore is none. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { execFile } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { HatcheryError } from '@hatchery/contract'
import { StoreLockedError, openSqliteFile } from '../../stores/sqlite-file.ts'
import { readInstallation } from '../data-folder.ts'
import { AlreadyRunningError } from '../open-stores.ts'
import { unpackBackup } from './unpack-backup.ts'

export interface RestoreOptions {
  /** The file that `CreateBackup` answered. */
  readonly archive: string
  /** Missing or empty; with `force` it may be a data folder that no server uses. */
  readonly data: string
  /**
   * Takes the place of the data folder that is there. Its runs and logs stay in it, so that games that are alive are
   * adopted; the rest is kept beside it, under the name that is answered.
   */
  readonly force?: boolean
}

export interface Restored {
  readonly data: string
  /** When the backup was made, RFC 3339, and by which version. */
  readonly createdAt: string
  readonly version: string
  readonly installationId: string
  readonly builds: number
  /** Where the data folder is that was there before; null where none was. */
  readonly replaced: string | null
}

/**
 * Refuses with `invalid` a backup that is damaged, cut off or of a newer version, with `taken` a folder that is not
 * empty, and with `unavailable` one that a server uses or that cannot be written. Nothing is left then.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const folder = resolve(options.data)
  const place = placeOf(folder, options.force ?? false)
  const unpacked = `${folder}.restoring`
  try {
    mkdirSync(dirname(folder), { recursive: true })
    rmSync(unpacked, { recursive: true, force: true }) // of a restore that was killed
    mkdirSync(unpacked, { mode: 0o700 })
    const manifest = await unpackBackup(options.archive, unpacked)
    await flush(unpacked)
    const replaced = place === 'free' ? moveIn(unpacked, folder) : exchange(unpacked, folder)
    const { createdAt, version, installationId, builds } = manifest
    return { data: folder, createdAt, version, installationId, builds: builds.length, replaced }
  } catch (error) {
    rmSync(unpacked, { recursive: true, force: true })
    throw explained(error, folder)
  }
}

/** What games and their logs are in: it goes over to the restored folder. */
const keptFolders = ['run', 'logs'] as const

function placeOf(data: string, force: boolean): 'free' | 'to be replaced' {
  if (!existsSync(data)) return 'free'
  if (!statSync(data).isDirectory()) throw taken(`${data} is no folder: choose another name`)
  assertNoMount(data)
  if (readdirSync(data).length === 0) return 'free'
  if (!force) {
    throw taken(
      `the folder ${data} is not empty: choose a new folder, or force it to be replaced; its games go on then`,
    )
  }
  if (!existsSync(join(data, 'hatchery.db')))
    throw taken(`the folder ${data} is not empty and is no data folder: choose a new folder`)
  return 'to be replaced'
}

function assertNoMount(data: string): void {
  if (statSync(data).dev === statSync(dirname(data)).dev) return
  throw taken(`a disk is mounted at ${data}, which cannot be renamed: choose a folder in it`)
}

const taken = (message: string): HatcheryError => new HatcheryError('taken', message)

function moveIn(unpacked: string, data: string): null {
  renameSync(unpacked, data)
  return null
}

/** Answers where the old folder is. A failure puts all back; a kill between the two last steps leaves both beside each other. */
function exchange(unpacked: string, data: string): string {
  const replaced = freeName(`${data}.replaced`)
  const lock = lockOf(data)
  const moved: string[] = []
  try {
    for (const name of keptFolders) if (move(name, data, unpacked)) moved.push(name)
    renameSync(data, replaced)
  } catch (error) {
    for (const name of moved) move(name, unpacked, data)
    throw error
  } finally {
    lock?.close()
  }
  renameSync(unpacked, data)
  return replaced
}

function move(name: string, from: string, to: string): boolean {
  if (!existsSync(join(from, name))) return false
  renameSync(join(from, name), join(to, name))
  return true
}

function freeName(wanted: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (!existsSync(name)) return name
  }
}

/** Keeps servers out; a database too damaged to be opened is used by nobody. */
function lockOf(data: string): { close(): void } | undefined {
  try {
    return openSqliteFile({ file: join(data, 'hatchery.db'), synchronous: 'full' })
  } catch (error) {
    if (!(error instanceof StoreLockedError)) return undefined
    throw new AlreadyRunningError(data, readInstallation(data)?.running ?? null, error)
  }
}

/** One flush of the file system instead of one per file; where `sync` cannot do it, losing power may cost the restore. */
async function flush(folder: string): Promise<void> {
  chmodSync(folder, 0o700)
  await promisify(execFile)('sync', ['--file-system', folder]).catch(() => undefined)
}

function explained(error: unknown, data: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error
  return new HatcheryError(
    'unavailable',
    `the folder ${data} cannot be written: ${error.message}`,
    { cause: error },
  )
}
