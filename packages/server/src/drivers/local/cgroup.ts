/**
 * Cgroups of a run: where limits are set and counts are read. Versions 1 and 2 may be mounted side by side, so each
 * controller is looked for by itself.
 *
 * They are made in JS before the shim, because a program in the chain would cost a millisecond. Runs lie in
 * `hatchery/` at the root of each hierarchy where we may write there (as container engines do it: they then survive
 * whatever a service manager does to our own cgroup), else below our own cgroup.
 */
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSmall } from '../linux/process-stat.ts'

const controllers = ['memory', 'cpu', 'cpuacct', 'pids'] as const

export type Controller = (typeof controllers)[number]

/** A folder in which runs get folders of their own, and what that hierarchy can do. */
export interface CgroupParent {
  readonly folder: string
  readonly version: 1 | 2
  readonly controllers: readonly Controller[]
}

/** More than any game server starts, and far less than what a fork bomb needs to hurt the machine. */
const pidsMax = 4096

const periodUs = 100_000

/**
 * The parents that this machine and our rights allow, made when missing. Empty: no cgroups here, requests are counted.
 * A run's processes are listed in the first one. A version 2 without controllers, as it lies beside version 1 on some
 * machines, would cost each start and add nothing.
 */
export function openCgroups(): CgroupParent[] {
  const parents = mountedHierarchies().flatMap((hierarchy) => {
    const parent = hierarchy.version === 2 ? openVersion2(hierarchy) : openVersion1(hierarchy)
    return parent === undefined ? [] : [parent]
  })
  const useful = parents.filter(
    ({ version, controllers: names }) => version === 1 || names.some((name) => name !== 'cpuacct'),
  )
  return useful.some((parent) => parent.controllers.includes('memory')) ? useful : []
}

/** Whether requests become limits with these. */
export const enforcesLimits = (parents: readonly CgroupParent[]): boolean =>
  (['memory', 'cpu'] as const).every((controller) =>
    parents.some((parent) => parent.controllers.includes(controller)),
  )

/** Makes the folders of one run; their paths in the order of `parents`. */
export function makeCgroups(parents: readonly CgroupParent[], name: string): string[] {
  return parents.map((parent) => {
    const folder = join(parent.folder, name)
    mkdirSync(folder, { recursive: true })
    return folder
  })
}

/** Sets what a run may use. `cpu` in cores, memory in MB. */
export function limitCgroups(
  parents: readonly CgroupParent[],
  name: string,
  limits: { cpu: number; memoryMb: number },
): void {
  for (const parent of parents) {
    const folder = join(parent.folder, name)
    for (const [file, value, required] of settings(parent, limits)) {
      write(join(folder, file), value, required)
    }
  }
}

type Setting = readonly [file: string, value: string, required: boolean]

function settings(
  parent: CgroupParent,
  { cpu, memoryMb }: { cpu: number; memoryMb: number },
): Setting[] {
  const has = (controller: Controller) => parent.controllers.includes(controller)
  const bytes = String(memoryMb * 1_048_576)
  const quotaUs = Math.max(1000, Math.round(cpu * periodUs))
  const pids: Setting[] = has('pids') ? [['pids.max', String(pidsMax), false]] : []
  if (parent.version === 2) {
    return [
      ...(has('memory')
        ? ([
            ['memory.max', bytes, true],
            ['memory.swap.max', '0', false],
            ['memory.oom.group', '1', false],
          ] as const)
        : []),
      ...(has('cpu') ? ([['cpu.max', `${quotaUs} ${periodUs}`, true]] as const) : []),
      ...pids,
    ]
  }
  return [
    ...(has('memory')
      ? ([
          ['memory.limit_in_bytes', bytes, true],
          ['memory.memsw.limit_in_bytes', bytes, false],
        ] as const)
      : []),
    ...(has('cpu')
      ? ([
          ['cpu.cfs_period_us', String(periodUs), true],
          ['cpu.cfs_quota_us', String(quotaUs), true],
        ] as const)
      : []),
    ...pids,
  ]
}

/** Removes empty cgroups. False: one still has processes. What is not there is success. */
export function removeCgroups(folders: readonly string[]): boolean {
  return folders.map(removeCgroup).every((removed) => removed)
}

