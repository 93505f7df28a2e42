/** Fleets and the machines behind them, in both versions. */
import type { Row } from './official-row.ts'
import { type Respond, json } from './recorder.ts'

const nothing: Respond = (response) => response.writeHead(204).end()
const autoscalerConfig = { scaleUpThreshold: 80 }
const newFleet = { name: 'ranked', nodeShapeId: 'shape-amd64-4-8', autoscalerConfig } as const
const oldFleet = { name: 'ranked', nodeShape: 'cpu-4-8', autoscalerConfig } as const
const ids = { fleetId: 'fleet-1', orgId: 'org-1' }
const fleet = { ...ids, ...newFleet }
const { autoscalerConfig: _, ...plainFleet } = fleet
const fleetV1 = { ...ids, ...oldFleet }
const region = {
  ...{ nodeBaseline: 1, cloudMinVcpus: 8, scaleIncrementVcpus: 4 },
  cloudMinVcpusUpdatedAt: '2026-02-05T09:00:00.000Z',
}
const shape = {
  ...{ nodeShapeId: 'shape-amd64-4-8', name: '4 vCPU, 8 GB', familyId: 'family-amd64-1-2' },
  ...{ familyName: 'x86-64', minCPU: 4, minMemoryMB: 8192, minGPU: 0 },
}
const node = {
  ...{ nodeId: 'local', host: '10.0.0.2', hosting: 'shared', status: 'running', region: 'Tokyo' },
  ...{ cpu: 4, memoryMb: 7_900.5, gpu: null, stoppedAt: null },
  startedAt: '2026-02-05T09:00:00.000Z',
}
const metricsRequest = {
  fleetId: 'fleet-1',
  metrics: ['utilized' as const, 'provisionedTotal' as const],
  ...{ start: 1, end: 2.5, step: 60 },
}
const regionMetricsRequest = { ...metricsRequest, region: 'Tokyo' as const }
const metrics = { utilized: [{ value: 0.5, timestamp: 60 }], provisionedTotal: [] }

