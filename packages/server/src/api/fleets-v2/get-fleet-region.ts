import { timestamp } from '../../domain/clock.ts'
import { scaleIncrementOf, wishOf } from '../../domain/fleet.ts'
import type { Handler } from '../context.ts'
import { assertRegion, getFleet } from '../find.ts'

export const getFleetRegion: Handler<'GetFleetRegion' | 'GetFleetRegionDeprecated'> = async (
  { params, query },
  context,
) => {
  const fleet = await getFleet(context, params.fleetId, query.orgId)
  assertRegion(context, params.region)
  const { nodeBaseline, cloudMinVcpus, cloudMinVcpusUpdatedAt } = wishOf(fleet, params.region)
  return {
    ...{ nodeBaseline, cloudMinVcpus },
    scaleIncrementVcpus: scaleIncrementOf(fleet),
    cloudMinVcpusUpdatedAt: timestamp(cloudMinVcpusUpdatedAt ?? fleet.createdAt),
  }
}