function removeCgroup(folder: string): boolean {
  try {
    rmdirSync(folder)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}

/** The kernel's file that counts kills for want of memory; empty where there is none. */
export function oomFileOf(parents: readonly CgroupParent[], name: string): string {
  const parent = parents.find((each) => each.controllers.includes('memory'))
  if (parent === undefined) return ''
  return join(parent.folder, name, parent.version === 2 ? 'memory.events' : 'memory.oom_control')
}

/** Pids in a cgroup; empty when it is gone. */
export function cgroupPids(folder: string): number[] {
  const text = readSmall(join(folder, 'cgroup.procs')) ?? ''
  return text.split('\n').flatMap((line) => (line === '' ? [] : [Number(line)]))
}

/** Kills all of a cgroup at once, which only version 2 can. False: it cannot. */
export function killCgroup(folder: string): boolean {
  try {
    // Opened without creating: on version 1 the file does not exist.
    writeFileSync(join(folder, 'cgroup.kill'), '1', { flag: 'r+' })
    return true
  } catch {
    return false
  }
}

interface Hierarchy {
  readonly mountPoint: string
  readonly version: 1 | 2
  readonly controllers: readonly Controller[]
}

function mountedHierarchies(): Hierarchy[] {
  return (readSmall('/proc/self/mountinfo') ?? '')
    .split('\n')
    .map(hierarchyOf)
    .filter((hierarchy) => hierarchy !== undefined)
}

/** A line of mountinfo: `… mount-point … - type source options`. */
function hierarchyOf(line: string): Hierarchy | undefined {
  const [before = '', after = ''] = line.split(' - ')
  const mountPoint = before.split(' ')[4]
  const [type, , options = ''] = after.split(' ')
  if (mountPoint === undefined) return undefined
  if (type === 'cgroup2') return { mountPoint, version: 2, controllers: [] }
  if (type !== 'cgroup') return undefined
  const names = options.split(',')
  return { mountPoint, version: 1, controllers: controllers.filter((name) => names.includes(name)) }
}

function openVersion1(hierarchy: Hierarchy): CgroupParent | undefined {
  if (hierarchy.controllers.length === 0) return undefined
  const own = ownCgroup((names) => hierarchy.controllers.every((c) => names.includes(c)))
  const folder = firstWritable([hierarchy.mountPoint, join(hierarchy.mountPoint, own)])
  return folder === undefined ? undefined : { ...hierarchy, folder }
}

/**
 * Version 2 lets no cgroup have both processes and limited children. Only the true root is exempt; below it we first
 * move into the leaf `control`, which we do only when nobody else lives in our cgroup.
 */
function openVersion2(hierarchy: Hierarchy): CgroupParent | undefined {
  const isRoot = readSmall(join(hierarchy.mountPoint, 'cgroup.type')) === undefined
  const atRoot = isRoot ? firstWritable([hierarchy.mountPoint]) : undefined
  if (atRoot !== undefined) {
    return { ...hierarchy, folder: atRoot, controllers: delegated(hierarchy.mountPoint, atRoot) }
  }
  const own = join(
    hierarchy.mountPoint,
    ownCgroup((names) => names === ''),
  ).replace(/\/control$/, '')
  const games = firstWritable([own], 'games')
  if (games === undefined || !moveIntoLeaf(own)) return undefined
  return { ...hierarchy, folder: games, controllers: delegated(own, games) }
}

/** Hands controllers down from `from` to the children of `to`; answers which arrived. */
function delegated(from: string, to: string): Controller[] {
  for (const folder of [from, to]) {
    for (const controller of ['memory', 'cpu', 'pids']) {
      write(join(folder, 'cgroup.subtree_control'), `+${controller}`, false)
    }
  }
  const arrived = (readSmall(join(to, 'cgroup.subtree_control')) ?? '').trim().split(' ')
  // Version 2 accounts CPU time everywhere, controller or not.
  return controllers.filter((name) => name === 'cpuacct' || arrived.includes(name))
}

function moveIntoLeaf(own: string): boolean {
  const others = cgroupPids(own).filter((pid) => pid !== process.pid && pid !== process.ppid)
  if (others.length > 0) return false
  const leaf = join(own, 'control')
  try {
    mkdirSync(leaf, { recursive: true })
    for (const pid of cgroupPids(own)) writeFileSync(join(leaf, 'cgroup.procs'), String(pid))
    return true
  } catch {
    return false
  }
}

/** The path of our own cgroup in the hierarchy whose controllers (as text) match. */
function ownCgroup(matches: (names: string) => boolean): string {
  const lines = readFileSync('/proc/self/cgroup', 'latin1').trim().split('\n')
  for (const line of lines) {
    const [, names = '', ...path] = line.split(':')
    if (matches(names)) return path.join(':')
  }
  return '/'
}

/** `name` made below the first of these that lets us. */
function firstWritable(folders: readonly string[], name = 'hatchery'): string | undefined {
  for (const parent of folders) {
    const folder = join(parent, name)
    try {
      mkdirSync(folder, { recursive: true })
      mkdirSync(join(folder, `.probe-${process.pid}`))
      rmdirSync(join(folder, `.probe-${process.pid}`))
      return folder
    } catch {
      continue
    }
  }
  return undefined
}

function write(file: string, value: string, required: boolean): void {
  try {
    writeFileSync(file, value)
  } catch (error) {
    if (required) throw new Error(`cannot set ${value} in ${file}`, { cause: error })
  }
}
