import {
  HatcheryError,
  type ProcessMetricName,
  type ProcessMetricsData,
  processMetricNames,
} from '@hatchery/contract'
import type { MetricName } from '../../domain/store.ts'
import type { Handler } from '../context.ts'
import { getProcess } from '../find.ts'
import { instantOf } from '../times.ts'

const hourMs = 3_600_000
const mostPoints = 11_000

/** Every metric where none is named. One that cannot be measured is an empty list; one not asked for is absent. */
export const getProcessMetrics: Handler<'GetProcessMetrics'> = async (
  { params, query },
  context,
) => {
  const { processId } = await getProcess(context, params.appId, params.processId)
  const end = query.end === undefined ? context.services.clock.now() : instantOf(query.end)
  const start = query.start === undefined ? end - hourMs : instantOf(query.start)
  const stepSeconds = query.step ?? 60
  assertPeriod(start, end, stepSeconds)
  const asked: readonly ProcessMetricName[] = query.metrics?.length
    ? query.metrics
    : processMetricNames
  const metrics = asked.filter(isMeasured)
  const points = await context.services.metrics.read({
    processId,
    metrics,
    start,
    end,
    stepSeconds,
  })
  const answer: ProcessMetricsData = {}
  for (const name of asked) answer[name] = isMeasured(name) ? (points[name] ?? []) : []
  return answer
}

const isMeasured = (name: ProcessMetricName): name is MetricName & ProcessMetricName =>
  !name.startsWith('gpu')

function assertPeriod(start: number, end: number, stepSeconds: number): void {
  if (start > end) throw new HatcheryError('invalid', 'start must not be after end')
  const points = (end - start) / 1000 / stepSeconds
  if (points <= mostPoints) return
  throw new HatcheryError(
    'invalid',
    `step must leave at most ${mostPoints} points between start and end; ${stepSeconds} s makes ${Math.ceil(points)}`,
  )
}
