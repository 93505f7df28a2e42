/**
 * Watches for the end of runs whose shim is not our child: those of an earlier launcher, and those whose shim was killed.
 * Their shims append a line to `run/.ended`, which wakes us; a slow sweep finds what could not even do that.
 */
import { type FSWatcher, closeSync, existsSync, openSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ProcessIdentity, parseStat, readAgain } from '../../linux/process-stat.ts'

export interface Adopted {
  /** Waits for the end of a program; `onEnded` may come at once. */
  add(processId: string, program: ProcessIdentity): void
  close(): void
}

const sweepEveryMs = 1000

export function createAdopted(runsFolder: string, onEnded: (processId: string) => void): Adopted {
  /** A kept descriptor answers ESRCH for ever once its process ended, so a recycled pid is never mistaken. */
  const runs = new Map<string, number>()
  let watcher: FSWatcher | undefined
  let timer: NodeJS.Timeout | undefined

  const sweep = (): void => {
    for (const [processId, descriptor] of runs) {
      if (!hasEnded(join(runsFolder, processId), descriptor)) continue
      closeSync(descriptor)
      runs.delete(processId)
      onEnded(processId)
    }
    if (runs.size === 0) stop()
  }

  const stop = (): void => {
    watcher?.close()
    clearInterval(timer)
    watcher = undefined
    timer = undefined
  }

  const start = (): void => {
    if (timer !== undefined) return
    timer = setInterval(sweep, sweepEveryMs)
    watcher = watchEndings(runsFolder, sweep)
  }

  return {
    add: (processId, program) => {
      const descriptor = openStat(program)
      if (descriptor === undefined) {
        onEnded(processId)
        return
      }
      runs.set(processId, descriptor)
      start()
    },
    close: () => {
      stop()
      for (const descriptor of runs.values()) closeSync(descriptor)
      runs.clear()
    },
  }
}

/** The shim has written the end, or the program is gone and nobody is left to write it. */
function hasEnded(folder: string, descriptor: number): boolean {
  try {
    return parseStat(readAgain(descriptor)).state === 'Z' || existsSync(join(folder, 'exit'))
  } catch {
    return true
  }
}

/** Undefined when the process is gone, even if its pid is another's by now. */
function openStat({ pid, startTime }: ProcessIdentity): number | undefined {
  try {
    const descriptor = openSync(`/proc/${pid}/stat`, 'r')
    if (parseStat(readAgain(descriptor)).startTime === startTime) return descriptor
    closeSync(descriptor)
    return undefined
  } catch {
    return undefined
  }
}

/** Machines may run out of watches; the sweep finds everything without them. */
function watchEndings(runsFolder: string, onChange: () => void): FSWatcher | undefined {
  try {
    const path = join(runsFolder, '.ended')
    writeFileSync(path, '', { flag: 'a' })
    return watch(path, onChange).on('error', () => {})
  } catch {
    return undefined
  }
}
