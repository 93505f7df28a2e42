import {
  type ProcessMetricName,
  type ProcessMetricsData,
  processMetricNames,
} from '@hatchery/contract'
import type { MetricName, MetricStore } from '../../domain/metric-store.ts'
import type { Auth } from '../auth.ts'
import type { Handler, Services } from '../context.ts'
import { getProcess } from '../find.ts'
import { metricPeriod } from '../metric-period.ts'

/** Every metric where none is named. One that cannot be measured is an empty list; one not asked for is absent. */
export const getProcessMetrics: Handler<'GetProcessMetrics'> = async (
  { params, query },
  context,
) => {
  const asked: readonly ProcessMetricName[] = query.metrics?.length
    ? query.metrics
    : processMetricNames
  const metrics = asked.filter(isMeasured)
  const series = await readMetrics(context, { ...params, ...query, metrics })
  const answer: ProcessMetricsData = {}
  for (const name of asked) answer[name] = isMeasured(name) ? (series[name] ?? []) : []
  return answer
}

interface MetricQuery {
  readonly appId: string
  readonly processId: string
  readonly metrics: readonly MetricName[]
  /** Unix time; now when left out. */
  readonly end?: number
  /** Unix time; an hour before `end` when left out. */
  readonly start?: number
  /** Seconds. */
  readonly step?: number
}

/** The series of a process of the caller's; throws `invalid` for a period that makes no sense. */
export async function readMetrics(
  asker: { services: Services; auth: Auth },
  query: MetricQuery,
): ReturnType<MetricStore['read']> {
  const { clock, metrics } = asker.services
  const { processId } = await getProcess(asker, query.appId, query.processId)
  const period = metricPeriod(query, clock.now())
  return await metrics.read({ processId, metrics: query.metrics, ...period })
}

const isMeasured = (name: ProcessMetricName): name is MetricName & ProcessMetricName =>
  !name.startsWith('gpu')
