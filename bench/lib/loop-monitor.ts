/** How long the event loop of this process stands still at worst. */
import { openSync, readSync } from 'node:fs'
import type { LoopFigures } from './product.ts'

/** For `serveQuestions`: begins to watch, and tells the worst since. */
export function loopQuestions(): Readonly<Record<string, () => unknown>> {
  let read: (() => LoopFigures) | undefined
  return {
    'watch loop': () => {
      read = startLoopMonitor()
      return true
    },
    loop: () => read?.(),
  }
}

const everyMs = 1

/**
 * Watches from now on; answers how to read the worst so far. A timer should come every millisecond: what it is late counts
 * as standing still, less the time that the kernel says the thread was ready and got no core, for which the machine's
 * other programs are to blame.
 */
function startLoopMonitor(): () => LoopFigures {
  const waited = openWaited()
  let longestMs = 0
  let longestWithWaitingMs = 0
  let last = { at: performance.now(), waitedMs: waited() }
  setInterval(() => {
    const now = { at: performance.now(), waitedMs: waited() }
    const lateMs = now.at - last.at - everyMs
    longestWithWaitingMs = Math.max(longestWithWaitingMs, lateMs)
    longestMs = Math.max(longestMs, lateMs - (now.waitedMs - last.waitedMs))
    last = now
  }, everyMs).unref()
  return () => ({ longestMs, longestWithWaitingMs })
}

/** The main thread's time in the run queue, in ms; 0 where the kernel does not tell. */
function openWaited(): () => number {
  try {
    const descriptor = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r')
    const buffer = Buffer.alloc(128)
    return () => {
      const length = readSync(descriptor, buffer, 0, buffer.length, 0)
      return Number(buffer.toString('latin1', 0, length).split(' ')[1]) / 1e6
    }
  } catch {
    return () => 0
  }
}
