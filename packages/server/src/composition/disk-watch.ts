/**
 * Looks after the disk of the data folder: keeps a file of ballast on it that is thrown off when nearly nothing is left,
 * so that the ends of what runs can still be recorded, and has logs cut while there is little.
 */
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../domain/clock.ts'
import type { Log } from '../domain/log.ts'
import { preallocate } from '../stores/files/preallocate.ts'
import type { DiskGuard } from './disk-guard.ts'

export interface DiskWatchOptions {
  /** The data folder. */
  readonly root: string
  readonly guard: DiskGuard
  readonly clock: Clock
  readonly log: Log
  /** Frees what can be spared; called every few seconds while the disk is low. */
  readonly cutLogs: () => Promise<void>
}

export interface DiskWatch {
  /** Has logs cut from now on: before, what cuts them may not be there yet. */
  begin(): void
  close(): Promise<void>
}

const megabyte = 1_048_576
const ballastMb = 32
/** Thrown off below this, which is less than what stops new things: what runs may need the rest before. */
const throwOffBelowMb = 16
const lookEveryMs = 1_000
const cutEveryMs = 5_000

/** A full disk has its ballast thrown off before this returns, so that a server can start on it. */
export function createDiskWatch(options: DiskWatchOptions): DiskWatch {
  const { root, guard, clock, log } = options
  const ballast = createBallast(join(root, 'ballast'), log)
  let wasLow = false
  let cutAt = Number.NEGATIVE_INFINITY
  let underWay: Promise<void> = Promise.resolve()
  let cancel: (() => void) | undefined
  throwOffInNeed()

  function throwOffInNeed(): boolean {
    const { freeMb, neededMb } = guard.space()
    if (freeMb >= Math.min(neededMb, throwOffBelowMb)) return false
    ballast.throwOff()
    return true
  }

  async function look(): Promise<void> {
    const { freeMb, neededMb } = guard.space()
    const isLow = guard.isLow()
    if (isLow !== wasLow) tell(isLow)
    wasLow = isLow
    if (!throwOffInNeed() && neededMb > 0 && freeMb >= neededMb + ballastMb) await ballast.take()
    if (!isLow || clock.monotonic() - cutAt < cutEveryMs) return
    cutAt = clock.monotonic()
    await options.cutLogs()
  }

  function tell(isLow: boolean): void {
    const fields = { event: isLow ? 'disk.low' : 'disk.ok', ...guard.space() }
    if (isLow) log.warn(fields, 'the disk is nearly full: nothing new is taken, logs are cut')
    else log.info(fields, 'there is space on the disk again')
  }

  async function lookAndGoOn(): Promise<void> {
    try {
      await look()
    } catch (err) {
      log.warn({ event: 'disk.watch', err }, 'looking after the disk failed and is tried again')
    }
    if (cancel !== undefined) plan(lookEveryMs)
  }

  function plan(ms: number): void {
    cancel = clock.after(ms, () => {
      underWay = lookAndGoOn()
    })
  }

  return {
    begin: () => plan(0),
    async close() {
      cancel?.()
      cancel = undefined
      await underWay
    },
  }
}

/** A file that takes up space, and says so in the log when it is given back. */
function createBallast(file: string, log: Log) {
  let isThere = sizeOf(file) >= ballastMb * megabyte
  return {
    async take(): Promise<void> {
      if (isThere) return
      rmSync(file, { force: true }) // of a start that was cut off
      await preallocate(file, ballastMb * megabyte).catch((error: unknown) => {
        rmSync(file, { force: true })
        throw error
      })
      isThere = true
    },
    throwOff(): void {
      if (sizeOf(file) === 0) return
      rmSync(file, { force: true })
      isThere = false
      log.warn({ event: 'disk.ballast', freedMb: ballastMb }, 'the ballast was thrown off')
    },
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
