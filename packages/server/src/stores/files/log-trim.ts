/** Drops the front of a log that is too long: by a hole in the file where the file system makes holes, else all of it. */
import { execFile } from 'node:child_process'
import { truncate } from 'node:fs/promises'
import { promisify } from 'node:util'
import { type LogFronts, droppedLine } from './log-front.ts'
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
  const { log, id, path, fronts, maxBytes } = trimming
  const { size, blockBytes } = await log.look()
  if (size - log.start() <= maxBytes) return
  const wanted = size - Math.floor(maxBytes * (1 - slack))
  const holeBytes = Math.ceil(wanted / blockBytes) * blockBytes
  if (holeBytes >= size) return await cutWhole(trimming, size)
  const bytes = await nextLine(log, holeBytes)
  const before = fronts.of(id)
  await fronts.set(id, { bytes, limitBytes: maxBytes })
  if (await punch(path, holeBytes)) return
  await (before === undefined ? fronts.forget(id) : fronts.set(id, before))
  await cutWhole(trimming, size)
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

/** False where it is not supported. */
async function punch(path: string, bytes: number): Promise<boolean> {
  try {
    await promisify(execFile)('fallocate', [
      '--punch-hole',
      '--offset',
      '0',
      '--length',
      String(bytes),
      path,
    ])
    return true
  } catch {
    return false
  }
}
