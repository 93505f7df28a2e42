/**
 * Records that nearly every request reads and hardly anybody writes: tokens, applications, deployments, builds. Any
 * write of such a record empties the whole. That holds because this process is the only one that writes.
 */
import type { Unit } from './statements.ts'

export interface RecordCache {
  /** What is kept under `key`, else what `unit` reads. Nothing is kept of what is not there. */
  find<T>(key: string, unit: () => Unit<T | undefined>): Promise<T | undefined>
  /** Runs a write and forgets everything before its answer goes out. */
  changing<T>(write: Promise<T>): Promise<T>
}

const mostRecords = 10_000

export function createRecordCache(read: <T>(unit: Unit<T>) => Promise<T>): RecordCache {
  const kept = new Map<string, unknown>()
  return {
    async find<T>(key: string, unit: () => Unit<T | undefined>) {
      const known = kept.get(key)
      if (known !== undefined) return known as T // the key names what was read
      const found = await read(unit())
      if (kept.size >= mostRecords) kept.clear()
      if (found !== undefined) kept.set(key, found)
      return found
    },
    async changing(write) {
      try {
        return await write
      } finally {
        kept.clear()
      }
    },
  }
}
