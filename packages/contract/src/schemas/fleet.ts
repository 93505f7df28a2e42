/** Fleets: named pools of machines that belong to an organization. */
import Type, { type Static } from 'typebox'
import { choice, dateTime, dateTimeOrNull, fleetId, orgId } from './fields.ts'
import { MetricValue } from './metric.ts'
import { NodeShape, NodeShapeId } from './node-shape.ts'
import { regions } from './region.ts'

const name = Type.String({
  description: 'Unique in the organization: 1 to 64 letters, digits, `-` and `_`.',
  examples: ['production'],
  pattern: '^[a-zA-Z0-9_-]{1,64}$',
})

export const AutoscalerConfig = Type.Object(
  {
    scaleUpThreshold: Type.Integer({
      description:
        'Use of the vCPU, in percent, from which on machines would be added; 100 turns it off.',
      minimum: 1,
      maximum: 100,
    }),
  },
  { title: 'AutoscalerConfig', description: 'When a fleet grows.' },
)
export type AutoscalerConfig = Static<typeof AutoscalerConfig>

const text = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description })

export const FleetErrorState = Type.Object(
  {
    inError: Type.Boolean({ description: 'Whether something is wrong now.' }),
    lastErrorMessage: text('What is wrong.'),
    lastErrorLogId: text('Where more is said; null: nowhere.'),
    lastErrorTimestamp: dateTimeOrNull('When it was seen last; null: it holds now.'),
  },
  { title: 'FleetErrorState', description: 'What is wrong with a fleet in a region.' },
)
export type FleetErrorState = Static<typeof FleetErrorState>

export const PartialRecordRegionFleetErrorState = Type.Object(
  Object.fromEntries(regions.map((region) => [region, Type.Optional(FleetErrorState)])),
  { title: 'PartialRecordRegionFleetErrorState', description: 'What is wrong, by region.' },
)
export type PartialRecordRegionFleetErrorState = Static<typeof PartialRecordRegionFleetErrorState>

const record = {
  fleetId,
  orgId,
  name,
  autoscalerConfig: Type.Optional(AutoscalerConfig),
}

export const FleetV2 = Type.Object(
  { ...record, nodeShapeId: NodeShapeId },
  { title: 'FleetV2', description: 'A named pool of machines.' },
)
export type FleetV2 = Static<typeof FleetV2>

export const Fleet = Type.Object(
  {
    ...record,
    nodeShape: NodeShape,
    errorState: Type.Optional(PartialRecordRegionFleetErrorState),
  },
  { title: 'Fleet', description: 'A named pool of machines.' },
)
export type Fleet = Static<typeof Fleet>

export const FleetsPageV2 = Type.Object({ fleets: Type.Array(FleetV2) }, { title: 'FleetsPageV2' })
export type FleetsPageV2 = Static<typeof FleetsPageV2>

export const FleetsPage = Type.Object({ fleets: Type.Array(Fleet) }, { title: 'FleetsPage' })
export type FleetsPage = Static<typeof FleetsPage>

export const CreateFleetV2 = Type.Object(
  { name, nodeShapeId: NodeShapeId, autoscalerConfig: AutoscalerConfig },
  { title: 'CreateFleetV2', description: 'A new fleet.' },
)
export type CreateFleetV2 = Static<typeof CreateFleetV2>

export const CreateFleet = Type.Object(
  { name, nodeShape: NodeShape, autoscalerConfig: AutoscalerConfig },
  { title: 'CreateFleet', description: 'A new fleet.' },
)
export type CreateFleet = Static<typeof CreateFleet>

export const UpdateFleetV2 = Type.Object(
  {
    name: Type.Optional(name),
    nodeShapeId: Type.Optional(NodeShapeId),
    autoscalerConfig: AutoscalerConfig,
  },
  { title: 'UpdateFleetV2', description: 'What changes of a fleet; what is left out stays.' },
)
export type UpdateFleetV2 = Static<typeof UpdateFleetV2>

export const UpdateFleet = Type.Object(
  {
    name: Type.Optional(name),
    nodeShape: Type.Optional(NodeShape),
    autoscalerConfig: AutoscalerConfig,
  },
  { title: 'UpdateFleet', description: 'What changes of a fleet; what is left out stays.' },
)
export type UpdateFleet = Static<typeof UpdateFleet>

const nodeBaseline = Type.Integer({
  description: 'How many machines the fleet is meant to have here at least.',
  minimum: 0,
  maximum: 10_000,
})

const cloudMinVcpus = Type.Integer({
  description:
    'The same in vCPU: a multiple of `scaleIncrementVcpus` that can be changed once in five minutes.',
  minimum: 0,
  maximum: 1_000_000,
})

export const FleetRegion = Type.Object(
  {
    nodeBaseline,
    cloudMinVcpus: Type.Integer({ ...cloudMinVcpus, deprecated: true }),
    scaleIncrementVcpus: Type.Integer({
      description: 'The vCPU of one machine of the shape of the fleet.',
      deprecated: true,
    }),
    cloudMinVcpusUpdatedAt: dateTime(
      'When `cloudMinVcpus` was changed last; when the fleet was made while it never was.',
    ),
  },
  { title: 'FleetRegion', description: 'What is wished for a fleet in a region.' },
)
export type FleetRegion = Static<typeof FleetRegion>

export const FleetRegionConfigV2 = Type.Object(
  { nodeBaseline },
  { title: 'FleetRegionConfigV2', description: 'What is wished for a fleet in a region.' },
)
export type FleetRegionConfigV2 = Static<typeof FleetRegionConfigV2>

export const FleetRegionConfig = Type.Object(
  { cloudMinVcpus },
  { title: 'FleetRegionConfig', description: 'What is wished for a fleet in a region.' },
)
export type FleetRegionConfig = Static<typeof FleetRegionConfig>

export const fleetMetricNames = [
  'provisionedTotal',
  'provisionedBareMetal',
  'provisionedCloud',
  'utilized',
  'systemOverhead',
] as const

export const FleetMetricName = choice(
  'FleetMetricName',
  fleetMetricNames,
  'A measure of a fleet over time, in vCPU.',
)
export type FleetMetricName = Static<typeof FleetMetricName>

const series = (description: string) => Type.Optional(Type.Array(MetricValue, { description }))

export const FleetMetricsData = Type.Object(
  {
    provisionedTotal: series('vCPU of the machines that the fleet may use.'),
    provisionedBareMetal: series('Those of machines that are simply there.'),
    provisionedCloud: series('Those of machines that were rented.'),
    utilized: series('vCPU that its processes request.'),
    systemOverhead: series('What machines use beside processes; not measured: always empty.'),
  },
  {
    title: 'FleetMetricsData',
    description: 'A series, in vCPU, per metric that was asked for; an empty one is not measured.',
  },
)
export type FleetMetricsData = Static<typeof FleetMetricsData>
