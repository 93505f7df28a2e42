/** MetricsV1: what GetProcessMetrics answers, under other names. */
import Type from 'typebox'
import { operation } from '../../operation.ts'
import {
  DeprecatedProcessMetricName,
  DeprecatedProcessMetricsData,
} from '../../schemas/deprecated/metric.ts'
import { processesV3 } from '../processes-v3.ts'

const { GetProcessMetrics } = processesV3

export const metricsV1 = {
  GetMetricsDeprecated: operation({
    ...GetProcessMetrics,
    id: 'GetMetricsDeprecated',
    tag: 'MetricsV1',
    path: '/metrics/v1/{appId}/process/{processId}',
    description: 'As GetProcessMetrics, without those of GPUs.',
    query: {
      ...GetProcessMetrics.query,
      metrics: Type.Optional(
        Type.Array(DeprecatedProcessMetricName, {
          description: 'The metrics to answer; none for all.',
        }),
      ),
    },
    answer: { status: 200, json: DeprecatedProcessMetricsData, description: 'The series.' },
    deprecated: true,
  }),
} as const
