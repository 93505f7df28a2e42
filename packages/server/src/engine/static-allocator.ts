/** Keeps the processes that applications want kept: one worker for each application and region, as for processes. */
import { HatcheryError } from '@hatchery/contract'
import type { Application } from '../domain/application.ts'
import type { Clock } from '../domain/clock.ts'
import type { Deployment } from '../domain/deployment.ts'
import type { AllocationState } from '../domain/engine.ts'
import type { Log } from '../domain/log.ts'
import { placesFor } from '../domain/placement.ts'
import { type Process, type ProcessId, draining } from '../domain/process.ts'
import { requestFor } from '../domain/process-request.ts'
import type { Regions } from '../domain/region.ts'
import {
  type Allocation,
  type BackOff,
  failedEarly,
  isSettled,
  planAllocation,
  provenMs,
} from '../domain/static-allocation.ts'
import type { Store } from '../domain/store.ts'
import { createBackOffs } from './allocation-back-offs.ts'
import { stateOf } from './allocation-state.ts'
import { createWorkQueue } from './work-queue.ts'

export interface StaticAllocatorOptions {
  readonly store: Store
  readonly regions: Regions
  readonly clock: Clock
  readonly log: Log
  readonly uuid: () => string
  readonly settleMs: number
  readonly nudge: (processId: ProcessId) => void
}

export interface StaticAllocator {
  /** Its service configuration or its newest deployment changed. */
  applicationChanged(application: Pick<Application, 'orgId' | 'appId' | 'serviceConfig'>): void
  /** A node takes new processes again, or none. */
  placesChanged(): void
  /** It ended, runs, or has fewer rooms. */
  processChanged(process: Process): void
  /** Every application and region that has an allocation, or processes of one. */
  round(): Promise<void>
  /** Keeps nothing any more, for as long as this server lives. */
  pause(): void
  statesOf(application: Application): Promise<AllocationState[]>
  settled(): Promise<void>
  close(): Promise<void>
}

/** What is worked on. */
interface Place {
  readonly orgId: string
  readonly appId: string
  readonly region: string
}

const concurrency = 8
/** When a region is full, or a build is gone, it is tried again. */
const retryMs = 10_000

const keyOf = ({ appId, region }: Pick<Place, 'appId' | 'region'>): string => `${appId} ${region}`

const none: Allocation = { minProcesses: 0, targetProcesses: 0, maxProcesses: 0 }

