import {
  type DeprecatedProcessMetricsData,
  type DeprecatedProcessMetricName,
  deprecatedProcessMetricNames,
} from '@hatchery/contract'
import type { MetricName } from '../../domain/metric-store.ts'
import type { Handler } from '../context.ts'
import { readMetrics } from '../processes-v3/get-process-metrics.ts'

const names = {
  cpu: 'cpu',
  memory: 'memory',
  rate_egress: 'rateEgress',
  total_egress: 'totalEgress',
  active_connections: 'activeConnections',
} as const satisfies Record<DeprecatedProcessMetricName, MetricName>

/** The same series as those of GetProcessMetrics. */
export const getMetricsV1: Handler<'GetMetricsDeprecated'> = async ({ params, query }, context) => {
  const asked = query.metrics?.length ? query.metrics : deprecatedProcessMetricNames
  const metrics = asked.map((name) => names[name])
  const series = await readMetrics(context, { ...params, ...query, metrics })
  const answer: DeprecatedProcessMetricsData = {}
  for (const name of asked) answer[name] = series[names[name]] ?? []
  return answer
}
