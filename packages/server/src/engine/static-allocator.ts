/** Keeps the processes that applications want kept: one worker for each application and region, as for processes. */
import type { Application } from '../domain/application.ts'
import type { Instant } from '../domain/clock.ts'
import type { Deployment } from '../domain/deployment.ts'
import type { AllocationState } from '../domain/engine.ts'
import type { Space } from '../domain/making-room.ts'
import type { Process } from '../domain/process.ts'
import {
  type AllocationInput,
  type BackOff,
  type PlannedDrain,
  failedEarly,
  isSettled,
  planAllocation,
  provenMs,
  standstill,
} from '../domain/static-allocation.ts'
import type { Autoscaler } from './autoscaler.ts'
import { createBackOffs } from './allocation-back-offs.ts'
import { createAllocationDrainer } from './allocation-drainer.ts'
import { createShortages } from './allocation-shortages.ts'
import { type AllocationStarterOptions, createAllocationStarter } from './allocation-starter.ts'
import { type AllocationLook, type Problem, stateOf } from './allocation-state.ts'
import { createAllocationTimes } from './allocation-times.ts'
import { createWorkQueue } from './work-queue.ts'

export interface StaticAllocatorOptions extends AllocationStarterOptions {
  readonly settleMs: number
  readonly autoscaler: Pick<Autoscaler, 'scaled' | 'forget'>
}

