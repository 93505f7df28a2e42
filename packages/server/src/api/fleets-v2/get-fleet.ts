import { fleetV2 } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getFleet as findFleet } from '../find.ts'

export const getFleet: Handler<'GetFleet'> = async ({ params, query }, context) =>
  fleetV2(await findFleet(context, params.fleetId, query.orgId))
