/** Makes one warm run, from the place that is found for it to the moment that a process may take it; and takes one away. */
import type { Clock } from '../../domain/clock.ts'
import type { Deployment } from '../../domain/deployment.ts'
import { fleetOf } from '../../domain/deployment-fleet.ts'
import { DriverError, canPrepare } from '../../domain/driver.ts'
import type { Log } from '../../domain/log.ts'
import { type Place, placesFor } from '../../domain/placement.ts'
import { requestFor } from '../../domain/process-request.ts'
import type { Process } from '../../domain/process.ts'
import type { Regions } from '../../domain/region.ts'
import type { WarmRun } from '../../domain/warm-runs.ts'
import { type SpecSources, specOf } from '../process-spec.ts'

export interface PreparingOptions extends SpecSources {
  readonly regions: Regions
  readonly clock: Clock
  readonly log: Log
  readonly uuid: () => string
  /** How long it may take until its port is bound. */
  readonly prepareMs: number
}

export interface WarmMaking {
  readonly deployment: Deployment
  readonly region: string
}

export interface Preparing {
  /**
   * Answers one that is bound and paused, which no process may take yet. Undefined where no node that can prepare runs
   * has room for it, and when it was stopped. Rejects when it cannot be made; nothing is left of it then.
   */
  make(order: WarmMaking): Promise<Process | undefined>
  /** Ends it, and then gives back what was counted for it. */
  takeBack(process: Process): Promise<void>
  /** Breaks off what is being made. */
  stop(): void
}

/** Ports found taken by other programs before it gives up for now. */
const mostTries = 5

export function createPreparing(options: PreparingOptions): Preparing {
  const { store, regions, clock, log } = options
  const stop = new AbortController()

  async function plan(
    { deployment, region }: WarmMaking,
    avoid: readonly number[],
  ): Promise<WarmRun | undefined> {
    const place = await placeFor(deployment, region)
    if (place === undefined) return undefined
    const { fleetId, ...found } = place
    const given = { processId: options.uuid(), createdAt: clock.now(), fleetId }
    const request = requestFor(deployment, given)
    const run = await store.planWarmRun({ request, place: found, avoid })
    const { appId } = deployment
    if (run === undefined) log.warn({ event: 'warm.full', appId, region }, 'no room for a warm run')
    return run
  }

  /** The region itself, and of its nodes those that can prepare runs; undefined where there are none. */
  async function placeFor(
    deployment: Deployment,
    region: string,
  ): Promise<(Place & { readonly fleetId: string | null }) | undefined> {
    const build = await store.findBuild(deployment.orgId, deployment.buildId)
    if (build === undefined || build.deletedAt !== null) return undefined
    const fleet = await fleetOf(store, deployment)
    const [home] = placesFor(regions, region, { build, fleet, serviceConfig: null })
    const offers = home?.offers.filter(({ nodeId }) => preparerOn(nodeId) !== undefined) ?? []
    if (home === undefined || offers.length === 0) return undefined
    return { ...home, offers, fleetId: fleet?.fleetId ?? null }
  }

  function preparerOn(nodeId: string) {
    const node = regions.nodeById(nodeId)
    return node !== undefined && canPrepare(node.driver) ? node.driver.preparer : undefined
  }

  async function prepare(process: Process): Promise<void> {
    const node = regions.nodeById(process.nodeId)
    const preparer = preparerOn(process.nodeId)
    if (node === undefined || preparer === undefined) throw new Error('its node is gone')
    const late = AbortSignal.timeout(options.prepareMs)
    const spec = await specOf(options, process, node)
    try {
      await preparer.prepare(spec, AbortSignal.any([stop.signal, late]))
    } catch (error) {
      if (!late.aborted || error instanceof DriverError) throw error
      const seconds = Math.round(options.prepareMs / 1_000)
      throw new DriverError(`its port was not bound within ${seconds} s`, { temporary: true })
    }
  }

  async function takeBack({ processId, nodeId }: Process): Promise<void> {
    await regions.nodeById(nodeId)?.driver.remove(processId)
    await store.removeWarmRun(processId)
  }

  async function make(order: WarmMaking): Promise<Process | undefined> {
    const avoid: number[] = []
    for (;;) {
      const run = await plan(order, avoid)
      if (run === undefined) return undefined
      const { process } = run
      try {
        await prepare(process)
        return process
      } catch (error) {
        await takeBack(process)
        if (stop.signal.aborted) return undefined
        if (!(error instanceof DriverError && error.portTaken)) throw error
        avoid.push(...process.ports.map(({ port }) => port))
        if (avoid.length >= mostTries * process.ports.length) throw error
      }
    }
  }

  return { make, takeBack, stop: () => stop.abort() }
}
