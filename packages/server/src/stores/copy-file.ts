/**
 * Copies a database file that is in use. In WAL mode only a checkpoint writes the file itself: one is made, so that the
 * file holds everything committed, and the next ones wait until it is copied. SQLite's own online backup would do the
 * same work under the connection's lock, where its last flush holds up the event loop for as long as the disk takes.
 */
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, read } from 'node:fs'
import { open } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { HatcheryError } from '@hatchery/contract'
import type { CopiedFile, Copyable } from '../domain/backup.ts'
import { translated } from './sqlite-errors.ts'
import { checkpointPages } from './sqlite-file.ts'

export interface FileCopier extends Copyable {
  /** To be called once the database is closed, and not before. */
  close(): void
}

const blockBytes = 256 * 1_024
const readAt = promisify(read)

export function createFileCopier(db: DatabaseSync, file: string): FileCopier {
  /**
   * Kept open until the database is closed: closing any descriptor of the file drops the locks that this program has on
   * it, and another server could open it.
   */
  let descriptor: number | undefined
  let isCopying = false

  function keepStill(): number {
    db.exec('pragma wal_autocheckpoint = 0')
    const outcome = db.prepare('pragma wal_checkpoint(truncate)').get()
    if (outcome?.busy !== 0) throw new Error(`the log of ${file} could not be written back`)
    return (descriptor ??= openSync(file, 'r'))
  }

  function letGo(): void {
    isCopying = false
    if (db.isOpen) db.exec(`pragma wal_autocheckpoint = ${checkpointPages}`)
  }

  return {
    async copyTo(target, signal) {
      if (isCopying) throw new Error(`${file} is being copied already`)
      isCopying = true
      try {
        return await copy(keepStill(), target, signal)
      } catch (error) {
        throw explained(error)
      } finally {
        letGo()
      }
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor)
      descriptor = undefined
    },
  }
}

async function copy(from: number, target: string, signal: AbortSignal): Promise<CopiedFile> {
  const bytes = fstatSync(from).size
  const hash = createHash('sha256')
  const block = Buffer.allocUnsafe(blockBytes)
  await using out = await open(target, 'wx', 0o600)
  for (let at = 0; at < bytes;) {
    signal.throwIfAborted()
    const { bytesRead } = await readAt(from, block, 0, Math.min(blockBytes, bytes - at), at)
    if (bytesRead === 0) throw new Error('the database became shorter while it was copied')
    const chunk = block.subarray(0, bytesRead)
    hash.update(chunk)
    await out.writeFile(chunk)
    at += bytesRead
    await nextTurn() // others have their turn between two blocks, whatever the disk's speed
  }
  return { bytes, sha256: hash.digest('hex') }
}

function explained(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') return translated(error)
  return new HatcheryError(
    'unavailable',
    'the disk of the data folder has no room for a copy of the database: free space',
    { cause: error, retryAfterSeconds: 30 },
  )
}
