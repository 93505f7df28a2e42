/** What the kernel says of a process: its memory, its CPU time, its children. */
import { readFileSync, readdirSync } from 'node:fs'

/** Resident memory that is its own, in KB: pages of files that many share are left out. */
export function ownMemoryKb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1])
}

const ticksPerSecond = 100

/** Of all its threads, in seconds. */
export function cpuSeconds(pid: number): number {
  const [user, system] = ticksOf(pid)
  return (user + system) / ticksPerSecond
}

/** And of the children that it has waited for. */
export function cpuSecondsOfAll(pid: number): number {
  const [, , waitedUser, waitedSystem] = ticksOf(pid)
  return cpuSeconds(pid) + (waitedUser + waitedSystem) / ticksPerSecond
}

/** How many descriptors it holds. */
export const descriptorsOf = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length

export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent)
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

/** The small program that starts the games of a server. */
export function launcherOf(server: number): number {
  const launcher = childrenOf(server).find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('launcher'),
  )
  if (launcher === undefined) throw new Error(`server ${server} has no launcher`)
  return launcher
}

/** In user mode and in the kernel, its own, then those of children that it has waited for. */
function ticksOf(pid: number): [number, number, number, number] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return [Number(fields[11]), Number(fields[12]), Number(fields[13]), Number(fields[14])]
}
