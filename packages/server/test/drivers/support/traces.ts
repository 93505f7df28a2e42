/** What a process leaves on a machine: looked for everywhere, not only where the driver would look. */
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Each trace in words: processes with its id in the environment, its folders, cgroups, mounts, tracing instances. */
export function tracesOf(dataFolder: string, processId: string): string[] {
  return [
    ...namesIn(join(dataFolder, 'run')).filter((name) => name.includes(processId)),
    ...pidsWith(processId).map((pid) => `process ${pid}`),
    ...mountsWith(processId),
  ]
}

/** What a closed driver must not leave: waiting shims with their folders, cgroups and processes. */
export function slotsLeft(dataFolder: string): string[] {
  const folders = namesIn(join(dataFolder, 'run')).filter((name) => name.startsWith('.slot-'))
  const shims = allPids().filter((pid) => workingFolder(pid).startsWith(join(dataFolder, 'run')))
  return [...folders, ...shims.map((pid) => `process ${pid} in ${workingFolder(pid)}`)]
}

/** Folders of cgroups that a run names in its record, still there. */
export const cgroupsLeft = (cgroups: readonly string[]): string[] =>
  cgroups.filter((folder) => existsSync(folder))

export function pidsWith(processId: string): number[] {
  return allPids().filter((pid) => {
    const isZombie = / Z /.test(readOrEmpty(`/proc/${pid}/stat`))
    const environment = readOrEmpty(`/proc/${pid}/environ`)
    return !isZombie && environment.includes(`HATHORA_PROCESS_ID=${processId}\0`)
  })
}

const allPids = (): number[] =>
  namesIn('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)

function mountsWith(text: string): string[] {
  return readOrEmpty('/proc/self/mountinfo')
    .split('\n')
    .filter((line) => line.includes(text))
}

function workingFolder(pid: number): string {
  const line = readOrEmpty(`/proc/${pid}/cmdline`)
  if (!line.includes('hatchery-shim')) return ''
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
