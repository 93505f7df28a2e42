import { fleetV2 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'

export const getFleets: Handler<'GetFleets'> = async ({ query }, context) => {
  assertOwnOrganization(context, query.orgId)
  return { fleets: (await context.services.store.listFleets(context.auth.orgId)).map(fleetV2) }
}
