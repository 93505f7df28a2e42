import { withNodeBaseline } from '../../domain/fleet.ts'
import type { Handler } from '../context.ts'
import { assertRegion, getFleet } from '../find.ts'

export const updateFleetRegion: Handler<'UpdateFleetRegion'> = async (
  { params, query, body },
  context,
) => {
  const { fleetId, orgId } = await getFleet(context, params.fleetId, query.orgId)
  assertRegion(context, params.region)
  await context.services.store.changeFleet(orgId, fleetId, (fleet) =>
    withNodeBaseline(fleet, params.region, body.nodeBaseline),
  )
}
