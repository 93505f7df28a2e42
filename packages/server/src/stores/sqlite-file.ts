/** Opens a database file as ours alone: WAL, locked until it is closed or its process dies, readable by its owner only. */
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { HatcheryError } from '@hatchery/contract'
import { isLocked, translated } from './sqlite-errors.ts'

/** Another program has the database open. Whoever knows which one says so in its stead. */
export class StoreLockedError extends HatcheryError {
  readonly file: string

  constructor(file: string, cause: unknown) {
    super('unavailable', `${file} is in use by another program: stop that one first`, { cause })
    this.file = file
  }
}

export interface SqliteFile {
  readonly file: string
  /** `full`: a commit outlives a power cut. `normal`: a power cut may take the last commits, a kill none. */
  readonly synchronous: 'full' | 'normal'
}

/** Smaller than SQLite's own 1,000 pages: the event loop waits while the log is copied into the file. */
export const checkpointPages = 500

/** Throws a StoreLockedError, or a HatcheryError `unavailable` when the file cannot be read or written. */
export function openSqliteFile({ file, synchronous }: SqliteFile): DatabaseSync {
  keepPrivate(file)
  const db = new DatabaseSync(file, { timeout: 0 })
  try {
    // Locked first: then SQLite keeps the index of its log in memory, and no file is shared.
    db.exec('pragma locking_mode = exclusive')
    db.exec('pragma journal_mode = wal')
    db.exec(`pragma synchronous = ${synchronous}`)
    db.exec('pragma cache_size = -16000')
    db.exec(`pragma wal_autocheckpoint = ${checkpointPages}`)
    db.exec('pragma temp_store = memory')
    db.exec('begin immediate')
    db.exec('commit')
    return db
  } catch (error) {
    db.close()
    throw isLocked(error) ? new StoreLockedError(file, error) : translated(error)
  }
}

/**
 * A new file is made with its mode; SQLite gives its log the same. One that is there is never opened here:
 * closing it again would drop the locks that another store of this process holds on it.
 */
function keepPrivate(file: string): void {
  if (existsSync(file)) chmodSync(file, 0o600)
  else closeSync(openSync(file, 'wx', 0o600))
}
