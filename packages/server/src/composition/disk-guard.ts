/** Says no to new things while the disk is nearly full, so that what runs can still be recorded to its end. */
import { statfsSync } from 'node:fs'
import { HatcheryError } from '@hatchery/contract'
import type { Clock } from '../domain/clock.ts'

export interface DiskGuard {
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
  let found: string | null = null
  function problem(): string | null {
    if (clock.monotonic() - lookedAt < lookEveryMs) return found
    lookedAt = clock.monotonic()
    found = look(folder, minFreeMb)
    return found
  }
  return {
    problem,
    assertSpace() {
      const now = problem()
      if (now !== null) throw new HatcheryError('unavailable', now, { retryAfterSeconds: 30 })
    },
  }
}

function look(folder: string, minFreeMb: number): string | null {
  const { bavail, blocks, bsize } = statfsSync(folder)
  const freeMb = Math.floor((bavail * bsize) / megabyte)
  const neededMb = Math.floor(Math.min(minFreeMb, (blocks * bsize * 0.05) / megabyte))
  if (freeMb >= neededMb) return null
  return `the disk of the data folder has ${freeMb} MB free, ${neededMb} MB are needed for anything new: free some space`
}
