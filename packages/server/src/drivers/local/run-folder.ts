/**
 * The run folder of a process: the only memory this driver has. Server and launcher may die at any line; whoever
 * comes next reads the truth here.
 *
 *     spec.json  what was asked for, and where this machine put it (0600: the environment may hold secrets)
 *     pid        pid, start time and boot id of the program; or `void`: no program will ever run from here
 *     bound      when its default port was seen bound
 *     instead    a port it bound instead of its own
 *     exit       how it ended, written by the shim
 *     upper      what the game changed in its copy of the build, and `overlay` for the kernel; or `work`, a copy
 *     home, tmp  its own folders
 *
 * A folder is made complete under another name and renamed to the process id, which only one launcher can win. `pid`
 * is created exclusively by whoever is about to become the program, so a run starts at most once.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { FolderArtifact, ProcessSpec } from '../../domain/driver.ts'
import type { Exit } from '../../domain/exit-reason.ts'
import { parseExit } from './exit.ts'
import { type ProcessIdentity, bootId, isAlive, readSmall } from '../linux/process-stat.ts'

/** Where this machine put a run. */
export interface RunPlace {
  /** Folders of its cgroups, in the order of joining; empty where there are none. */
  readonly cgroups: readonly string[]
  /** The user it runs as; null: as ours. */
  readonly uid: number | null
  readonly log: string
  readonly shim: ProcessIdentity
  readonly bootId: string
}

export interface RunRecord {
  readonly version: 1
  readonly spec: ProcessSpec<FolderArtifact>
  readonly place: RunPlace
}

/** What a run folder says. `absent`: nothing runs from it and nothing ever will. */
export type Run =
  | { readonly state: 'absent' }
  | { readonly state: 'foreign'; readonly installationId: string }
  | { readonly state: 'starting'; readonly record: RunRecord }
  | RunningRun
  | EndedRun

export interface RunningRun {
  readonly state: 'running'
  readonly record: RunRecord
  readonly program: ProcessIdentity
  readonly bootedAt: number
  readonly boundAt: number | null
  readonly boundInstead: string | null
}

export interface EndedRun {
  readonly state: 'ended'
  readonly record: RunRecord
  readonly program: ProcessIdentity
  readonly bootedAt: number
  readonly boundAt: number | null
  readonly boundInstead: string | null
  readonly endedAt: number
  readonly exit: Exit
}

export const runsFolder = (dataFolder: string): string => join(dataFolder, 'run')

export const runFolder = (dataFolder: string, processId: string): string =>
  join(runsFolder(dataFolder), processId)

/** Ids come from the store and from folder names; what could lead out of the folder is nobody's id. */
export const isRunName = (name: string): boolean => /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/.test(name)

/** Ids of all runs there are, other installations' too. */
export function runNames(dataFolder: string): string[] {
  try {
    return readdirSync(runsFolder(dataFolder)).filter(isRunName)
  } catch {
    return []
  }
}

/**
 * Reads a run from its folder. Some small synchronous reads, no more.
 * When program and shim are both gone without a word, it writes down that the run is lost, so that all later looks agree.
 */
export function lookAtRun(folder: string, installationId: string): Run {
  try {
    return look(folder, installationId)
  } catch (error) {
    // It may be removed while we look.
    if (!existsSync(folder)) return { state: 'absent' }
    throw error
  }
}

function look(folder: string, installationId: string): Run {
  const names = namesIn(folder)
  if (!names.has('spec.json')) return { state: 'absent' }
  const record = readRecord(folder)
  if (record === undefined) return { state: 'absent' }
  if (record.spec.installationId !== installationId) {
    return { state: 'foreign', installationId: record.spec.installationId }
  }
  const program = names.has('pid') ? readProgram(folder) : undefined
  if (program === 'void') return { state: 'absent' }
  if (program === undefined) {
    return shimIsAlive(record) ? { state: 'starting', record } : lookAgain(folder, record)
  }
  return runOf(folder, names, record, program)
}

/** The shim is gone: either the program never ran, or `pid` was written between our two looks. */
function lookAgain(folder: string, record: RunRecord): Run {
  const program = readProgram(folder)
  if (program === undefined || program === 'void') return { state: 'absent' }
  return runOf(folder, namesIn(folder), record, program)
}

function runOf(
  folder: string,
  names: ReadonlySet<string>,
  record: RunRecord,
  program: StartedProgram,
): Run {
  const seen = {
    record,
    program,
    bootedAt: changedAt(join(folder, 'pid')),
    boundAt: names.has('bound') ? Number(readSmall(join(folder, 'bound'))) || null : null,
    boundInstead: names.has('instead')
      ? (readSmall(join(folder, 'instead'))?.trim() ?? null)
      : null,
  }
  const exit = names.has('exit') ? readExit(folder) : undefined
  if (exit === undefined && isRunning(record, program)) return { state: 'running', ...seen }
  const last = exit ?? readExit(folder) ?? writeLost(folder, program)
  const endedAt = changedAt(join(folder, 'exit'))
  return { state: 'ended', ...seen, endedAt, exit: parseExit(last, record.spec.memoryMb) }
}

/** While the shim lives, the end is told by it alone. */
const isRunning = (record: RunRecord, program: StartedProgram): boolean =>
  program.bootId === bootId() && (isAlive(program) || shimIsAlive(record))

function writeLost(folder: string, program: StartedProgram): string {
  const cause =
    program.bootId === bootId() ? 'killed together with its watcher' : 'machine restarted'
  const line = `lost ${cause}\n`
  writeFileSync(join(folder, 'exit'), line)
  return line
}

/** A file that is still empty is being written. */
function readExit(folder: string): string | undefined {
  const text = readSmall(join(folder, 'exit'))
  return text?.endsWith('\n') === true ? text : undefined
}

interface StartedProgram extends ProcessIdentity {
  readonly bootId: string
}

function readProgram(folder: string): StartedProgram | 'void' | undefined {
  const text = readSmall(join(folder, 'pid'))
  if (text?.endsWith('\n') !== true) return undefined
  const [pid, startTime, boot] = text.trim().split(' ')
  if (startTime === undefined || boot === undefined) return 'void'
  return { pid: Number(pid), startTime, bootId: boot }
}

/** The program of a run, whether it still lives or not; undefined when none ever ran. */
export function programOf(folder: string): ProcessIdentity | undefined {
  const program = readProgram(folder)
  return program === 'void' ? undefined : program
}

const shimIsAlive = ({ place }: RunRecord): boolean =>
  place.bootId === bootId() && isAlive(place.shim)

/**
 * Makes sure that no program will ever start from this folder. False: one has started already, or is just about to.
 */
export function voidRun(folder: string): boolean {
  try {
    const descriptor = openSync(join(folder, 'pid'), 'wx', 0o600)
    writeSync(descriptor, 'void\n')
    closeSync(descriptor)
    return true
  } catch {
    const program = readProgram(folder)
    if (program !== undefined) return program === 'void'
    const record = readRecord(folder)
    return record === undefined || !shimIsAlive(record)
  }
}

/** The record of a folder; undefined when there is none, or none that we wrote. */
export function readRecord(folder: string): RunRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(join(folder, 'spec.json'), 'utf8')) as RunRecord
    return record.version === 1 ? record : undefined
  } catch {
    return undefined
  }
}

export function writeRecord(folder: string, record: RunRecord): void {
  writeFileSync(join(folder, 'spec.json'), JSON.stringify(record), { mode: 0o600 })
}

function namesIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder))
  } catch {
    return new Set()
  }
}

const changedAt = (path: string): number => Math.floor(statSync(path).mtimeMs)
