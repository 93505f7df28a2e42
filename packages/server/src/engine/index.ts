/** The engine: everything that happens by itself. Made once by the composition root. */
import { HatcheryError } from '@hatchery/contract'
import type { Clock } from '../domain/clock.ts'
import type { Limits } from '../domain/decide.ts'
import type { Engine } from '../domain/engine.ts'
import type { OwnApi } from '../domain/environment.ts'
import type { LogArchive, UploadStore } from '../domain/files.ts'
import type { RequestSpreader } from '../domain/load-balancer.ts'
import type { Log } from '../domain/log.ts'
import type { Regions } from '../domain/region.ts'
import type { MetricStore } from '../domain/metric-store.ts'
import type { Store } from '../domain/store.ts'
import type { WarmCount } from '../domain/warm-runs.ts'
import { adopt } from './adoption.ts'
import { createAutoscaler } from './autoscaler.ts'
import { createBuildRunner } from './build-runner.ts'
import { createDrains } from './drains.ts'
import { createFleetSampler } from './fleet-sampler.ts'
import { createIdleReaper } from './idle-reaper.ts'
import { createLiveProcesses } from './live-processes.ts'
import { createProcessClock } from './process-clock.ts'
import { createReconciler } from './process-reconciler.ts'
import { createProcessStarter } from './process-starter.ts'
import { type RetentionTimes, createRetention } from './retention.ts'
import { type Rounds, startRounds } from './rounds.ts'
import { createSampler } from './sampler.ts'
import { createStaticAllocator } from './static-allocator.ts'
import { createWarmPool } from './warm-pool/index.ts'
import { type WorkQueue, createWorkQueue } from './work-queue.ts'

export interface EngineOptions {
  readonly store: Store
  readonly metrics: MetricStore
  readonly logs: LogArchive
  readonly uploads: UploadStore
  readonly regions: Regions
  readonly ownApi: OwnApi
  readonly balancer: RequestSpreader
  /** While true, what builds made is kept although nothing uses it: a backup needs it. */
  readonly areArtifactsHeld: () => boolean
  /** While true, logs are cut shorter. */
  readonly isDiskLow: () => boolean
  readonly clock: Clock
  readonly log: Log
  /** A new random UUID. */
  readonly uuid: () => string
  readonly limits: Limits & { readonly idleMs: number }
  readonly retention: RetentionTimes
  readonly sampleMs: number
  /** How often targets are moved by what there is to do, and how long a higher one holds. */
  readonly scaling: { readonly everyMs: number; readonly lookBackMs: number }
  /** How long a new process has to run before it replaces an old one. */
  readonly settleMs: number
  /** How many runs are kept ready for processes to come. */
  readonly warmCount: WarmCount
}

export interface RunningEngine extends Engine {
  /** Adopts what runs, then watches; answers how many runs were found alive. */
  start(): Promise<number>
  /** Resolves when every process known now had its look. */
  settled(): Promise<void>
  /** Cuts the logs now, as is done every half minute. */
  trimLogs(): Promise<void>
  /** Ends its own work; what runs goes on. */
  close(): Promise<void>
}

const concurrency = 64
const resyncMs = 60_000
const fleetSampleMs = 60_000
const retentionMs = 10 * 60_000
const trimMs = 30_000
/** The longest that static allocation waits for the first looks at what was found. */
const firstLooksMs = 10_000

