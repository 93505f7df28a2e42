/** FleetsV2: named pools of machines. */
import Type from 'typebox'
import { operation } from '../operation.ts'
import { fleetId, orgId } from '../schemas/fields.ts'
import {
  CreateFleetV2,
  FleetMetricName,
  FleetMetricsData,
  FleetRegion,
  FleetRegionConfig,
  FleetRegionConfigV2,
  FleetV2,
  FleetsPageV2,
  UpdateFleetV2,
} from '../schemas/fleet.ts'
import { metricPeriod } from '../schemas/metric-period.ts'
import { NodeShapeV2 } from '../schemas/node-shape.ts'
import { Region } from '../schemas/region.ts'

const tag = 'FleetsV2'
const organization = { orgId: Type.Optional(orgId) }

const period = {
  metrics: Type.Optional(
    Type.Array(FleetMetricName, { description: 'The metrics to answer; none for all.' }),
  ),
  ...organization,
  ...metricPeriod,
}

export const fleetsV2 = {
  GetFleets: operation({
    id: 'GetFleets',
    tag,
    method: 'get',
    path: '/fleets/v2/fleets',
    summary: 'List fleets',
    description: 'Answers the fleets of the organization, the default one first.',
    access: ['fleets:read'],
    params: {},
    query: organization,
    answer: { status: 200, json: FleetsPageV2, description: 'The fleets.' },
    errors: [401, 404, 408, 429, 500],
  }),
  CreateFleet: operation({
    id: 'CreateFleet',
    tag,
    method: 'post',
    path: '/fleets/v2/fleets',
    summary: 'Create a fleet',
    description:
      'Makes a named pool. The settings say which machines are its own; until then it shares those that are of no fleet.',
    access: ['fleets:read-write'],
    params: {},
    query: organization,
    body: { json: CreateFleetV2 },
    answer: { status: 200, json: FleetV2, description: 'The fleet.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
  GetFleet: operation({
    id: 'GetFleet',
    tag,
    method: 'get',
    path: '/fleets/v2/fleets/{fleetId}',
    summary: 'Get a fleet',
    access: ['fleets:read'],
    params: { fleetId },
    query: organization,
    answer: { status: 200, json: FleetV2, description: 'The fleet.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
  UpdateFleet: operation({
    id: 'UpdateFleet',
    tag,
    method: 'post',
    path: '/fleets/v2/fleets/{fleetId}',
    summary: 'Change a fleet',
    description: 'What is left out stays as it is.',
    access: ['fleets:read-write'],
    params: { fleetId },
    query: organization,
    body: { json: UpdateFleetV2 },
    answer: { status: 204, description: 'It is changed.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
  GetFleetRegion: operation({
    id: 'GetFleetRegion',
    tag,
    method: 'get',
    path: '/fleets/v2/fleets/{fleetId}/regions/{region}',
    summary: 'Get what is wished for a fleet in a region',
    access: ['fleets:read'],
    params: { fleetId, region: Region },
    query: organization,
    answer: { status: 200, json: FleetRegion, description: 'What is wished.' },
    errors: [401, 404, 408, 422, 429],
  }),
  UpdateFleetRegion: operation({
    id: 'UpdateFleetRegion',
    tag,
    method: 'put',
    path: '/fleets/v2/fleets/{fleetId}/regions/{region}/v2',
    summary: 'Say how many machines a fleet is meant to have in a region',
    description: 'Kept and answered; no machine is added for it.',
    access: ['fleets:read-write'],
    params: { fleetId, region: Region },
    query: organization,
    body: { json: FleetRegionConfigV2 },
    answer: { status: 204, description: 'It is kept.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
  DeprecatedUpdateFleetRegionV2: operation({
    id: 'DeprecatedUpdateFleetRegionV2',
    tag,
    method: 'put',
    path: '/fleets/v2/fleets/{fleetId}/regions/{region}',
    summary: 'Say how many vCPU a fleet is meant to have in a region',
    description:
      'As UpdateFleetRegion, in vCPU. 422 when it is no multiple of `scaleIncrementVcpus`, or was changed within five minutes.',
    access: ['fleets:read-write'],
    params: { fleetId, region: Region },
    query: organization,
    body: { json: FleetRegionConfig },
    answer: { status: 204, description: 'It is kept.' },
    errors: [401, 404, 408, 422, 429, 500],
    deprecated: true,
  }),
  GetFleetMetrics: operation({
    id: 'GetFleetMetrics',
    tag,
    method: 'get',
    path: '/fleets/v2/fleets/{fleetId}/metrics',
    summary: 'Get the metrics of a fleet',
    description:
      'Answers a series, in vCPU, per metric that was asked for. Measured once a minute and kept as long as those of processes.',
    access: ['fleets:read'],
    params: { fleetId },
    query: period,
    answer: { status: 200, json: FleetMetricsData, description: 'The series.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
  GetFleetRegionMetrics: operation({
    id: 'GetFleetRegionMetrics',
    tag,
    method: 'get',
    path: '/fleets/v2/fleets/{fleetId}/regions/{region}/metrics',
    summary: 'Get the metrics of a fleet in a region',
    description:
      'As GetFleetMetrics, of the machines that serve the region and the processes in it.',
    access: ['fleets:read'],
    params: { fleetId, region: Region },
    query: period,
    answer: { status: 200, json: FleetMetricsData, description: 'The series.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
  GetNodeShapes: operation({
    id: 'GetNodeShapes',
    tag,
    method: 'get',
    path: '/fleets/v2/nodeShapes',
    summary: 'List sizes of machines',
    description:
      'Answers all sizes that the API knows: first those that a machine of this installation has, then the others, whose ' +
      'name says so.',
    access: ['fleets:read'],
    params: {},
    query: organization,
    answer: { status: 200, json: Type.Array(NodeShapeV2), description: 'The sizes.' },
    errors: [401, 404, 408, 422, 429, 500],
  }),
} as const
