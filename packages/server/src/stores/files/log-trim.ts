/** Drops the front of a log that is too long: by a hole in the file where the file system makes holes, else all of it. */
import { execFile } from 'node:child_process'
import { truncate } from 'node:fs/promises'
import { promisify } from 'node:util'
import { type LogFront, type LogFronts, droppedLine } from './log-front.ts'
import type { OpenLog } from './open-log.ts'

export interface Trimming {
  readonly log: OpenLog
  readonly id: string
  readonly path: string
  readonly fronts: LogFronts
  readonly maxBytes: number
  readonly append: (text: string) => Promise<void>
}

/** Below the limit by this part of it, so that the next trimming is not due at once. */
const slack = 0.1
const longestLineBytes = 64 * 1024
const newline = 10

export async function trimLog(trimming: Trimming): Promise<void> {
  const { log, maxBytes } = trimming
  const { size, blockBytes } = await log.look()
  if (size - log.start() <= maxBytes) return
  const wanted = size - Math.floor(maxBytes * (1 - slack))
  const holeBytes = Math.ceil(wanted / blockBytes) * blockBytes
  if (holeBytes >= size) return await cutWhole(trimming, size)
  const front = { bytes: await nextLine(log, holeBytes), limitBytes: maxBytes }
  if (!(await drop(trimming, front, holeBytes))) await cutWhole(trimming, size)
}

/** False where it cannot be done: no holes in this file system, or no room for the note of it. */
async function drop(
  { id, path, fronts }: Trimming,
  front: LogFront,
  holeBytes: number,
): Promise<boolean> {
  try {
    await fronts.set(id, front)
    await promisify(execFile)('fallocate', [
      '--punch-hole',
      '--offset',
      '0',
      '--length',
      String(holeBytes),
      path,
    ])
    return true
  } catch {
    return false
  }
}

/** Kept bytes begin with a whole line, unless it is very long. */
async function nextLine(log: OpenLog, offset: number): Promise<number> {
  const { bytes } = await log.readAt(offset, longestLineBytes)
  return offset + bytes.indexOf(newline) + 1
}

async function cutWhole(
  { id, path, fronts, maxBytes, append }: Trimming,
  size: number,
): Promise<void> {
  await truncate(path, 0)
  await fronts.forget(id)
  await append(droppedLine({ bytes: size, limitBytes: maxBytes }))
}
