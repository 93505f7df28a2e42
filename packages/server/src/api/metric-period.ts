/** The time that series are asked for. */
import { HatcheryError } from '@hatchery/contract'
import type { Instant } from '../domain/clock.ts'
import { instantOf } from './times.ts'

const hourMs = 3_600_000
const mostPoints = 11_000

export interface MetricPeriod {
  readonly start: Instant
  readonly end: Instant
  readonly stepSeconds: number
}

/** The hour before now where nothing is said. Throws `invalid` for what ends before it starts, or has too many points. */
export function metricPeriod(
  query: {
    readonly start?: number | undefined
    readonly end?: number | undefined
    readonly step?: number | undefined
  },
  now: Instant,
): MetricPeriod {
  const end = query.end === undefined ? now : instantOf(query.end)
  const start = query.start === undefined ? end - hourMs : instantOf(query.start)
  const stepSeconds = query.step ?? 60
  assertPeriod({ start, end, stepSeconds })
  return { start, end, stepSeconds }
}

function assertPeriod({ start, end, stepSeconds }: MetricPeriod): void {
  if (start > end) throw new HatcheryError('invalid', 'start must not be after end')
  const points = (end - start) / 1000 / stepSeconds
  if (points <= mostPoints) return
  throw new HatcheryError(
    'invalid',
    `step must leave at most ${mostPoints} points between start and end; ${stepSeconds} s makes ${Math.ceil(points)}`,
  )
}
