/** Keeps the processes that applications want kept: one worker for each application and region, as for processes. */
import type { Application } from '../domain/application.ts'
import type { Deployment } from '../domain/deployment.ts'
import type { AllocationState } from '../domain/engine.ts'
import type { Space } from '../domain/making-room.ts'
import type { Process } from '../domain/process.ts'
import {
  type Allocation,
  type AllocationInput,
  type BackOff,
  type PlannedDrain,
  failedEarly,
  isSettled,
  planAllocation,
  provenMs,
} from '../domain/static-allocation.ts'
import type { Autoscaler } from './autoscaler.ts'
import { createBackOffs } from './allocation-back-offs.ts'
import { createShortages } from './allocation-shortages.ts'
import { type AllocationStarterOptions, createAllocationStarter } from './allocation-starter.ts'
import { stateOf } from './allocation-state.ts'
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
  const start = createAllocationStarter(options)
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
    const deployment = await store.findLatestDeployment(place.appId)
    const processes = await store.listUnfinishedIn(place.appId, place.region)
    const now = clock.now()
    const backOff = backOffs.current(key, {
      deploymentId: deployment?.deploymentId,
      processes,
      now,
    })
    const allocation = options.autoscaler.scaled(place, application, processes)
    const input: AllocationInput = {
      ...{ allocation, processes, backOff, now, settleMs: options.settleMs },
      ...{ deploymentId: deployment?.deploymentId ?? null, full: null },
    }
    const plan = planAllocation(input)
    const full =
      deployment === undefined
        ? null
        : await startMissing({ application, place, deployment }, plan.starts)
    const { drains } = full === null ? plan : planAllocation({ ...input, full })
    const kept: PlannedDrain[] = []
    for (const drain of drains)
      if (!(await release(drain, { allocation, deployment }))) kept.push(drain)
    if (full !== null && drains.some(makesRoom) && !kept.some(makesRoom)) shortages.gaveUp(key, now)
    lookAgain(key, { backOff, processes, now })
    if (allocation.targetProcesses === 0 && processes.length === 0) forget(key)
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
    const now = clock.now()
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

  /**
   * What runs is counted again in the commit: some may have ended since the look that the plan was made of. Then it
   * stays, and this answers false.
   */
  async function release(
    drain: PlannedDrain,
    { allocation, deployment }: { allocation: Allocation; deployment: Deployment | undefined },
  ): Promise<boolean> {
    const { processId } = drain
    const why =
      drain.why !== 'too-many' && deployment !== undefined
        ? ({ kind: 'replaced', deploymentId: deployment.deploymentId } as const)
        : ({ kind: 'drained' } as const)
    const order = { why, at: clock.now(), minRunning: allocation.minProcesses }
    const { wanted } = await store.drainProcess(processId, order)
    if (wanted.kind === 'run') return false
    options.nudge(processId)
    log.info({ event: 'process.draining', processId, why: why.kind }, 'draining')
    return true
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
    const place = places.get(key)
    if (place !== undefined) options.autoscaler.forget(place)
    places.delete(key)
    backOffs.forget(key)
    shortages.ended(key)
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
      const deployment = await store.findLatestDeployment(application.appId)
      const allocations = application.serviceConfig?.staticProcessAllocation ?? []
      return await Promise.all(
        allocations.map(async (allocation) => {
          const place = { appId: application.appId, region: allocation.region }
          const key = keyOf(place)
          const processes = await store.listUnfinishedIn(place.appId, place.region)
          const problem = backOffs.of(key, deployment?.deploymentId) ?? shortages.of(key)
          const scaled = options.autoscaler.scaled(place, application, processes)
          return stateOf(place.region, scaled, { deployment, processes, problem })
        }),
      )
    },
    settled: queue.settled,
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