export const fleetRows: readonly Row[] = [
  {
    id: 'GetFleets',
    ours: (c) => c.fleetsV2.getFleets(),
    theirs: (c) => c.fleetsV2.getFleets(),
    answer: json(200, { fleets: [fleet, plainFleet] }),
  },
  {
    id: 'CreateFleet',
    ours: (c) => c.fleetsV2.createFleet(newFleet, 'org-2'),
    theirs: (c) => c.fleetsV2.createFleet(newFleet, 'org-2'),
    answer: json(200, fleet),
  },
  {
    id: 'GetFleet',
    ours: (c) => c.fleetsV2.getFleet('a/b c?d#e'),
    theirs: (c) => c.fleetsV2.getFleet('a/b c?d#e'),
    answer: json(200, fleet),
  },
  {
    id: 'UpdateFleet',
    ours: (c) => c.fleetsV2.updateFleet('fleet-1', { autoscalerConfig }),
    theirs: (c) => c.fleetsV2.updateFleet('fleet-1', { autoscalerConfig }),
    answer: nothing,
  },
  {
    id: 'GetFleetRegion',
    ours: (c) => c.fleetsV2.getFleetRegion('fleet-1', 'Tokyo'),
    theirs: (c) => c.fleetsV2.getFleetRegion('fleet-1', 'Tokyo'),
    answer: json(200, region),
  },
  {
    id: 'UpdateFleetRegion',
    ours: (c) => c.fleetsV2.updateFleetRegion('fleet-1', 'Tokyo', { nodeBaseline: 2 }, 'org-2'),
    theirs: (c) => c.fleetsV2.updateFleetRegion('fleet-1', 'Tokyo', { nodeBaseline: 2 }, 'org-2'),
    answer: nothing,
  },
  {
    id: 'DeprecatedUpdateFleetRegionV2',
    ours: (c) => c.fleetsV2.deprecatedUpdateFleetRegionV2('fleet-1', 'Tokyo', { cloudMinVcpus: 8 }),
    theirs: (c) =>
      c.fleetsV2.deprecatedUpdateFleetRegionV2('fleet-1', 'Tokyo', { cloudMinVcpus: 8 }),
    answer: nothing,
  },
  {
    id: 'GetFleetMetrics',
    ours: (c) => c.fleetsV2.getFleetMetrics(metricsRequest),
    theirs: (c) => c.fleetsV2.getFleetMetrics(metricsRequest),
    answer: json(200, metrics),
  },
  {
    id: 'GetFleetRegionMetrics',
    ours: (c) => c.fleetsV2.getFleetRegionMetrics(regionMetricsRequest),
    theirs: (c) => c.fleetsV2.getFleetRegionMetrics(regionMetricsRequest),
    answer: json(200, metrics),
  },
  {
    id: 'GetNodeShapes',
    ours: (c) => c.fleetsV2.getNodeShapes('org-2'),
    theirs: (c) => c.fleetsV2.getNodeShapes('org-2'),
    answer: json(200, [shape]),
  },
  {
    id: 'GetFleetsDeprecated',
    ours: (c) => c.fleetsV1.getFleetsDeprecated(),
    theirs: (c) => c.fleetsV1.getFleetsDeprecated(),
    answer: json(200, { fleets: [fleetV1, { ...fleetV1, nodeShape: 'gpu-l4-1-4-16' }] }),
  },
  {
    id: 'CreateFleetDeprecated',
    ours: (c) => c.fleetsV1.createFleetDeprecated(oldFleet),
    theirs: (c) => c.fleetsV1.createFleetDeprecated(oldFleet),
    answer: json(200, fleetV1),
  },
  {
    id: 'GetFleetDeprecated',
    ours: (c) => c.fleetsV1.getFleetDeprecated('fleet-1', 'org-2'),
    theirs: (c) => c.fleetsV1.getFleetDeprecated('fleet-1', 'org-2'),
    answer: json(200, fleetV1),
  },
  {
    id: 'UpdateFleetDeprecated',
    ours: (c) => c.fleetsV1.updateFleetDeprecated('fleet-1', { name: 'b', autoscalerConfig }),
    theirs: (c) => c.fleetsV1.updateFleetDeprecated('fleet-1', { name: 'b', autoscalerConfig }),
    answer: nothing,
  },
  {
    id: 'GetFleetRegionDeprecated',
    ours: (c) => c.fleetsV1.getFleetRegionDeprecated('fleet-1', 'Tokyo'),
    theirs: (c) => c.fleetsV1.getFleetRegionDeprecated('fleet-1', 'Tokyo'),
    answer: json(200, region),
  },
  {
    id: 'UpdateFleetRegionDeprecated',
    ours: (c) => c.fleetsV1.updateFleetRegionDeprecated('fleet-1', 'Tokyo', { cloudMinVcpus: 8 }),
    theirs: (c) => c.fleetsV1.updateFleetRegionDeprecated('fleet-1', 'Tokyo', { cloudMinVcpus: 8 }),
    answer: nothing,
  },
  {
    id: 'GetFleetMetricsDeprecated',
    ours: (c) => c.fleetsV1.getFleetMetricsDeprecated(metricsRequest),
    theirs: (c) => c.fleetsV1.getFleetMetricsDeprecated(metricsRequest),
    answer: json(200, metrics),
  },
  {
    id: 'GetFleetRegionMetricsDeprecated',
    ours: (c) => c.fleetsV1.getFleetRegionMetricsDeprecated(regionMetricsRequest),
    theirs: (c) => c.fleetsV1.getFleetRegionMetricsDeprecated(regionMetricsRequest),
    answer: json(200, metrics),
  },
  {
    id: 'ListProvisionedNodes',
    ours: (c) => c.nodesV1.listProvisionedNodes('fleet-1', undefined, 'Tokyo'),
    theirs: (c) => c.nodesV1.listProvisionedNodes('fleet-1', undefined, 'Tokyo'),
    answer: json(200, [node, { ...node, gpu: 1, stoppedAt: node.startedAt }]),
  },
  {
    id: 'GetNode',
    ours: (c) => c.nodesV1.getNode('a/b c?d#e'),
    theirs: (c) => c.nodesV1.getNode('a/b c?d#e'),
    answer: json(200, node),
  },
]