export interface StaticAllocator {
  /** Its service configuration or its newest deployment changed. */
  applicationChanged(application: Pick<Application, 'orgId' | 'appId' | 'serviceConfig'>): void
  /** The autoscaler moved its target. */
  targetChanged(place: { readonly appId: string; readonly region: string }): void
  /** A node takes new processes again, or none. */
  placesChanged(): void
  /** It ended, runs, or has fewer rooms. */
  processChanged(process: Process): void
  /** Every application and region that has an allocation, or processes of one; the first round begins the work. */
  round(): Promise<void>
  /** Keeps nothing any more, for as long as this server lives. */
  pause(): void
  statesOf(application: Application): Promise<AllocationState[]>
  settled(): Promise<void>
  isIdle(): boolean
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

export function createStaticAllocator(options: StaticAllocatorOptions): StaticAllocator {
  const { store, clock, log } = options
  const places = new Map<string, Place>()
  const backOffs = createBackOffs()
  const shortages = createShortages()
  const times = createAllocationTimes(clock)
  const start = createAllocationStarter(options)
  const drain = createAllocationDrainer(options)
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

  let state: 'waiting' | 'working' | 'paused' = 'waiting'

  async function work(key: string): Promise<void> {
    if (state !== 'working') return
    const place = places.get(key)
    if (place === undefined) return
    const application = await store.findApplication(place.orgId, place.appId)
    if (application === undefined) return forget(key)
    const { deployment, input: seen } = await lookAt(place, application)
    const { allocation, processes, now } = seen
    const backOff = backOffs.current(key, seen)
    const input = { ...seen, backOff }
    const plan = planAllocation(input)
    const full =
      deployment === undefined
        ? null
        : await startMissing({ application, place, deployment }, plan.starts)
    const { drains } = full === null ? plan : planAllocation({ ...input, full })
    const kept: PlannedDrain[] = []
    for (const one of drains) if (!(await drain(one, { allocation, deployment }))) kept.push(one)
    if (full !== null && drains.some(makesRoom) && !kept.some(makesRoom)) shortages.gaveUp(key, now)
    lookAgain(key, { backOff, processes, now })
    if (allocation.targetProcesses === 0 && processes.length === 0) forget(key)
  }

  /** Times are readings of the monotonic clock. */
  async function lookAt(
    place: Pick<Place, 'appId' | 'region'>,
    application: Application,
  ): Promise<{ deployment: Deployment | undefined; input: AllocationLook }> {
    const { appId, region } = place
    const key = keyOf(place)
    const deployment = await store.findLatestDeployment(appId)
    const processes = times.onMonotonic(key, await store.listUnfinishedIn(appId, region))
    const deploymentId = deployment?.deploymentId ?? null
    const allocation = options.autoscaler.scaled(place, application, processes)
    const input = {
      ...{ allocation, deploymentId, processes, backOff: backOffs.of(key, deploymentId) },
      ...{ full: null, now: clock.monotonic(), settleMs: options.settleMs },
    }
    return { deployment, input }
  }

  /** Starts as many; answers where there would be room where none was taken, and old processes should make it. */
  async function startMissing(
    { application, place, deployment }: Look,
    count: number,
  ): Promise<AllocationInput['full']> {
    const key = keyOf(place)
    const { deploymentId } = deployment
    if (count === 0) {
      shortages.ended(key)
      return null
    }
    const { region } = place
    const started = await start({ application, region, deployment, count })
    if (started.count > 0) shortages.ended(key)
    const { refusal } = started
    if (refusal === null) return null
    const { reason } = refusal
    if (refusal.kind === 'broken') {
      failed(key, deploymentId, reason)
      return null
    }
    if (shortages.of(key) === null) log.warn({ event: 'allocation.full', ...place, reason }, reason)
    const now = clock.monotonic()
    shortages.noted(key, { deploymentId, reason, until: now + retryMs })
    queue.addAfter(key, retryMs)
    if (started.count > 0) queue.add(key)
    if (started.count > 0 || !shortages.isWorthMakingRoom(key, now)) return null
    return { needs: spaceOf(deployment), spots: refusal.spots }
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

  function failed(key: string, deploymentId: string, reason: string): void {
    const { failures, until } = backOffs.failed(key, {
      ...{ deploymentId, reason, now: clock.monotonic() },
    })
    log.warn(
      {
        ...{ event: 'allocation.failing', ...places.get(key), deploymentId, failures, reason },
        until: wallOf(until),
      },
      'a process of a static allocation failed',
    )
    queue.add(key)
  }

  /** Why none is started now, and until when. */
  function problemOf(key: string, input: AllocationInput): Problem | null {
    const known = input.backOff ?? shortages.of(key)
    if (known !== null) return { reason: known.reason, until: wallOf(known.until) }
    const reason = standstill(input)
    return reason === null ? null : { reason, until: null }
  }

  const wallOf = (monotonic: number): Instant =>
    Math.round(clock.now() + monotonic - clock.monotonic())

  function forget(key: string): void {
    const place = places.get(key)
    if (place !== undefined) options.autoscaler.forget(place)
    places.delete(key)
    backOffs.forget(key)
    shortages.ended(key)
    times.forget(key)
    queue.forget(key)
  }

  return {
    applicationChanged({ orgId, appId, serviceConfig }) {
      for (const { region } of serviceConfig?.staticProcessAllocation ?? [])
        add({ orgId, appId, region })
      for (const place of places.values()) if (place.appId === appId) queue.add(keyOf(place))
    },
    targetChanged: (place) => queue.add(keyOf(place)),
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
      if (state === 'waiting') state = 'working'
      for (const { orgId, appId, serviceConfig } of await store.listAllApplications()) {
        for (const { region } of serviceConfig?.staticProcessAllocation ?? [])
          add({ orgId, appId, region })
      }
      for (const process of await store.listByStatus(['starting', 'running']))
        if (process.isAllocated) add(process)
    },
    pause() {
      state = 'paused'
    },
    async statesOf(application) {
      const allocations = application.serviceConfig?.staticProcessAllocation ?? []
      return await Promise.all(
        allocations.map(async (allocation) => {
          const place = { appId: application.appId, region: allocation.region }
          const { input } = await lookAt(place, application)
          return stateOf(place.region, input, problemOf(keyOf(place), input))
        }),
      )
    },
    settled: queue.settled,
    isIdle: queue.isIdle,
    close: queue.close,
  }
}

/** What is kept, and of what. */
interface Look {
  readonly application: Application
  readonly place: Place
  readonly deployment: Deployment
}

const makesRoom = ({ why }: PlannedDrain): boolean => why === 'in-the-way'

const spaceOf = ({ requestedCPU, requestedMemoryMB }: Deployment): Space => ({
  ...{ cpu: requestedCPU, memoryMb: requestedMemoryMB, places: 1 },
})
