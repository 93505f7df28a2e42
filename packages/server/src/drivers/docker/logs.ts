/** The copying of the output of all containers, each by itself. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessId } from '../../domain/process.ts'
import { copyLog, forgetPosition } from './container-log.ts'
import type { EngineClient } from './engine-client.ts'

export interface ContainerLogs {
  /** Copies what a container writes; one that is copied already goes on. */
  follow(processId: ProcessId, containerId: string): void
  /** Adds a line of ours. */
  say(processId: ProcessId, line: string): void
  /** Waits until the output of an ended container is copied, as long as there is progress. */
  finish(processId: ProcessId): Promise<void>
  /** For a process that is gone. */
  forget(processId: ProcessId): void
  close(): Promise<void>
}

export interface ContainerLogsOptions {
  readonly engine: EngineClient
  readonly logFileOf: (processId: ProcessId) => string
  /** Where positions are kept. */
  readonly folder: string
}

interface Copying {
  /** Monotonic ms of the last thing that was copied. */
  copiedAt: number
  readonly stop: AbortController
  readonly over: Promise<void>
}

/** Nothing comes any more when nothing came for so long. */
const quietMs = 10_000
const lookMs = 500
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants

export function createContainerLogs(options: ContainerLogsOptions): ContainerLogs {
  const { engine, logFileOf, folder } = options
  const copying = new Map<ProcessId, Copying>()
  const positionFile = (processId: ProcessId): string => join(folder, `${processId}.logged`)

  return {
    follow(processId, containerId) {
      if (copying.has(processId)) return
      const stop = new AbortController()
      const onCopied = (): void => {
        copy.copiedAt = performance.now()
      }
      const over = copyLog({
        ...{ engine, containerId, signal: stop.signal, onCopied },
        logFile: logFileOf(processId),
        positionFile: positionFile(processId),
      })
      const copy: Copying = { stop, over, copiedAt: performance.now() }
      copying.set(processId, copy)
    },

    say(processId, line) {
      void appendLine(logFileOf(processId), line)
    },

    async finish(processId) {
      const copy = copying.get(processId)
      if (copy === undefined) return
      copy.copiedAt = performance.now()
      let isOver = false
      void copy.over.then(() => (isOver = true))
      while (!isOver && performance.now() - copy.copiedAt < quietMs) await briefly(copy.over)
      copy.stop.abort()
      await copy.over
    },

    forget(processId) {
      copying.delete(processId)
      forgetPosition(positionFile(processId))
    },

    async close() {
      const all = [...copying.values()]
      copying.clear()
      for (const { stop } of all) stop.abort()
      await Promise.all(all.map(({ over }) => over))
    },
  }
}

/** Until it is over, or until it is worth looking again. */
async function briefly(over: Promise<void>): Promise<void> {
  const late = new AbortController()
  const wait = sleep(lookMs, undefined, late).catch(() => undefined)
  await Promise.race([over, wait])
  late.abort()
}

/** A full disk costs a line. */
async function appendLine(path: string, line: string): Promise<void> {
  try {
    await using file = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600)
    await file.writeFile(`${line}\n`)
  } catch {
    // Nobody waits for it.
  }
}
