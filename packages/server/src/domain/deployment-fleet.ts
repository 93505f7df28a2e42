/** The fleet that processes of a deployment are of. */
import type { Deployment } from './deployment.ts'
import type { Fleet } from './fleet.ts'
import type { Store } from './store.ts'

/**
 * The one it names, else the default one of its organization; null where there is none yet. Deployments of the time before
 * there were fleets may name one that is not there: they go on in the default one.
 */
export async function fleetOf(
  store: Pick<Store, 'findFleet' | 'findOrganization'>,
  { orgId, fleetId }: Pick<Deployment, 'orgId' | 'fleetId'>,
): Promise<Fleet | null> {
  const named = fleetId === null ? undefined : await store.findFleet(orgId, fleetId)
  if (named !== undefined) return named
  const defaultFleetId = (await store.findOrganization(orgId))?.defaultFleetId ?? null
  return defaultFleetId === null ? null : ((await store.findFleet(orgId, defaultFleetId)) ?? null)
}
