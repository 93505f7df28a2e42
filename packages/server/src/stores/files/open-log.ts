/** An open log: bytes by offset, where what was dropped from its front reads as one line that says so. */
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { type LogFronts, droppedLine } from './log-front.ts'
import { isMissing } from './missing.ts'

export interface OpenLog extends AsyncDisposable {
  /** Its length now, its block size, and whether its name is gone. */
  look(): Promise<{ size: number; blockBytes: number; removed: boolean }>
  /** Offset of the first byte that is kept. */
  start(): number
  /** Up to `mostBytes` from `offset` and the offset behind them; no bytes at the end. */
  readAt(offset: number, mostBytes: number): Promise<{ bytes: Buffer; next: number }>
  /** The line for what was dropped; empty where nothing was. */
  notice(): Buffer
}

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants

/** Undefined where there is none. Never follows a link: games own the files of this folder. */
export async function openLog(
  path: string,
  id: string,
  fronts: LogFronts,
): Promise<OpenLog | undefined> {
  const file = await openOrMissing(path)
  if (file === undefined) return undefined
  await fronts.load(id)
  const log = logOf(file, id, fronts)
  await log.look()
  return log
}

function logOf(file: FileHandle, id: string, fronts: LogFronts): OpenLog {
  const start = (): number => fronts.of(id)?.bytes ?? 0

  async function look() {
    const { size, blksize, nlink } = await file.stat()
    if (size < start()) await fronts.forget(id)
    return { size, blockBytes: blksize, removed: nlink === 0 }
  }

  function notice(): Buffer {
    const front = fronts.of(id)
    return Buffer.from(front === undefined ? '' : droppedLine(front))
  }

  return {
    look,
    start,
    notice,
    async readAt(offset, mostBytes) {
      const buffer = Buffer.allocUnsafe(mostBytes)
      const { bytesRead } =
        offset < start() ? { bytesRead: 0 } : await file.read(buffer, 0, mostBytes, offset)
      // What was dropped while we read may have come as zeros.
      if (offset < start()) return { bytes: notice(), next: start() }
      return { bytes: buffer.subarray(0, bytesRead), next: offset + bytesRead }
    },
    /** Nothing was written: there is nothing to lose. */
    [Symbol.asyncDispose]: () => file.close().catch(() => undefined),
  }
}

async function openOrMissing(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
