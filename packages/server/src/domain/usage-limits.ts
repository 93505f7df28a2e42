/** The limits of an organization: what is refused beyond them, in words. */
import { HatcheryError } from '@hatchery/contract'
import type { Spot } from './making-room.ts'
import { type Month, endOf } from './usage.ts'

/** No process is started: a limit of the organization is reached. What runs goes on. */
export class LimitReachedError extends HatcheryError {
  /** Where there would be room once others of the organization have ended; none where that does not help. */
  readonly spots: readonly Spot[]

  constructor(message: string, spots: readonly Spot[]) {
    super('limit-reached', message)
    this.spots = spots
  }
}

/** All in cores. */
export function tooManyAtOnce(given: {
  readonly limit: number
  readonly used: number
  readonly needed: number
}): LimitReachedError {
  const { limit, used, needed } = given
  const free = { cpu: limit - used, memoryMb: Infinity, places: Infinity }
  return new LimitReachedError(
    `the processes of the organization may request ${limit} vCPU at once and request ${used} now, and this one needs ` +
      `${needed}: end processes, or have concurrentProcessVcpusLimit raised`,
    [{ nodeId: null, free }],
  )
}

/** Both in hours of a core. */
export const monthUsedUp = (given: {
  readonly limit: number
  readonly used: number
  readonly month: Month
}): LimitReachedError =>
  new LimitReachedError(
    `the processes of the organization may use ${given.limit} vCPU hours in a month and used ` +
      `${Math.round(given.used * 100) / 100} in ${given.month}: wait until ${dayOf(endOf(given.month))}, or have ` +
      'monthlyProcessVcpuHoursLimit raised',
    [],
  )

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
