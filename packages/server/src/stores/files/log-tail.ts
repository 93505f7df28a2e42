/** The last lines of a log, read from its end in blocks. */
import type { OpenLog } from './open-log.ts'

const blockBytes = 64 * 1024
const mostBytes = 8 * 1_048_576
const newline = 10

/**
 * The last `lines` lines and the offset behind them. An unfinished last line counts as one. Lines that are longer than
 * 8 MB together are cut at their front.
 */
export async function readTail(
  log: OpenLog,
  lines: number,
): Promise<{ bytes: Uint8Array; end: number }> {
  const { size: end } = await log.look()
  const start = log.start()
  const blocks: Buffer[] = []
  let from = end
  let left = lines
  while (from > start && end - from < mostBytes && left > 0) {
    const at = Math.max(start, from - blockBytes)
    const { bytes } = await log.readAt(at, from - at)
    if (log.start() !== start) return readTail(log, lines)
    const cut = cutBefore(bytes, left, at + bytes.byteLength === end)
    left = cut.left
    blocks.unshift(bytes.subarray(cut.from))
    from = at
  }
  if (left > 0 && from === start) blocks.unshift(log.notice())
  return { bytes: Buffer.concat(blocks), end }
}

/** Where the wanted lines begin in `block`, and how many are left for the blocks before it. */
function cutBefore(block: Buffer, lines: number, isLast: boolean): { from: number; left: number } {
  let left = lines
  let position = isLast && block.at(-1) === newline ? block.byteLength - 1 : block.byteLength
  while (position > 0) {
    position = block.lastIndexOf(newline, position - 1)
    if (position < 0) break
    left -= 1
    if (left === 0) return { from: position + 1, left }
  }
  return { from: 0, left }
}
