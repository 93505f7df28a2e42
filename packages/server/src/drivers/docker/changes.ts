/** Who is told that something may have changed with a process: those who watch all, and those who wait for one. */
import type { ProcessId } from '../../domain/process.ts'

export interface Changes {
  tell(processId: ProcessId): void
  watch(onChange: (processId: ProcessId) => void): void
  /** Resolves at the next change of a process; rejects when the signal is aborted. */
  next(processId: ProcessId, signal: AbortSignal): Promise<void>
  /** Nobody is told anything any more. */
  close(): void
}

export function createChanges(): Changes {
  const watchers = new Set<(processId: ProcessId) => void>()
  return {
    tell(processId) {
      for (const onChange of watchers) onChange(processId)
    },
    watch: (onChange) => void watchers.add(onChange),
    next: (processId, signal) =>
      new Promise((resolve, reject) => {
        const end = (): void => {
          watchers.delete(onChange)
          signal.removeEventListener('abort', onAbort)
        }
        const onChange = (changedId: ProcessId): void => {
          if (changedId !== processId) return
          end()
          resolve()
        }
        const onAbort = (): void => {
          end()
          reject(signal.reason as Error)
        }
        watchers.add(onChange)
        signal.addEventListener('abort', onAbort)
        if (signal.aborted) onAbort()
      }),
    close: () => watchers.clear(),
  }
}
