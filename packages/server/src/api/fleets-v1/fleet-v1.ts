import type { Fleet as WireFleet } from '@hatchery/contract'
import type { Fleet } from '../../domain/fleet.ts'
import { fleetErrors } from '../../domain/fleet-nodes.ts'
import type { Regions } from '../../domain/region.ts'
import { fleetV2 } from '../../domain/wire.ts'

/** A fleet as the older version shows it: its shape by the older name, and what is wrong where something is. */
export function fleetV1(regions: Regions, fleet: Fleet): WireFleet {
  const { nodeShapeId: _, ...shown } = fleetV2(fleet)
  const errorState = fleetErrors(regions, fleet)
  return {
    ...{ ...shown, nodeShape: fleet.nodeShape },
    ...(Object.keys(errorState).length > 0 && { errorState }),
  }
}
