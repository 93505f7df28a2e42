/** The processes that run now, kept in memory for the rounds that look at all of them. */
import type { Process, ProcessId } from '../domain/process.ts'

export interface LiveProcesses {
  see(process: Process): void
  drop(processId: ProcessId): void
  /** Those that run or drain. */
  running(): Iterable<Process>
}

export function createLiveProcesses(): LiveProcesses {
  const running = new Map<ProcessId, Process>()
  return {
    see(process) {
      if (process.status === 'running' || process.status === 'draining')
        running.set(process.processId, process)
      else running.delete(process.processId)
    },
    drop: (processId) => void running.delete(processId),
    running: () => running.values(),
  }
}
