/** What is measured of a process. */
import Type, { type Static } from 'typebox'
import { choice } from './fields.ts'

export const processMetricNames = [
  'cpu',
  'memory',
  'rateEgress',
  'totalEgress',
  'activeConnections',
  'gpuMemory',
  'gpuUtilization',
] as const

export const ProcessMetricName = choice(
  'ProcessMetricName',
  processMetricNames,
  'A measure of a process over time; units stand beside the fields of ProcessMetricsData.',
)
export type ProcessMetricName = Static<typeof ProcessMetricName>

export const MetricValue = Type.Object(
  {
    value: Type.Number(),
    timestamp: Type.Number({ description: 'Unix time in seconds.' }),
  },
  { title: 'MetricValue', description: 'One point of a series.' },
)
export type MetricValue = Static<typeof MetricValue>

const series = (description: string) => Type.Optional(Type.Array(MetricValue, { description }))

export const ProcessMetricsData = Type.Object(
  {
    cpu: series('Cores in use; 0.25 is a quarter of one core.'),
    memory: series('Resident bytes.'),
    rateEgress: series('Bytes per second that leave the process.'),
    totalEgress: series('Bytes that left the process since its start.'),
    activeConnections: series('Connected players, or peers that sent something lately over UDP.'),
    gpuMemory: series('Bytes of GPU memory.'),
    gpuUtilization: series('Use of the GPU, from 0 to 1.'),
  },
  {
    title: 'ProcessMetricsData',
    description: 'A series per metric that was asked for; an empty one could not be measured.',
  },
)
export type ProcessMetricsData = Static<typeof ProcessMetricsData>
