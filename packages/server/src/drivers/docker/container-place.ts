/** What /proc tells of a container whose engine is on this machine. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readSmall } from '../linux/process-stat.ts'

/** A running container. */
export interface LiveContainer {
  readonly containerId: string
  /** Of its init, on the engine's machine. */
  readonly pid: number
}

/** Whether it runs on this machine, and the pid is not another's by now: its cgroup is named after it. */
export const isHere = ({ containerId, pid }: LiveContainer): boolean =>
  pid > 0 && readSmall(`/proc/${pid}/cgroup`)?.includes(containerId) === true

/** Pids of everything in it; undefined where its cgroup cannot be read. */
export function pidsIn(container: LiveContainer): number[] | undefined {
  const text = cgroupsOf(container)
    .map((folder) => readSmall(join(folder, 'cgroup.procs')))
    .find((pids) => pids !== undefined)
  return text?.split('\n').flatMap((line) => (line === '' ? [] : [Number(line)]))
}

/** Folders of its cgroups that are mounted here. Versions 1 and 2 may be there side by side. */
export function cgroupsOf({ pid, containerId }: LiveContainer): string[] {
  const lines = (readSmall(`/proc/${pid}/cgroup`) ?? '').split('\n')
  return lines.flatMap((line) => {
    const [, names, path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    if (names === undefined || !path.includes(containerId)) return []
    const found = rootsOf(names)
      .map((root) => join(root, path))
      .find((folder) => existsSync(join(folder, 'cgroup.procs')))
    return found === undefined ? [] : [found]
  })
}

const mounts = '/sys/fs/cgroup'

/** Where a hierarchy may be mounted: version 2 has no names and lies alone, or beside version 1. */
function rootsOf(names: string): string[] {
  if (names === '') return [mounts, join(mounts, 'unified')]
  return [names, ...names.split(',')].map((name) => join(mounts, name.replace(/^name=/, '')))
}
