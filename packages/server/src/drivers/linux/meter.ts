/** Reads what one run used so far, from descriptors that stay open: a read costs 1 to 4 µs, opening as much again. */
import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { type ProcessIdentity, pageBytes, readAgain, readSmall } from './process-stat.ts'

export interface Reading {
  readonly cpuSeconds: number
  readonly memoryBytes: number
}

/** Three kept descriptors and no more: there may be thousands of these. */
export interface Meter {
  readonly pid: string
  readonly cpu: number
  readonly statm: number
  readonly procs: number
}

/** A meter over the cgroups of a run; undefined where it has none that count CPU time. */
export function openMeter(cgroups: readonly string[], program: ProcessIdentity): Meter | undefined {
  const [first] = cgroups
  if (first === undefined) return undefined
  const opened: number[] = []
  const open = (paths: readonly string[]): number => {
    const descriptor = openFirst(paths)
    opened.push(descriptor)
    return descriptor
  }
  try {
    const cpu = open(cpuFiles(cgroups))
    const statm = open([`/proc/${program.pid}/statm`])
    return { pid: `${program.pid}\n`, cpu, statm, procs: open([join(first, 'cgroup.procs')]) }
  } catch {
    for (const descriptor of opened) closeSync(descriptor)
    return undefined
  }
}

export function closeMeter({ cpu, statm, procs }: Meter): void {
  for (const descriptor of [cpu, statm, procs]) closeSync(descriptor)
}

/**
 * Undefined once the program is gone.
 *
 * Memory is what is resident: of a single process its resident set, as everyone knows it from `ps`; of several, what
 * the cgroup has in anonymous and mapped pages, because adding up resident sets counts shared pages again and again.
 * Not the cgroup's whole usage: that includes cached files, which look like a leak and are none.
 */
export function readMeter(meter: Meter, cgroups: () => readonly string[]): Reading | undefined {
  try {
    const resident = residentPages(readAgain(meter.statm)) * pageBytes()
    const isAlone = readAgain(meter.procs) === meter.pid
    return {
      cpuSeconds: cpuSecondsIn(readAgain(meter.cpu)),
      memoryBytes: isAlone ? resident : (residentOf(cgroups()) ?? resident),
    }
  } catch {
    return undefined
  }
}

/** The second field of `statm`, which costs a third of what `stat` does. */
const residentPages = (statm: string): number =>
  Number.parseInt(statm.slice(statm.indexOf(' ')), 10)

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

/** Anonymous and mapped pages in bytes, by the names of version 1 or 2. */
function residentOf(cgroups: readonly string[]): number | undefined {
  const file = cgroups.map((folder) => join(folder, 'memory.stat')).find((path) => existsSync(path))
  const text = file === undefined ? undefined : readSmall(file)
  if (text === undefined) return undefined
  const value = (name: string): number | undefined => {
    const found = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  const anonymous = value('total_rss') ?? value('anon')
  const mapped = value('total_mapped_file') ?? value('file_mapped')
  return anonymous === undefined ? undefined : anonymous + (mapped ?? 0)
}

/** Throws when none can be opened. */
function openFirst(paths: readonly string[]): number {
  const path = paths.find((each) => existsSync(each)) ?? ''
  return openSync(path, 'r')
}
