/** The processes that run now, kept in memory for the rounds that look at all of them. */
import type { Process, ProcessId } from '../domain/process.ts'

export interface LiveProcesses {
  see(process: Process): void
  /** As `see`, for one that is known already: a change of its rooms alone makes none known. */
  update(process: Process): void
  drop(processId: ProcessId): void
  /** Those that run or drain. */
  running(): Iterable<Process>
}

/** `onSeen` is told of each look at a process, whatever its status. */
export function createLiveProcesses(onSeen: (process: Process) => void): LiveProcesses {
  const running = new Map<ProcessId, Process>()
  return {
    see(process) {
      if (process.status === 'running' || process.status === 'draining')
        running.set(process.processId, process)
      else running.delete(process.processId)
      onSeen(process)
    },
    update(process) {
      if (running.has(process.processId)) running.set(process.processId, process)
    },
    drop: (processId) => void running.delete(processId),
    running: () => running.values(),
  }
}
