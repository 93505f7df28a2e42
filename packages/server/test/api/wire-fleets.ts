/** The operations of fleets and machines, for the test of all operations' statuses and content types. */
import type { operations } from '@hatchery/contract'
import { call } from '../support/json-call.ts'
import type { FakeHatchery } from '../support/start-with-fakes.ts'

interface Noting {
  readonly hatchery: FakeHatchery
  readonly note: (id: keyof typeof operations, answer: Promise<Response>) => Promise<Response>
}

export async function noteFleets({ hatchery, note }: Noting): Promise<void> {
  const ask = (id: keyof typeof operations, method: string, path: string, body?: unknown) =>
    note(id, call(hatchery, method, path, body))
  const autoscalerConfig = { scaleUpThreshold: 80 }
  const given = { name: 'ranked', nodeShapeId: 'shape-amd64-4-8', autoscalerConfig }
  const made = await ask('CreateFleet', 'POST', '/fleets/v2/fleets', given)
  const { fleetId } = (await made.json()) as { fleetId: string }
  await ask('GetFleets', 'GET', '/fleets/v2/fleets')
  await ask('GetNodeShapes', 'GET', '/fleets/v2/nodeShapes')
  const v2 = `/fleets/v2/fleets/${fleetId}`
  await ask('GetFleet', 'GET', v2)
  await ask('UpdateFleet', 'POST', v2, { autoscalerConfig })
  await ask('GetFleetMetrics', 'GET', `${v2}/metrics`)
  await ask('GetFleetRegion', 'GET', `${v2}/regions/Tokyo`)
  await ask('UpdateFleetRegion', 'PUT', `${v2}/regions/Tokyo/v2`, { nodeBaseline: 1 })
  await ask('DeprecatedUpdateFleetRegionV2', 'PUT', `${v2}/regions/Tokyo`, { cloudMinVcpus: 4 })
  await ask('GetFleetRegionMetrics', 'GET', `${v2}/regions/Tokyo/metrics`)
  const old = { name: 'casual', nodeShape: 'cpu-4-8', autoscalerConfig }
  await ask('CreateFleetDeprecated', 'POST', '/fleets/v1/fleets', old)
  await ask('GetFleetsDeprecated', 'GET', '/fleets/v1/fleets')
  const v1 = `/fleets/v1/fleets/${fleetId}`
  await ask('GetFleetDeprecated', 'GET', v1)
  await ask('UpdateFleetDeprecated', 'POST', v1, { autoscalerConfig })
  await ask('GetFleetMetricsDeprecated', 'GET', `${v1}/metrics`)
  await ask('GetFleetRegionDeprecated', 'GET', `${v1}/regions/London`)
  await ask('UpdateFleetRegionDeprecated', 'PUT', `${v1}/regions/London`, { cloudMinVcpus: 4 })
  await ask('GetFleetRegionMetricsDeprecated', 'GET', `${v1}/regions/London/metrics`)
  await ask('ListProvisionedNodes', 'GET', `/nodes/v1/fleet/${fleetId}/listProvisioned`)
  await ask('GetNode', 'GET', '/nodes/v1/local')
}
