import { HatcheryError } from '@hatchery/contract'
import { type Instant, timestamp } from '../../domain/clock.ts'
import {
  type Fleet,
  nextVcpusChange,
  scaleIncrementOf,
  wishOf,
  withCloudMinVcpus,
} from '../../domain/fleet.ts'
import type { Handler } from '../context.ts'
import { assertRegion, getFleet } from '../find.ts'

/** The same number again changes nothing, and is no change that has to wait. */
export const updateCloudMinVcpus: Handler<
  'DeprecatedUpdateFleetRegionV2' | 'UpdateFleetRegionDeprecated'
> = async ({ params, query, body }, context) => {
  const { store, clock } = context.services
  const { region } = params
  const { cloudMinVcpus } = body
  const { fleetId, orgId } = await getFleet(context, params.fleetId, query.orgId)
  assertRegion(context, region)
  await store.changeFleet(orgId, fleetId, (fleet) => {
    assertMultiple(fleet, cloudMinVcpus)
    if (wishOf(fleet, region).cloudMinVcpus === cloudMinVcpus) return fleet
    const at = clock.now()
    assertRested(fleet, region, at)
    return withCloudMinVcpus(fleet, region, { cloudMinVcpus, at })
  })
}

function assertMultiple(fleet: Fleet, cloudMinVcpus: number): void {
  const increment = scaleIncrementOf(fleet)
  if (cloudMinVcpus % increment === 0) return
  throw new HatcheryError(
    'invalid',
    `body.cloudMinVcpus must be a multiple of ${increment}, the vCPU of one ${fleet.nodeShape}; got ${cloudMinVcpus}`,
  )
}

function assertRested(fleet: Fleet, region: string, now: Instant): void {
  const next = nextVcpusChange(fleet, region, now)
  if (next === null) return
  throw new HatcheryError(
    'invalid',
    `body.cloudMinVcpus of ${region} may be changed once in five minutes: again from ${timestamp(next)} on`,
  )
}
