/** MetricsV1: some of the metrics of ProcessesV3, under other names. */
import Type, { type Static } from 'typebox'
import { choice } from '../fields.ts'
import { ProcessMetricsData } from '../metric.ts'

export const deprecatedProcessMetricNames = [
  'cpu',
  'memory',
  'rate_egress',
  'total_egress',
  'active_connections',
] as const

export const DeprecatedProcessMetricName = choice(
  'DeprecatedProcessMetricName',
  deprecatedProcessMetricNames,
  'A measure of a process over time; units stand beside the fields of DeprecatedProcessMetricsData.',
)
export type DeprecatedProcessMetricName = Static<typeof DeprecatedProcessMetricName>

const { cpu, memory, rateEgress, totalEgress, activeConnections } = ProcessMetricsData.properties

export const DeprecatedProcessMetricsData = Type.Object(
  {
    ...{ cpu, memory },
    rate_egress: rateEgress,
    total_egress: totalEgress,
    active_connections: activeConnections,
  },
  {
    title: 'DeprecatedProcessMetricsData',
    description: 'A series per metric that was asked for; an empty one could not be measured.',
  },
)
export type DeprecatedProcessMetricsData = Static<typeof DeprecatedProcessMetricsData>
