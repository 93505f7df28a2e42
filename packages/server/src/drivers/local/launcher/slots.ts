/**
 * Slots: a folder, cgroups and a shim whose starter waits for orders. All that is slow and needs to know nothing about
 * the process happens here, before anyone asks: joining a cgroup alone takes the kernel 10 to 20 ms when nobody else did
 * so just before. Some slots are kept warm.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { type CgroupParent, makeCgroups, oomFileOf, removeCgroups } from '../cgroup.ts'
import { isAlive, statOf } from '../../linux/process-stat.ts'
import { type Stage, shimCommand, shimEnvironment } from '../shim.ts'

export interface Slot {
  readonly name: string
  readonly folder: string
  readonly cgroups: readonly string[]
  readonly shim: ChildProcess
  /** Where orders go and from where the starter reports. */
  readonly control: Socket
  /** What the starter said so far, and calls back with all of it when it says more. */
  readonly said: Sayings
  /** Settles when the shim is gone. */
  readonly gone: Promise<void>
}

export interface Sayings {
  text: string
  onMore: () => void
}

export interface SlotOptions {
  readonly runsFolder: string
  readonly cgroupParents: readonly CgroupParent[]
  readonly stage: Stage
  /** How many are kept waiting. */
  readonly warm: number
}

export interface Slots {
  /** A waiting slot, or one made now. */
  take(): Slot
  /** Makes one more slot wait when there are too few. */
  refill(): void
  /**
   * Lets the shim of a started run go its own way; only its end is still told. Nothing else of the slot is kept: what
   * stays is what a running process costs us.
   */
  release(slot: Slot, onEnd: () => void): void
  /** Takes everything of a slot away whose starter was not given orders, or did not follow them. */
  discard(slot: Slot): Promise<void>
  close(): Promise<void>
}

/**
 * On ext4, has the folders of runs spread over the whole disk instead of crowding into one corner of it, where each new
 * file has to look past all those that were removed within the last seconds: 1.7 times as many starts a second. Other
 * file systems do not know the mark and need none.
 */
export function spreadOut(runsFolder: string): void {
  spawnSync('chattr', ['+T', runsFolder], { env: shimEnvironment, stdio: 'ignore' })
}

export function createSlots(options: SlotOptions): Slots {
  const waiting: Slot[] = []
  let closed = false

  const make = (): Slot => {
    const slot = makeSlot(options)
    void slot.gone.then(() => dropDead(slot))
    return slot
  }

  /** A waiting shim that somebody killed must not be handed out. */
  const dropDead = (slot: Slot): void => {
    const index = waiting.indexOf(slot)
    if (index === -1) return
    waiting.splice(index, 1)
    sweep(slot)
  }

  return {
    take: () => waiting.shift() ?? make(),
    refill: () => {
      if (closed || waiting.length >= options.warm) return
      try {
        waiting.push(make())
      } catch {
        // The next start meets the same hindrance and can say so.
      }
    },
    release,
    discard,
    close: async () => {
      closed = true
      await Promise.all(waiting.splice(0).map(discard))
    },
  }
}

function release({ shim, control }: Slot, onEnd: () => void): void {
  control.destroy()
  // What waits for the shim so far holds on to the slot.
  shim.removeAllListeners('exit').removeAllListeners('error')
  shim.spawnargs.length = 0
  shim.stdio.length = 0 as never
  if (shim.exitCode !== null || shim.signalCode !== null) onEnd()
  else shim.once('exit', onEnd)
}

/** A starter without orders ends by itself when its orders' end is closed. */
async function discard(slot: Slot): Promise<void> {
  slot.control.destroy()
  await slot.gone
  sweep(slot)
}

function sweep(slot: Slot): void {
  removeCgroups(slot.cgroups)
  rmSync(slot.folder, { recursive: true, force: true })
}

let count = 0

/** Says whose it is, so that what a dead launcher left can be told from what a living one needs. */
function nextName(): string {
  count += 1
  return `slot-${process.pid}-${statOf(process.pid)?.startTime ?? 0}-${count}`
}

export function makeSlot(options: Omit<SlotOptions, 'warm'>, name = nextName()): Slot {
  const folder = join(options.runsFolder, `.${name}`)
  makeFolder(folder, options.stage)
  const cgroups = makeCgroups(options.cgroupParents, name)
  const oomFile = oomFileOf(options.cgroupParents, name)
  const [file = '', ...args] = shimCommand({ ...options, cgroups, oomFile })
  const shim = spawn(file, args, {
    cwd: folder,
    env: shimEnvironment,
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  shim.unref()
  // Node types descriptor 3 by its most general form; 'pipe' makes it a socket that both sides write.
  const control = shim.stdio[3] as Socket
  control.on('error', () => control.destroy())
  return { name, folder, cgroups, shim, control, said: sayingsOf(control), gone: goneOf(shim) }
}

const goneOf = (shim: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    shim.once('exit', () => resolve())
    shim.once('error', () => resolve())
  })

function sayingsOf(control: Socket): Sayings {
  const said: Sayings = { text: '', onMore: () => {} }
  control.on('data', (chunk: Buffer) => {
    said.text += chunk.toString('latin1')
    said.onMore()
  })
  return said
}

function makeFolder(folder: string, { overlay }: Stage): void {
  mkdirSync(folder, { mode: 0o700 })
  for (const part of overlay ? ['upper', 'overlay', 'home', 'tmp'] : ['home', 'tmp']) {
    mkdirSync(join(folder, part), { mode: 0o755 })
  }
}

/**
 * Takes away what launchers left that are gone: their waiting slots, half-removed folders, and cgroups without
 * processes, of whichever installation. A cgroup that still has some cannot be removed, so runs lose nothing.
 */
export function sweepLeftovers(runsFolder: string, cgroupParents: readonly CgroupParent[]): void {
  for (const name of readdirSync(runsFolder)) {
    const isLeft = name.startsWith('.gone-') || (name.startsWith('.') && isAbandoned(name.slice(1)))
    if (isLeft) rmSync(join(runsFolder, name), { recursive: true, force: true })
  }
  for (const { folder } of cgroupParents) {
    removeCgroups(
      readdirSync(folder)
        .filter(isAbandoned)
        .map((name) => join(folder, name)),
    )
  }
}

/** Whether this is the name of a slot whose launcher is gone. */
function isAbandoned(name: string): boolean {
  const [, pid, startTime] = /^slot-(\d+)-(\d+)-\d+$/.exec(name) ?? []
  return startTime !== undefined && !isAlive({ pid: Number(pid), startTime })
}

/** What the starter complained about, in one line. */
export const problemOf = ({ said }: Slot): string =>
  said.text
    .replace(/^ready\n/, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, '; ')
    .slice(0, 500)
