/** The engine: everything that happens by itself. Made once by the composition root. */
import type { Clock } from '../domain/clock.ts'
import type { Limits } from '../domain/decide.ts'
import type { Engine } from '../domain/engine.ts'
import type { LogArchive, UploadStore } from '../domain/files.ts'
import type { Log } from '../domain/log.ts'
import type { Regions } from '../domain/region.ts'
import type { MetricStore, Store } from '../domain/store.ts'
import { adopt } from './adoption.ts'
import { createBuildRunner } from './build-runner.ts'
import { createIdleReaper } from './idle-reaper.ts'
import { createLiveProcesses } from './live-processes.ts'
import { createProcessClock } from './process-clock.ts'
import { createReconciler } from './process-reconciler.ts'
import { createProcessStarter } from './process-starter.ts'
import { type RetentionTimes, createRetention } from './retention.ts'
import { startRounds } from './rounds.ts'
import { createSampler } from './sampler.ts'
import { type WorkQueue, createWorkQueue } from './work-queue.ts'

export interface EngineOptions {
  readonly store: Store
  readonly metrics: MetricStore
  readonly logs: LogArchive
  readonly uploads: UploadStore
  readonly regions: Regions
  readonly clock: Clock
  readonly log: Log
  readonly limits: Limits & { readonly idleMs: number }
  readonly retention: RetentionTimes
  readonly sampleMs: number
}

export interface RunningEngine extends Engine {
  /** Adopts what runs, then watches; answers how many runs were found alive. */
  start(): Promise<number>
  /** Resolves when every process known now had its look. */
  settled(): Promise<void>
  /** Ends its own work; what runs goes on. */
  close(): Promise<void>
}

const concurrency = 64
const resyncMs = 60_000
const retentionMs = 10 * 60_000
const trimMs = 30_000

export function createEngine(options: EngineOptions): RunningEngine {
  const { store, regions, clock, log } = options
  const stop = new AbortController()
  const live = createLiveProcesses()
  const starter = createProcessStarter({
    store,
    clock,
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
    clock: createProcessClock(clock),
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
    clock,
    regions,
    live,
    log,
    metrics: options.metrics,
    onActivity: idle.see,
  })
  const builds = createBuildRunner(options)
  const retention = createRetention({
    ...{ ...options.retention, ...options, live },
    isBuilding: builds.isBusy,
  })

  async function resync(): Promise<void> {
    for (const id of await store.listUnfinished()) queue.add(id)
  }

  let stopRounds = async (): Promise<void> => {}
  return {
    nudge: queue.add,
    runBuild: builds.run,
    settled: queue.settled,
    async start() {
      for (const { driver } of regions.nodes) driver.watch(queue.add)
      await builds.settleLeftovers()
      const alive = await adopt({ store, regions, log, nudge: queue.add, isAtRest })
      stopRounds = startRounds(
        [
          { name: 'resync', everyMs: resyncMs, run: resync },
          { name: 'sampling', everyMs: options.sampleMs, run: sampler.round },
          { name: 'log trimming', everyMs: trimMs, run: retention.trimLogs },
          { name: 'retention', everyMs: retentionMs, run: retention.round },
        ],
        { clock, log },
      )
      return alive
    },
    async close() {
      stop.abort()
      await stopRounds()
      await builds.close()
      await queue.close()
    },
  }
}
