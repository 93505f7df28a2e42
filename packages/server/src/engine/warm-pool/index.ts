/**
 * The warm pool: keeps runs ready for the processes that will be asked for. One worker for each application and region,
 * as for processes; what is planned and what is ready stands in the store, so a crash at any line is harmless.
 */
import type { Application } from '../../domain/application.ts'
import type { Process, ProcessId } from '../../domain/process.ts'
import { type WarmCount, type WarmRun, planWarmRuns } from '../../domain/warm-runs.ts'
import { createWorkQueue } from '../work-queue.ts'
import { type PreparingOptions, createPreparing } from './preparing.ts'
import { createStanding } from './standing.ts'

export interface WarmPoolOptions extends PreparingOptions {
  readonly countOf: WarmCount
}

export interface WarmPool {
  /** Every application and region that wants some, or has some; the first round begins the work. */
  round(): Promise<void>
  /** Its newest deployment changed, or what games are told, or it was deleted. */
  applicationChanged(application: Pick<Application, 'appId'>): void
  /** A process is looked at: if it took a run, another one is made once it goes on. */
  processSeen(process: Process): void
  /** Something happened to a run. */
  runChanged(processId: ProcessId): void
  /** Ends all, and keeps none any more for as long as this server lives. Resolves when what can be ended has. */
  pause(): Promise<void>
  /** Resolves when nothing is left to do now. */
  settled(): Promise<void>
  isIdle(): boolean
  close(): Promise<void>
}

/** Few, since they compete with the starts that somebody waits for. */
const concurrency = 2

export function createWarmPool(options: WarmPoolOptions): WarmPool {
  const { store, regions, log, countOf } = options
  const preparing = createPreparing(options)
  const fateOf = createStanding(options)
  /** Where each run of ours belongs, by its id. */
  const ours = new Map<ProcessId, string>()
  let isPaused = false
  let hasBegun = false

  async function tend(key: string): Promise<void> {
    const place = placeOf(key)
    const application = await store.findOpenApplication(place.appId)
    const deployment = await store.findLatestDeployment(place.appId)
    const runs = (await store.listWarmRuns()).filter(({ process }) => keyOf(process) === key)
    const usable: WarmRun[] = []
    for (const run of runs) if (await settle(run)) usable.push(run)
    const count =
      isPaused || application === undefined ? 0 : countOf({ ...application, region: place.region })
    const plan = planWarmRuns(usable, { deployment, count })
    for (const { process } of plan.end) await end(process)
    for (let made = 0; made < plan.make && deployment !== undefined && !isPaused; made += 1) {
      const process = await preparing.make({ deployment, region: place.region })
      if (process === undefined) return
      await offer(process)
    }
  }

  /** Known before it may be taken, so that the process that takes it is noticed. */
  async function offer(process: Process): Promise<void> {
    const { processId, appId, region } = process
    ours.set(processId, keyOf(process))
    await store.offerWarmRun(processId)
    log.info({ event: 'warm.ready', processId, appId, region }, 'a warm run is ready')
  }

  /** False where it is of no use, and gone now. */
  async function settle(run: WarmRun): Promise<boolean> {
    const { process, isReady } = run
    const fate = await fateOf(process)
    if (fate === 'held') {
      if (!isReady) await offer(process)
      ours.set(process.processId, keyOf(process))
      return true
    }
    if (fate === 'spent') await end(process)
    else await store.removeWarmRun(process.processId)
    return false
  }

  /** First nobody can take it any more, and its ports are free only when it is gone. */
  async function end(process: Process): Promise<void> {
    const { processId, appId, region } = process
    if (!(await store.withdrawWarmRun(processId))) return
    ours.delete(processId)
    await preparing.takeBack(process)
    log.info({ event: 'warm.ended', processId, appId, region }, 'a warm run was ended')
  }

  const queue = createWorkQueue({
    ...{ clock: options.clock, concurrency, work: tend },
    onError: (key, err, retryMs) =>
      log.warn({ event: 'warm.retry', ...placeOf(key), retryMs, err }, 'no warm run could be made'),
  })

  const addAll = (appId: string): void => {
    if (hasBegun) for (const region of regions.names) queue.add(keyOf({ appId, region }))
  }

  return {
    async round() {
      hasBegun = true
      for (const { process } of await store.listWarmRuns()) queue.add(keyOf(process))
      for (const application of await store.listAllApplications()) {
        for (const region of regions.names) {
          const isWanted = countOf({ ...application, region }) > 0
          if (isWanted) queue.add(keyOf({ appId: application.appId, region }))
        }
      }
    },
    applicationChanged: ({ appId }) => addAll(appId),
    processSeen({ processId, status }) {
      const key = ours.get(processId)
      // Making the next one must not slow the handover of this one.
      if (key === undefined || status === 'starting') return
      ours.delete(processId)
      queue.add(key)
    },
    runChanged(processId) {
      const key = ours.get(processId)
      if (key !== undefined) queue.add(key)
    },
    async pause() {
      isPaused = true
      preparing.stop()
      for (const { process } of await store.listWarmRuns()) queue.add(keyOf(process))
      await queue.settled()
    },
    settled: queue.settled,
    isIdle: queue.isIdle,
    async close() {
      preparing.stop()
      await queue.close()
    },
  }
}

const keyOf = ({ appId, region }: Pick<Process, 'appId' | 'region'>): string => `${appId} ${region}`

/** Ids of applications have no spaces. */
function placeOf(key: string): { readonly appId: string; readonly region: string } {
  const at = key.indexOf(' ')
  return { appId: key.slice(0, at), region: key.slice(at + 1) }
}
