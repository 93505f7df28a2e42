/** FleetsV1: as FleetsV2, with the older names of shapes. Old by their ids, yet not marked so in the published API. */
import { operation } from '../../operation.ts'
import { CreateFleet, Fleet, FleetsPage, UpdateFleet } from '../../schemas/fleet.ts'
import { fleetsV2 } from '../fleets-v2.ts'

const tag = 'FleetsV1'

export const fleetsV1 = {
  GetFleetsDeprecated: operation({
    ...fleetsV2.GetFleets,
    ...{ id: 'GetFleetsDeprecated', tag, path: '/fleets/v1/fleets' },
    description: 'As GetFleets, with what is wrong in which region.',
    answer: { status: 200, json: FleetsPage, description: 'The fleets.' },
  }),
  CreateFleetDeprecated: operation({
    ...fleetsV2.CreateFleet,
    ...{ id: 'CreateFleetDeprecated', tag, path: '/fleets/v1/fleets' },
    description: 'As CreateFleet.',
    body: { json: CreateFleet },
    answer: { status: 200, json: Fleet, description: 'The fleet.' },
  }),
  GetFleetDeprecated: operation({
    ...fleetsV2.GetFleet,
    ...{ id: 'GetFleetDeprecated', tag, path: '/fleets/v1/fleets/{fleetId}' },
    description: 'As GetFleet, with what is wrong in which region.',
    answer: { status: 200, json: Fleet, description: 'The fleet.' },
  }),
  UpdateFleetDeprecated: operation({
    ...fleetsV2.UpdateFleet,
    ...{ id: 'UpdateFleetDeprecated', tag, path: '/fleets/v1/fleets/{fleetId}' },
    description: 'As UpdateFleet.',
    body: { json: UpdateFleet },
  }),
  GetFleetRegionDeprecated: operation({
    ...fleetsV2.GetFleetRegion,
    ...{ id: 'GetFleetRegionDeprecated', tag },
    path: '/fleets/v1/fleets/{fleetId}/regions/{region}',
    description: 'As GetFleetRegion.',
  }),
  UpdateFleetRegionDeprecated: operation({
    ...withoutMark(fleetsV2.DeprecatedUpdateFleetRegionV2),
    ...{ id: 'UpdateFleetRegionDeprecated', tag },
    path: '/fleets/v1/fleets/{fleetId}/regions/{region}',
    description: 'As DeprecatedUpdateFleetRegionV2.',
  }),
  GetFleetMetricsDeprecated: operation({
    ...fleetsV2.GetFleetMetrics,
    ...{ id: 'GetFleetMetricsDeprecated', tag, path: '/fleets/v1/fleets/{fleetId}/metrics' },
    description: 'As GetFleetMetrics.',
  }),
  GetFleetRegionMetricsDeprecated: operation({
    ...fleetsV2.GetFleetRegionMetrics,
    ...{ id: 'GetFleetRegionMetricsDeprecated', tag },
    path: '/fleets/v1/fleets/{fleetId}/regions/{region}/metrics',
    description: 'As GetFleetRegionMetrics.',
  }),
} as const

function withoutMark<O extends { readonly deprecated: true }>(given: O): Omit<O, 'deprecated'> {
  const { deprecated: _, ...others } = given
  return others
}
