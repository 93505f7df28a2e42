/** What an application keeps running by itself, per region. */
import Type, { type Static } from 'typebox'
import { choice } from './fields.ts'
import { Region } from './region.ts'

export const MetricName = choice(
  'MetricName',
  ['concurrent-requests'],
  'What the autoscaler looks at.',
)
export type MetricName = Static<typeof MetricName>

export const AutoscalerTargetMetric = Type.Object(
  {
    metricName: MetricName,
    metricValue: Type.Number({ description: 'The value per process to aim for.' }),
  },
  { title: 'AutoscalerTargetMetric' },
)
export type AutoscalerTargetMetric = Static<typeof AutoscalerTargetMetric>

export const ProcessAutoscalerConfig = Type.Object(
  { targetMetric: AutoscalerTargetMetric },
  {
    title: 'ProcessAutoscalerConfig',
    description:
      'Moves the number of processes between minimum and maximum, where a region turns it on.',
  },
)
export type ProcessAutoscalerConfig = Static<typeof ProcessAutoscalerConfig>

export const LoadBalancerConfig = Type.Object(
  { enabled: Type.Boolean() },
  {
    title: 'LoadBalancerConfig',
    description: 'Spreads HTTP and WebSocket over the running processes.',
  },
)
export type LoadBalancerConfig = Static<typeof LoadBalancerConfig>

const minProcesses = Type.Integer({
  description: 'Never fewer than these, also while a deployment is replaced; less than the target.',
  minimum: 0,
  examples: [1],
})

const targetProcesses = Type.Integer({
  description: 'How many to keep running.',
  minimum: 0,
  examples: [2],
})

const autoscalingEnabled = Type.Boolean({ description: 'Lets the autoscaler move the target.' })

export const StaticProcessAllocationConfig = Type.Object(
  {
    region: Region,
    minProcesses,
    targetProcesses,
    maxProcesses: Type.Integer({ description: 'Never more than these.', examples: [3] }),
    autoscalingEnabled: Type.Optional(autoscalingEnabled),
  },
  { title: 'StaticProcessAllocationConfig', description: 'The processes to keep in a region.' },
)
export type StaticProcessAllocationConfig = Static<typeof StaticProcessAllocationConfig>

export const StaticProcessAllocationConfigWrite = Type.Object(
  {
    region: Region,
    minProcesses,
    targetProcesses: Type.Optional(targetProcesses),
    maxProcesses: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'Never more than these; null is 100.',
      minimum: 0,
      examples: [3],
    }),
    autoscalingEnabled: Type.Optional(autoscalingEnabled),
  },
  {
    title: 'StaticProcessAllocationConfigWrite',
    description: 'The processes to keep in a region.',
  },
)
export type StaticProcessAllocationConfigWrite = Static<typeof StaticProcessAllocationConfigWrite>

const serviceConfigNamed = (title: string) =>
  Type.Object(
    {
      staticProcessAllocation: Type.Array(StaticProcessAllocationConfig, {
        description: 'One entry per region.',
      }),
      processAutoscalerConfig: Type.Optional(ProcessAutoscalerConfig),
      loadBalancer: Type.Optional(LoadBalancerConfig),
    },
    { title, description: 'What an application keeps running by itself.' },
  )

/** The service configuration as it is kept and answered; the schemas of the answers have names of their own. */
export const ServiceConfig = serviceConfigNamed('ServiceConfig')
export type ServiceConfig = Static<typeof ServiceConfig>

export const ApplicationServiceConfig = serviceConfigNamed('ApplicationServiceConfig')
export type ApplicationServiceConfig = Static<typeof ApplicationServiceConfig>

export const ApplicationWithLatestDeploymentAndBuildServiceConfig = serviceConfigNamed(
  'ApplicationWithLatestDeploymentAndBuildServiceConfig',
)
export type ApplicationWithLatestDeploymentAndBuildServiceConfig = Static<
  typeof ApplicationWithLatestDeploymentAndBuildServiceConfig
>

export const ServiceConfigWrite = Type.Object(
  {
    staticProcessAllocation: Type.Array(StaticProcessAllocationConfigWrite, {
      description: 'One entry per region, each region at most once.',
      maxItems: 1000,
    }),
    processAutoscalerConfig: Type.Optional(ProcessAutoscalerConfig),
    loadBalancer: Type.Optional(LoadBalancerConfig),
  },
  { title: 'ServiceConfigWrite', description: 'What an application shall keep running by itself.' },
)
export type ServiceConfigWrite = Static<typeof ServiceConfigWrite>
