/** Reads what one run used so far, from descriptors that stay open: a read costs 1 to 4 µs, opening as much again. */
import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { parseStat, readAgain, readSmall } from './process-stat.ts'
import type { RunningRun } from './run-folder.ts'

export interface Reading {
  readonly cpuSeconds: number
  readonly memoryBytes: number
}

export interface Meter {
  /** Undefined once the run is gone. */
  read(): Reading | undefined
  close(): void
}

const pageBytes = 4096

/**
 * A meter over the cgroups of a run; undefined where it has none that count CPU time.
 *
 * Memory is what is resident: of a single process its resident set, as everyone knows it from `ps`; of several, what
 * the cgroup has in anonymous and mapped pages, because adding up resident sets counts shared pages again and again.
 * Not the cgroup's whole usage: that includes cached files, which look like a leak and are none.
 */
export function openCgroupMeter({ record, program }: RunningRun): Meter | undefined {
  const { cgroups } = record.place
  const [first] = cgroups
  const cpu = openFirst(cpuFiles(cgroups))
  const stat = openFirst([`/proc/${program.pid}/stat`])
  const procs = first === undefined ? undefined : openFirst([join(first, 'cgroup.procs')])
  const memoryFile = memoryStatOf(cgroups)
  const descriptors = [cpu, stat, procs].filter((descriptor) => descriptor !== undefined)
  const close = (): void => descriptors.splice(0).forEach((descriptor) => closeSync(descriptor))
  if (cpu === undefined || stat === undefined || procs === undefined) {
    close()
    return undefined
  }
  return {
    close,
    read: () => {
      try {
        const resident = parseStat(readAgain(stat)).residentPages * pageBytes
        const isAlone = readAgain(procs).trim() === String(program.pid)
        const memoryBytes = isAlone ? resident : (residentOf(memoryFile) ?? resident)
        return { cpuSeconds: cpuSecondsIn(readAgain(cpu)), memoryBytes }
      } catch {
        return undefined
      }
    },
  }
}

/** Version 1 counts in `cpuacct.usage`; `cpu.stat` of version 1 has other things in it. */
function cpuFiles(cgroups: readonly string[]): string[] {
  const version2 = cgroups.filter((folder) => existsSync(join(folder, 'cgroup.controllers')))
  return [
    ...cgroups.map((folder) => join(folder, 'cpuacct.usage')),
    ...version2.map((folder) => join(folder, 'cpu.stat')),
  ]
}

/** `1234567` nanoseconds (version 1), or a line `usage_usec 1234` (version 2). */
const cpuSecondsIn = (text: string): number =>
  text.startsWith('usage_usec ') ? Number.parseInt(text.slice(11), 10) / 1e6 : Number(text) / 1e9

const memoryStatOf = (cgroups: readonly string[]): string | undefined =>
  cgroups.map((folder) => join(folder, 'memory.stat')).find((file) => existsSync(file))

/** Anonymous and mapped pages, by the names of version 1 or 2. */
function residentOf(memoryFile: string | undefined): number | undefined {
  const text = memoryFile === undefined ? undefined : readSmall(memoryFile)
  if (text === undefined) return undefined
  const value = (name: string): number | undefined => {
    const found = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  const anonymous = value('total_rss') ?? value('anon')
  const mapped = value('total_mapped_file') ?? value('file_mapped')
  return anonymous === undefined ? undefined : anonymous + (mapped ?? 0)
}

function openFirst(paths: readonly string[]): number | undefined {
  for (const path of paths) {
    try {
      return openSync(path, 'r')
    } catch {
      continue
    }
  }
  return undefined
}