export function createEngine(options: EngineOptions): RunningEngine {
  const { store, regions, clock, log, balancer } = options
  const stop = new AbortController()
  const live = createLiveProcesses((process) => {
    balancer.processSeen(process)
    warm.processSeen(process)
  })
  const starter = createProcessStarter({
    store,
    clock,
    ownApi: options.ownApi,
    startMs: options.limits.startMs,
    signal: stop.signal,
  })
  const idle = createIdleReaper({
    store,
    clock,
    idleMs: options.limits.idleMs,
    nudge: (id) => queue.add(id),
  })
  const { reconcile, isAtRest } = createReconciler({
    ...{ store, regions, log, starter, live, limits: options.limits },
    drains: createDrains({ store, clock, later: (id, ms) => queue.addAfter(id, ms) }),
    onStatus: (process) => allocator.processChanged(process),
    clock: createProcessClock(clock),
    beganAt: clock.now(),
    later: (id, ms) => queue.addAfter(id, ms),
    forget(id) {
      queue.forget(id)
      idle.forget(id)
      options.logs.ended(id)
    },
  })
  const queue: WorkQueue = createWorkQueue({
    ...{ clock, concurrency, work: reconcile },
    onError: (processId, err, retryMs) =>
      log.warn(
        { event: 'process.retry', processId, retryMs, err },
        'a step failed and is tried again',
      ),
  })
  const sampler = createSampler({
    ...{ clock, regions, live, log, store },
    metrics: options.metrics,
    onActivity: idle.see,
  })
  const sampleFleets = createFleetSampler({
    ...{ store, regions, clock, log },
    metrics: options.metrics,
  })
  const autoscaler = createAutoscaler({
    ...{ clock, log, lookBackMs: options.scaling.lookBackMs, loadOf: balancer.loadOf },
    onTarget: (place) => allocator.targetChanged(place),
  })
  const allocator = createStaticAllocator({
    ...{ store, regions, clock, log, uuid: options.uuid, settleMs: options.settleMs, autoscaler },
    nudge: (id) => queue.add(id),
  })
  const warm = createWarmPool({
    ...{ store, regions, clock, log, uuid: options.uuid, ownApi: options.ownApi },
    countOf: options.warmCount,
    prepareMs: options.limits.startMs + options.limits.bindMs,
  })
  const builds = createBuildRunner(options)
  const retention = createRetention({
    ...{ ...options.retention, ...options, live },
    areArtifactsHeld: () => builds.isBusy() || options.areArtifactsHeld(),
  })

  async function resync(): Promise<void> {
    for (const id of await store.listUnfinished()) queue.add(id)
    await allocator.round()
    await warm.round()
  }

  /** What is recorded as running may have ended meanwhile, so everything has its look before any is replaced. */
  async function beginAllocation(): Promise<void> {
    const late = new Promise<void>((resolve) => clock.after(firstLooksMs, resolve))
    await Promise.race([queue.settled(), late])
    if (stop.signal.aborted) return
    await allocator
      .round()
      .then(warm.round)
      .catch((err: unknown) => log.warn({ event: 'allocation.late', err }, 'a round failed'))
  }

  let startsNothing = false
  let allocationBegun = Promise.resolve()
  let rounds: Rounds | undefined
  return {
    nudge: queue.add,
    roomsChanged(process, change) {
      live.update(process)
      if (change === 'placed') idle.roomPlaced(process)
      else if (process.status === 'draining') queue.add(process.processId)
      if (change === 'left') allocator.processChanged(process)
    },
    applicationChanged(application) {
      balancer.applicationChanged(application)
      allocator.applicationChanged(application)
      warm.applicationChanged(application)
    },
    async startNothing() {
      startsNothing = true
      allocator.pause()
      await warm.pause()
    },
    assertStarts() {
      if (!startsNothing) return
      throw new HatcheryError(
        'unavailable',
        'all games are being ended, so none is started: start the server again',
        { retryAfterSeconds: 10 },
      )
    },
    placesChanged() {
      allocator.placesChanged()
      warm.round().catch((err: unknown) => log.warn({ event: 'warm.late', err }, 'a round failed'))
    },
    allocationsOf: allocator.statesOf,
    idleSince: idle.idleSince,
    runBuild: builds.run,
    async settled() {
      await allocationBegun
      // Each gives work to the others.
      do {
        await rounds?.settled()
        await allocator.settled()
        await warm.settled()
        await queue.settled()
      } while (!allocator.isIdle() || !warm.isIdle() || !queue.isIdle())
    },
    trimLogs: retention.trimLogs,
    async start() {
      for (const driver of regions.allDrivers)
        driver.watch((processId) => {
          queue.add(processId)
          warm.runChanged(processId)
        })
      await builds.settleLeftovers()
      const alive = await adopt({ store, regions, log, nudge: queue.add, isAtRest })
      allocationBegun = beginAllocation()
      await sampleFleets()
      rounds = startRounds(
        [
          { name: 'resync', everyMs: resyncMs, run: resync },
          { name: 'sampling', everyMs: options.sampleMs, run: sampler.round },
          { name: 'sampling of fleets', everyMs: fleetSampleMs, run: sampleFleets },
          { name: 'autoscaling', everyMs: options.scaling.everyMs, run: autoscaler.round },
          { name: 'log trimming', everyMs: trimMs, run: retention.trimLogs },
          { name: 'retention', everyMs: retentionMs, run: retention.round },
        ],
        { clock, log },
      )
      return alive
    },
    async close() {
      stop.abort()
      await rounds?.stop()
      await builds.close()
      await allocator.close()
      await warm.close()
      await queue.close()
      await allocationBegun
    },
  }
}
