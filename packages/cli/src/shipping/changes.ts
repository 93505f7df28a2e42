/** Tells when a program or anything in a folder changed, once for all that is written together. */
import { type FSWatcher, statSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

export interface Changes extends Disposable {
  /** Resolves at the next change; at once when there was one since the last was told. */
  next(): Promise<void>
}

/** Compilers write in pieces: quiet for this long is done. */
const quietMs = 300

export function watchChanges(path: string): Changes {
  let changed = false
  let tell: (() => void) | undefined
  let timer: NodeJS.Timeout | undefined
  const note = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      changed = true
      tell?.()
    }, quietMs)
  }
  const watcher = watcherOf(path, note)
  return {
    async next() {
      if (!changed) await new Promise<void>((resolved) => (tell = resolved))
      changed = false
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
      watcher.close()
    },
  }
}

/** A program is often replaced by another file of its name, so its folder is watched. */
function watcherOf(path: string, note: () => void): FSWatcher {
  if (statSync(path).isDirectory()) return watch(path, { recursive: true }, note)
  const name = basename(path)
  return watch(dirname(path), (_, changed) => {
    if (changed === null || changed === name) note()
  })
}
