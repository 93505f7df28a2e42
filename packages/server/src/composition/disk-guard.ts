/** Says no to new things while the disk is nearly full, so that what runs can still be recorded to its end. */
import { statfsSync } from 'node:fs'
import { HatcheryError } from '@hatchery/contract'
import type { Clock } from '../domain/clock.ts'

export interface DiskSpace {
  readonly freeMb: number
  /** Below it nothing new is taken; 0: whatever is free is enough. */
  readonly neededMb: number
}

export interface DiskGuard {
  /** At most a second old. */
  space(): DiskSpace
  isLow(): boolean
  /** Throws `unavailable` with the figures while less than the minimum is free. */
  assertSpace(): void
  /** The problem in words, or null. */
  problem(): string | null
}

const lookEveryMs = 1_000
const megabyte = 1_048_576

/** The minimum is `minFreeMb`, or 5 % of a disk that is smaller than twenty times that. */
export function createDiskGuard(folder: string, minFreeMb: number, clock: Clock): DiskGuard {
  let lookedAt = Number.NEGATIVE_INFINITY
  let found: DiskSpace = { freeMb: 0, neededMb: 0 }

  function space(): DiskSpace {
    if (clock.monotonic() - lookedAt < lookEveryMs) return found
    lookedAt = clock.monotonic()
    found = diskSpace(folder, minFreeMb)
    return found
  }

  function isLow(): boolean {
    const { freeMb, neededMb } = space()
    return freeMb < neededMb
  }

  const problem = (): string | null => (isLow() ? inWords(found) : null)

  return {
    space,
    isLow,
    problem,
    assertSpace() {
      const now = problem()
      if (now !== null) throw new HatcheryError('unavailable', now, { retryAfterSeconds: 30 })
    },
  }
}

/** What is free now, and what of it must stay. */
export function diskSpace(folder: string, minFreeMb: number): DiskSpace {
  const { bavail, blocks, bsize } = statfsSync(folder)
  return {
    freeMb: Math.floor((bavail * bsize) / megabyte),
    neededMb: Math.floor(Math.min(minFreeMb, (blocks * bsize * 0.05) / megabyte)),
  }
}

const inWords = ({ freeMb, neededMb }: DiskSpace): string =>
  `the disk of the data folder has ${freeMb} MB free, ${neededMb} MB are needed for anything new: free some space`
