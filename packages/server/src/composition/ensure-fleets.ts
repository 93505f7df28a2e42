/** What each start makes sure of: every organization has a fleet, and the store knows the machines. */
import type { Instant } from '../domain/clock.ts'
import { defaultFleet } from '../domain/fleet.ts'
import { shapeFor } from '../domain/node-shape.ts'
import type { Regions } from '../domain/region.ts'
import type { Store } from '../domain/store.ts'

export interface EnsureFleetsOptions {
  readonly store: Store
  readonly regions: Regions
  readonly uuid: () => string
  readonly now: Instant
}

export async function ensureFleets(options: EnsureFleetsOptions): Promise<void> {
  const { store, regions, uuid, now } = options
  await store.noteNodes(
    regions.nodes.map(({ nodeId }) => nodeId),
    now,
  )
  const nodeShape = shapeFor(regions.nodes.map(({ size }) => size))
  for (const orgId of await store.listOrganizationsWithoutFleet())
    await store.insertDefaultFleet(
      defaultFleet({ fleetId: `fleet-${uuid()}`, orgId, nodeShape, createdAt: now }),
    )
}
