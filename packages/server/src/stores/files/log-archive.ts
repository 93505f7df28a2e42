/** Logs as files of one folder: `<id>.log`, written by games and by us, read from the end, followed, cut at the front. */
import { constants, mkdirSync } from 'node:fs'
import { open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HatcheryError } from '@hatchery/contract'
import type { LogArchive } from '../../domain/files.ts'
import { counted, countedFrom } from './log-counted.ts'
import type { LogPiece } from './log-follower.ts'
import { createLogFollowers } from './log-followers.ts'
import { createLogFronts } from './log-front.ts'
import { readTail } from './log-tail.ts'
import { trimLog } from './log-trim.ts'
import { isMissing } from './missing.ts'
import { type OpenLog, openLog } from './open-log.ts'

export interface LogArchiveOptions {
  /** Made where it is missing. Games own files in it, but never the folder. */
  readonly folder: string
  /** Of files that we make; 0600 unless given. */
  readonly fileMode?: number
  /** 1,000 unless given. */
  readonly maxFollowers?: number
}

const blockBytes = 256 * 1024
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants

/** An id that cannot be a file name is one nobody has: every method refuses it with `not-found`. */
export function createLogArchive(options: LogArchiveOptions): LogArchive {
  const { folder, fileMode = 0o600, maxFollowers = 1_000 } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const fronts = createLogFronts((id) => join(folder, `${id}.dropped`))
  const openById = (id: string): Promise<OpenLog | undefined> => openLog(pathOf(id), id, fronts)
  const followers = createLogFollowers({ maxFollowers, pathOf, open: openById })

  function pathOf(id: string): string {
    if (!/^[A-Za-z0-9_.-]{1,128}$/.test(id))
      throw new HatcheryError('not-found', 'there is no such log')
    return join(folder, `${id}.log`)
  }

  async function append(id: string, text: string): Promise<void> {
    await using file = await open(pathOf(id), O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, fileMode)
    await file.writeFile(text)
  }

  return {
    pathOf,
    append,
    async tail(id, lines) {
      await using log = await openById(id)
      return log && (await readTail(log, lines))
    },
    follow: (id, offset, isOver, signal) =>
      bytesOf(followers.follow({ id, offset, isOver, signal })),
    async followCounted(id, offset, isOver, signal) {
      await using log = await openById(id)
      const begin = log === undefined ? 0 : await countedFrom(log, offset)
      return { begin, bytes: counted(followers, { id, offset: begin, isOver, signal }) }
    },
    ended: followers.ended,
    async *read(id) {
      await using log = await openById(id)
      if (log === undefined) throw new HatcheryError('not-found', 'there is no such log')
      yield* readWhole(log)
    },
    async size(id) {
      try {
        return (await stat(pathOf(id))).size
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async list() {
      const names = await readdir(folder)
      return names.filter((name) => name.endsWith('.log')).map((name) => name.slice(0, -4))
    },
    async trim(id, maxBytes) {
      await using log = await openById(id)
      if (log === undefined) return
      await trimLog({
        log,
        id,
        path: pathOf(id),
        fronts,
        maxBytes,
        append: (text) => append(id, text),
      })
    },
    async remove(id) {
      await rm(pathOf(id), { force: true })
      await fronts.forget(id)
    },
  }
}

async function* bytesOf(pieces: AsyncIterable<LogPiece>): AsyncIterable<Uint8Array> {
  for await (const { bytes } of pieces) yield bytes
}

async function* readWhole(log: OpenLog): AsyncIterable<Uint8Array> {
  let offset = 0
  for (;;) {
    const { bytes, next } = await log.readAt(offset, blockBytes)
    if (bytes.byteLength === 0) return
    yield bytes
    offset = next
  }
}
