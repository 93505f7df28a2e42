/** Starts processes of a static allocation, one after the other, until one is refused. */
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../domain/application.ts'
import type { Clock } from '../domain/clock.ts'
import type { Deployment } from '../domain/deployment.ts'
import { fleetOf } from '../domain/deployment-fleet.ts'
import type { Log } from '../domain/log.ts'
import type { Spot } from '../domain/making-room.ts'
import { NoCapacityError, type Place, placesFor } from '../domain/placement.ts'
import type { Process, ProcessId } from '../domain/process.ts'
import { requestFor } from '../domain/process-request.ts'
import type { Regions } from '../domain/region.ts'
import { problemInRegion } from '../domain/startable.ts'
import type { ProcessRequest, Store } from '../domain/store.ts'
import { LimitReachedError } from '../domain/usage-limits.ts'

export interface AllocationStarterOptions {
  readonly store: Store
  readonly regions: Regions
  readonly clock: Clock
  readonly log: Log
  readonly uuid: () => string
  readonly nudge: (processId: ProcessId) => void
}

export interface StartOrder {
  readonly application: Application
  readonly region: string
  readonly deployment: Deployment
  readonly count: number
}

export interface Started {
  readonly count: number
  /** Why there are not more: `broken` is the deployment's fault, `full` is not. */
  readonly refusal: Refusal | null
}

export type Refusal =
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'full'; readonly reason: string; readonly spots: readonly Spot[] }

export type AllocationStarter = (order: StartOrder) => Promise<Started>

export function createAllocationStarter(options: AllocationStarterOptions): AllocationStarter {
  const { store, regions, clock, log } = options

  /** They are kept: nobody playing is no reason to end. */
  const requestOf = (deployment: Deployment, fleetId: string | null) => ({
    ...requestFor(deployment, { processId: options.uuid(), fleetId, createdAt: clock.now() }),
    ...{ idleTimeoutEnabled: false, isAllocated: true },
  })

  return async (order) => {
    const { application, region, deployment } = order
    const build = await store.findBuild(application.orgId, deployment.buildId)
    if (build === undefined || build.deletedAt !== null) {
      const reason = `build ${deployment.buildId} was deleted`
      return { count: 0, refusal: { kind: 'broken', reason } }
    }
    const problem = problemInRegion(build, regions, region)
    if (problem !== undefined) return { count: 0, refusal: { kind: 'broken', reason: problem } }
    // What is kept here is not kept elsewhere: nothing spills over.
    const fleet = await fleetOf(store, deployment)
    const guest = { build, serviceConfig: application.serviceConfig, fleet }
    const home = placesFor(regions, region, guest).slice(0, 1)
    for (let count = 0; count < order.count; count += 1) {
      const made = await start(requestOf(deployment, fleet?.fleetId ?? null), home)
      if (made instanceof HatcheryError) {
        return { count, refusal: { kind: 'full', reason: made.message, spots: spotsOf(made) } }
      }
    }
    return { count: order.count, refusal: null }
  }

  async function start(
    request: ProcessRequest,
    home: readonly Place[],
  ): Promise<Process | HatcheryError> {
    try {
      const process = await store.placeProcess(request, home)
      const { processId, appId, region } = process
      options.nudge(processId)
      log.info({ event: 'process.starting', processId, appId, region, allocated: true }, 'starting')
      return process
    } catch (error) {
      if (error instanceof HatcheryError) return error
      throw error
    }
  }
}

/** Where old processes could make room. */
function spotsOf(refusal: HatcheryError): readonly Spot[] {
  if (refusal instanceof NoCapacityError) return refusal.machines
  return refusal instanceof LimitReachedError ? refusal.spots : []
}
