/** Which processes belong to a run, and the end of all of them. */
import { setTimeout as sleep } from 'node:timers/promises'
import { cgroupPids, killCgroup } from './cgroup.ts'
import { type ProcessIdentity, allPids, readSmall, statOf } from '../linux/process-stat.ts'
import type { RunRecord } from './run-folder.ts'

export interface RunMembers {
  readonly record: RunRecord
  readonly program: ProcessIdentity
}

/**
 * Pids of a run: those of its cgroup; without one, its session and whatever has its process id in the environment.
 * The second way looks at every process of the machine.
 */
export function membersOf(run: RunMembers): number[] {
  const [cgroup] = run.record.place.cgroups
  return cgroup === undefined ? sessionMembers([run]) : cgroupPids(cgroup)
}

/**
 * One look at every process of the machine, whatever the number of runs. A session counts only while the program that
 * leads it is there: its number may be another's later, and then only the environment tells.
 */
function sessionMembers(runs: readonly RunMembers[]): number[] {
  const ids = new Set(runs.map((run) => run.record.spec.processId))
  const led = new Set(
    runs.flatMap(({ program: { pid, startTime } }) =>
      statOf(pid)?.startTime === startTime ? [pid] : [],
    ),
  )
  return allPids().filter((pid) => {
    const stat = statOf(pid)
    if (stat === undefined || stat.state === 'Z' || pid === process.pid) return false
    return led.has(stat.session) || ids.has(stampOf(pid))
  })
}

const stampOf = (pid: number): string =>
  /(?:^|\0)HATHORA_PROCESS_ID=([^\0]*)/.exec(readSmall(`/proc/${pid}/environ`) ?? '')?.[1] ?? ''

/** Whether one process belongs to a run, told from that process alone: cheap for hints. */
export function isMember(pid: number, { record, program }: RunMembers): boolean {
  const [cgroup] = record.place.cgroups
  if (cgroup === undefined) return statOf(pid)?.session === program.pid
  const name = cgroup.slice(cgroup.lastIndexOf('/'))
  return (readSmall(`/proc/${pid}/cgroup`) ?? '').split('\n').some((line) => line.endsWith(name))
}

/** Kills all of these runs until none is left. False: something outlived 5 s of it (a process stuck in the kernel). */
export async function killRuns(runs: readonly RunMembers[]): Promise<boolean> {
  for (let waitMs = 1; waitMs < 2500; waitMs *= 2) {
    if (killOnce(runs) === 0) return true
    await sleep(waitMs)
  }
  return killOnce(runs) === 0
}

/** How many processes there still were. */
function killOnce(runs: readonly RunMembers[]): number {
  const withoutCgroup = runs.filter((run) => run.record.place.cgroups.length === 0)
  const loose = withoutCgroup.length === 0 ? [] : sessionMembers(withoutCgroup)
  for (const pid of loose) sendSignal(pid, 'SIGKILL')
  let count = loose.length
  for (const run of runs) {
    const [cgroup] = run.record.place.cgroups
    if (cgroup === undefined) continue
    const pids = cgroupPids(cgroup)
    count += pids.length
    if (pids.length === 0 || killCgroup(cgroup)) continue
    for (const pid of pids) sendSignal(pid, 'SIGKILL')
  }
  return count
}

/** Sends a signal; a negative pid is a group. What is gone is success. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
