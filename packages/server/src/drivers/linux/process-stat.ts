/** What /proc tells of a process, read with plain synchronous calls: promises on /proc are 24 times dearer. */
import { endianness } from 'node:os'
import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs'

export interface ProcessStat {
  /** One letter: R, S, D, Z for a zombie … */
  readonly state: string
  readonly session: number
  /** Clock ticks since boot: together with the pid it names a process for good. */
  readonly startTime: string
  /** Of the process and of the children it has waited for. */
  readonly cpuTicks: number
  readonly residentPages: number
}

/** The fields of one /proc/PID/stat. The name in parentheses may hold anything, so counting starts behind it. */
export function parseStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = (index: number) => Number(fields[index])
  return {
    state: fields[0] ?? '',
    session: ticks(3),
    startTime: fields[19] ?? '',
    cpuTicks: ticks(11) + ticks(12) + ticks(13) + ticks(14),
    residentPages: ticks(21),
  }
}

const buffer = Buffer.alloc(65_536)

/** The text of a small file of the kernel; undefined when it is gone or closed to us. */
export function readSmall(path: string): string | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'r')
    return readAgain(descriptor)
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** Reads a kept descriptor from its start. Throws ESRCH once the process it belongs to has ended, even when its pid lives again. */
export const readAgain = (descriptor: number): string =>
  buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, buffer.length, 0))

export function statOf(pid: number): ProcessStat | undefined {
  const text = readSmall(`/proc/${pid}/stat`)
  return text === undefined || text === '' ? undefined : parseStat(text)
}

/** A process by the two things that name it for good. */
export interface ProcessIdentity {
  readonly pid: number
  readonly startTime: string
}

/** Whether exactly this process still runs; a zombie does not. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  const stat = statOf(pid)
  return stat !== undefined && stat.startTime === startTime && stat.state !== 'Z'
}

/** Pids of everything on this machine. */
export const allPids = (): number[] =>
  readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))

let known: string | undefined

/** Names this boot of the machine. */
export function bootId(): string {
  known ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
  return known
}

/** Bytes of a page of memory: 4,096, or more on some ARM machines. */
export const pageBytes = (): number => auxiliary(6) ?? 4096

/** What the kernel counts a program's time in. */
export const ticksPerSecond = (): number => auxiliary(17) ?? 100

let auxiliaries: Map<number, number> | undefined

/** A value that the kernel gave us at our start, by its number in `getauxval`. */
function auxiliary(key: number): number | undefined {
  auxiliaries ??= readAuxiliaries()
  return auxiliaries.get(key)
}

/** Pairs of 64-bit numbers in the machine's byte order. */
function readAuxiliaries(): Map<number, number> {
  const bytes = readFileSync('/proc/self/auxv')
  const values = new Map<number, number>()
  for (let at = 0; at + 16 <= bytes.length; at += 16) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, 16)
    const number = (offset: number) => Number(view.getBigUint64(offset, endianness() === 'LE'))
    values.set(number(0), number(8))
  }
  return values
}
