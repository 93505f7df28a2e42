/**
 * How much of each log was dropped from its front. The file keeps its offsets, its front is a hole of zeros; where the
 * kept bytes begin stands in a small file beside it, written before the hole is made, so that a kill in between
 * shows nobody zeros.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'

export interface LogFront {
  /** Offset of the first byte that is kept. */
  readonly bytes: number
  /** The limit that the log was over. */
  readonly limitBytes: number
}

export interface LogFronts {
  /** Reads what is known of `id`, once; afterwards `of` answers. */
  load(id: string): Promise<void>
  of(id: string): LogFront | undefined
  set(id: string, front: LogFront): Promise<void>
  forget(id: string): Promise<void>
}

const megabyte = 1_048_576

/** The line that stands for what was dropped. */
export function droppedLine({ bytes, limitBytes }: LogFront): string {
  const dropped = Math.max(1, Math.round(bytes / megabyte))
  const limit = Math.max(1, Math.round(limitBytes / megabyte))
  return `[hatchery] the first ${dropped} MB of this log were dropped: it is over ${limit} MB\n`
}

export function createLogFronts(pathOf: (id: string) => string): LogFronts {
  const known = new Map<string, LogFront | undefined>()
  return {
    async load(id) {
      if (known.has(id)) return
      const front = parse(await readFile(pathOf(id), 'utf8').catch(() => ''))
      if (!known.has(id)) known.set(id, front)
    },
    of: (id) => known.get(id),
    async set(id, front) {
      const next = `${pathOf(id)}.new`
      await writeFile(next, JSON.stringify(front), { mode: 0o600, flush: true })
      await rename(next, pathOf(id))
      known.set(id, front)
    },
    async forget(id) {
      known.delete(id)
      await rm(pathOf(id), { force: true })
      await rm(`${pathOf(id)}.new`, { force: true })
    },
  }
}

function parse(text: string): LogFront | undefined {
  try {
    const { bytes, limitBytes } = JSON.parse(text) as Partial<LogFront>
    return Number.isSafeInteger(bytes) && Number.isSafeInteger(limitBytes)
      ? { bytes: Number(bytes), limitBytes: Number(limitBytes) }
      : undefined
  } catch {
    return undefined
  }
}
