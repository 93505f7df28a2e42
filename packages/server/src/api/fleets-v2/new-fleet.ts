/** A new fleet, as both versions of the API make one. */
import type { AutoscalerConfig, NodeShape } from '@hatchery/contract'
import type { Fleet } from '../../domain/fleet.ts'
import type { Auth } from '../auth.ts'
import type { Services } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

export interface FleetOrder {
  readonly orgId: string | undefined
  readonly name: string
  readonly nodeShape: NodeShape
  readonly autoscalerConfig: AutoscalerConfig
}

export async function newFleet(
  asker: { readonly services: Services; readonly auth: Auth },
  { orgId, name, nodeShape, autoscalerConfig }: FleetOrder,
): Promise<Fleet> {
  assertOwnOrganization(asker, orgId)
  const { store, clock, uuid, log } = asker.services
  const fleet: Fleet = {
    fleetId: `fleet-${uuid()}`,
    orgId: asker.auth.orgId,
    ...{ name, nodeShape, scaleUpThreshold: autoscalerConfig.scaleUpThreshold },
    regions: {},
    createdAt: clock.now(),
  }
  await store.insertFleet(fleet)
  const { fleetId } = fleet
  log.info({ event: 'fleet.created', fleetId, name, by: asker.auth.by }, 'fleet created')
  return fleet
}
