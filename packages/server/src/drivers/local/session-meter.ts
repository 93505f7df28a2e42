/**
 * What runs without cgroups used: the sum over the processes of their sessions and of those with their process id in the
 * environment. One sweep over the machine serves all runs.
 */
import { closeSync, openSync } from 'node:fs'
import type { Reading } from '../linux/meter.ts'
import {
  type ProcessIdentity,
  type ProcessStat,
  allPids,
  pageBytes,
  parseStat,
  readAgain,
  readSmall,
  ticksPerSecond,
} from '../linux/process-stat.ts'

export interface SessionMeter {
  /** A reading of each run that is alive, by process id. */
  read(runs: readonly SessionRun[]): Map<string, Reading>
  close(): void
}

export interface SessionRun {
  readonly processId: string
  readonly program: ProcessIdentity
}

interface Kept {
  readonly descriptor: number
  /** The HATHORA_PROCESS_ID in its environment when it was first seen. */
  readonly stamp: string
}

export function createSessionMeter(): SessionMeter {
  const kept = new Map<number, Kept>()
  /** A child that ended without being waited for takes its time with it; what was told before never shrinks. */
  const told = new Map<string, number>()

  const drop = (pid: number): void => {
    const entry = kept.get(pid)
    if (entry !== undefined) closeSync(entry.descriptor)
    kept.delete(pid)
  }

  const statsNow = (): { stat: ProcessStat; stamp: string }[] => {
    const pids = allPids()
    const alive = new Set(pids)
    for (const pid of [...kept.keys()]) if (!alive.has(pid)) drop(pid)
    return pids.flatMap((pid) => {
      try {
        const entry = kept.get(pid) ?? keep(pid)
        kept.set(pid, entry)
        return [{ stat: parseStat(readAgain(entry.descriptor)), stamp: entry.stamp }]
      } catch {
        drop(pid)
        return []
      }
    })
  }

  return {
    read: (runs) => {
      const sessions = new Map(runs.map((run) => [run.program.pid, run.processId]))
      const sums = new Map<string, { ticks: number; pages: number }>()
      for (const { stat, stamp } of statsNow()) {
        const processId = sessions.get(stat.session) ?? stamp
        const sum = sums.get(processId) ?? { ticks: 0, pages: 0 }
        sum.ticks += stat.cpuTicks
        sum.pages += stat.residentPages
        sums.set(processId, sum)
      }
      return new Map(runs.flatMap((run) => readingOf(run.processId, sums, told)))
    },
    close: () => {
      for (const pid of [...kept.keys()]) drop(pid)
    },
  }
}

function keep(pid: number): Kept {
  const environment = readSmall(`/proc/${pid}/environ`) ?? ''
  const stamp = /(?:^|\0)HATHORA_PROCESS_ID=([^\0]*)/.exec(environment)?.[1] ?? ''
  return { descriptor: openSync(`/proc/${pid}/stat`, 'r'), stamp }
}

function readingOf(
  processId: string,
  sums: ReadonlyMap<string, { ticks: number; pages: number }>,
  told: Map<string, number>,
): [string, Reading][] {
  const sum = sums.get(processId)
  if (sum === undefined) {
    told.delete(processId)
    return []
  }
  const cpuSeconds = Math.max(sum.ticks / ticksPerSecond(), told.get(processId) ?? 0)
  told.set(processId, cpuSeconds)
  return [[processId, { cpuSeconds, memoryBytes: sum.pages * pageBytes() }]]
}
