/** The operations of the older version that differ from the newer one. */
import type { Handler } from '../context.ts'
import { assertOwnOrganization, getFleet } from '../find.ts'
import { changeFleet } from '../fleets-v2/change-fleet.ts'
import { newFleet } from '../fleets-v2/new-fleet.ts'
import { fleetV1 } from './fleet-v1.ts'

export const getFleetsV1: Handler<'GetFleetsDeprecated'> = async ({ query }, context) => {
  assertOwnOrganization(context, query.orgId)
  const { store, regions } = context.services
  const fleets = await store.listFleets(context.auth.orgId)
  return { fleets: fleets.map((fleet) => fleetV1(regions, fleet)) }
}

export const createFleetV1: Handler<'CreateFleetDeprecated'> = async ({ query, body }, context) =>
  fleetV1(context.services.regions, await newFleet(context, { ...body, orgId: query.orgId }))

export const getFleetV1: Handler<'GetFleetDeprecated'> = async ({ params, query }, context) =>
  fleetV1(context.services.regions, await getFleet(context, params.fleetId, query.orgId))

export const updateFleetV1: Handler<'UpdateFleetDeprecated'> = async (
  { params, query, body },
  context,
) => {
  const { name, nodeShape, autoscalerConfig } = body
  const { fleetId } = params
  const { orgId } = query
  await changeFleet(context, { fleetId, orgId, name, nodeShape, autoscalerConfig })
}