export function createStaticAllocator(options: StaticAllocatorOptions): StaticAllocator {
  const { store, clock, log } = options
  const places = new Map<string, Place>()
  const backOffs = createBackOffs()
  const queue = createWorkQueue({
    ...{ clock, concurrency, work },
    onError: (key, err, pauseMs) =>
      log.warn(
        { event: 'allocation.retry', ...places.get(key), pauseMs, err },
        'a static allocation failed and is tried again',
      ),
  })

  function add({ orgId, appId, region }: Place): void {
    const key = keyOf({ appId, region })
    places.set(key, { orgId, appId, region })
    queue.add(key)
  }

  let paused = false

  async function work(key: string): Promise<void> {
    if (paused) return
    const place = places.get(key)
    if (place === undefined) return
    const application = await store.findApplication(place.orgId, place.appId)
    if (application === undefined) return forget(key)
    const deployment = await store.findLatestDeployment(place.appId)
    const processes = await store.listUnfinishedIn(place.appId, place.region)
    const now = clock.now()
    const backOff = backOffs.current(key, {
      deploymentId: deployment?.deploymentId,
      processes,
      now,
    })
    const plan = planAllocation({
      allocation: allocationOf(application, place.region) ?? none,
      deploymentId: deployment?.deploymentId ?? null,
      ...{ processes, backOff, now, settleMs: options.settleMs },
    })
    for (const drain of plan.drains) await release(drain, deployment)
    if (deployment !== undefined) await start({ application, place, deployment }, plan.starts)
    lookAgain(key, { backOff, processes, now })
    if (!application.serviceConfig && processes.length === 0) forget(key)
  }

  /** What changes by time alone: the end of a back-off, and processes that have run for long enough. */
  function lookAgain(
    key: string,
    given: { backOff: BackOff | null; processes: readonly Process[]; now: number },
  ): void {
    const { backOff, processes, now } = given
    if (backOff !== null) queue.addAfter(key, backOff.until > now ? backOff.until - now : provenMs)
    const { settleMs } = options
    const isSettling = (process: Process): boolean =>
      process.isAllocated && process.status === 'running' && !isSettled(process, { now, settleMs })
    if (processes.some(isSettling)) queue.addAfter(key, settleMs)
  }

  async function release(
    { processId, replaced }: { processId: ProcessId; replaced: boolean },
    deployment: Deployment | undefined,
  ): Promise<void> {
    const why =
      replaced && deployment !== undefined
        ? ({ kind: 'replaced', deploymentId: deployment.deploymentId } as const)
        : ({ kind: 'drained' } as const)
    const at = clock.now()
    await store.changeProcess(processId, (process) => draining(process, why, at))
    options.nudge(processId)
    log.info({ event: 'process.draining', processId, why: why.kind }, 'draining')
  }

  async function start(
    { application, place, deployment }: StartOrder,
    count: number,
  ): Promise<void> {
    if (count === 0) return
    const build = await store.findBuild(place.orgId, deployment.buildId)
    if (build === undefined || build.deletedAt !== null)
      return failed(
        keyOf(place),
        deployment.deploymentId,
        `build ${deployment.buildId} was deleted`,
      )
    const [home] = placesFor(options.regions, place.region, application.serviceConfig)
    if (home === undefined) return
    for (let started = 0; started < count; started += 1) {
      try {
        const process = await store.placeProcess(requestOf(deployment), [home])
        options.nudge(process.processId)
        const { processId, appId, region } = process
        log.info(
          { event: 'process.starting', processId, appId, region, allocated: true },
          'starting',
        )
      } catch (error) {
        if (!(error instanceof HatcheryError)) throw error
        return noRoom(keyOf(place), error)
      }
    }
  }

  /** They are kept: nobody playing is no reason to end. */
  const requestOf = (deployment: Deployment) => ({
    ...requestFor(deployment, { processId: options.uuid(), createdAt: clock.now() }),
    ...{ idleTimeoutEnabled: false, isAllocated: true },
  })

  function noRoom(key: string, error: HatcheryError): void {
    log.warn({ event: 'allocation.full', ...places.get(key), reason: error.message }, error.message)
    queue.addAfter(key, retryMs)
  }

  function failed(key: string, deploymentId: string, reason: string): void {
    const next = backOffs.failed(key, { deploymentId, reason, now: clock.now() })
    log.warn(
      { event: 'allocation.failing', ...places.get(key), ...next },
      'a process of a static allocation failed',
    )
    queue.add(key)
  }

  function forget(key: string): void {
    places.delete(key)
    backOffs.forget(key)
    queue.forget(key)
  }

  return {
    applicationChanged({ orgId, appId, serviceConfig }) {
      for (const { region } of serviceConfig?.staticProcessAllocation ?? [])
        add({ orgId, appId, region })
      for (const place of places.values()) if (place.appId === appId) queue.add(keyOf(place))
    },
    placesChanged() {
      for (const key of places.keys()) queue.add(key)
    },
    processChanged(process) {
      const key = keyOf(process)
      if (process.isAllocated && failedEarly(process)) {
        const { deploymentId, exitReason } = process
        add(process)
        failed(key, deploymentId, exitReason ?? 'it failed')
      } else if (process.isAllocated) add(process)
      else if (places.has(key)) queue.add(key)
    },
    async round() {
      for (const { orgId, appId, serviceConfig } of await store.listAllApplications()) {
        for (const { region } of serviceConfig?.staticProcessAllocation ?? [])
          add({ orgId, appId, region })
      }
      for (const process of await store.listByStatus(['starting', 'running']))
        if (process.isAllocated) add(process)
    },
    pause() {
      paused = true
    },
    async statesOf(application) {
      const deployment = await store.findLatestDeployment(application.appId)
      const allocations = application.serviceConfig?.staticProcessAllocation ?? []
      return await Promise.all(
        allocations.map(async (allocation) => {
          const key = keyOf({ appId: application.appId, region: allocation.region })
          const processes = await store.listUnfinishedIn(application.appId, allocation.region)
          const backOff = backOffs.of(key, deployment?.deploymentId)
          return stateOf(allocation, { deployment, processes, backOff })
        }),
      )
    },
    settled: queue.settled,
    close: queue.close,
  }
}

interface StartOrder {
  readonly application: Application
  readonly place: Place
  readonly deployment: Deployment
}

const allocationOf = ({ serviceConfig }: Application, region: string): Allocation | undefined =>
  serviceConfig?.staticProcessAllocation.find((allocation) => allocation.region === region)
