/** A change of a fleet, as both versions of the API make one. */
import type { AutoscalerConfig, NodeShape } from '@hatchery/contract'
import type { Auth } from '../auth.ts'
import type { Services } from '../context.ts'
import { getFleet } from '../find.ts'

export interface FleetChange {
  readonly fleetId: string
  readonly orgId: string | undefined
  readonly name: string | undefined
  readonly nodeShape: NodeShape | undefined
  readonly autoscalerConfig: AutoscalerConfig
}

/** Machines are told by the name of a fleet, so what is waiting for one is looked at again. */
export async function changeFleet(
  asker: { readonly services: Services; readonly auth: Auth },
  { fleetId, orgId, name, nodeShape, autoscalerConfig }: FleetChange,
): Promise<void> {
  await getFleet(asker, fleetId, orgId)
  const { scaleUpThreshold } = autoscalerConfig
  await asker.services.store.changeFleet(asker.auth.orgId, fleetId, (fleet) => ({
    ...{ ...fleet, scaleUpThreshold },
    ...(name !== undefined && { name }),
    ...(nodeShape !== undefined && { nodeShape }),
  }))
  asker.services.engine.placesChanged()
}
