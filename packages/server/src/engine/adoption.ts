/** Finds at start-up what runs and what should: nothing is started twice, nothing of ours is left unknown. */
import { type Instant } from '../domain/clock.ts'
import { type Driver, DriverError, type Observation, type ProcessSpec } from '../domain/driver.ts'
import type { Log } from '../domain/log.ts'
import { type Process, type ProcessId, originOf } from '../domain/process.ts'
import type { Regions } from '../domain/region.ts'
import type { Store } from '../domain/store.ts'

export interface AdoptionOptions {
  readonly store: Store
  readonly regions: Regions
  readonly log: Log
  readonly nudge: (processId: ProcessId) => void
  /** Whether nothing is to be done for a process that is seen so: most are found as they were left. */
  readonly isAtRest: (process: Process, seen: Observation) => boolean
}

const unfinished = ['starting', 'running', 'draining', 'stopping'] as const

/** Nudges what is unfinished or seen and not at rest; answers how many runs were found alive. */
export async function adopt(options: AdoptionOptions): Promise<number> {
  const { store, regions, log, nudge, isAtRest } = options
  const processes = await store.listByStatus(unfinished)
  const waiting = new Map(processes.map((process) => [process.processId, process]))
  const warm = new Set((await store.listWarmRuns()).map((run) => run.process.processId))
  let alive = 0
  for (const driver of regions.allDrivers) {
    for (const seen of await listed(driver, log)) {
      if (seen.state === 'running') alive += 1
      const process = waiting.get(seen.processId)
      waiting.delete(seen.processId)
      if (process === undefined && seen.state === 'held') {
        if (!warm.has(seen.processId)) await removeForgotten(driver, seen.processId, log)
        continue
      }
      if (process === undefined) await adoptUnknown(options, seen)
      if (process === undefined || !isAtRest(process, seen)) nudge(seen.processId)
    }
  }
  for (const processId of waiting.keys()) nudge(processId)
  return alive
}

/** A place that does not answer now costs the others nothing: what is known to be there is looked at until it does. */
async function listed(driver: Driver, log: Log): Promise<Observation[]> {
  try {
    return await driver.list()
  } catch (err) {
    if (!(err instanceof DriverError)) throw err
    log.warn({ event: 'place.silent', driver: driver.name, err }, 'a place does not answer')
    return []
  }
}

/** Prepared for a process that no record knows of, nor the pool: nobody will ask for it. */
async function removeForgotten(driver: Driver, processId: ProcessId, log: Log): Promise<void> {
  await driver.remove(processId).catch((err: unknown) => {
    if (!(err instanceof DriverError)) throw err
    log.warn({ event: 'warm.left', processId, err }, 'a warm run that nobody needs is left')
  })
}

/** A run of ours that no record is known of (a restored backup): its record is rebuilt from the stamp. */
async function adoptUnknown({ store, log }: AdoptionOptions, seen: Observation): Promise<void> {
  if (seen.state === 'absent' || seen.state === 'held') return
  const rebuilt = await store.adoptProcess(
    fromStamp(seen.spec, seen.state === 'starting' ? null : seen.bootedAt),
  )
  if (!rebuilt) return
  const { processId, appId } = seen.spec
  log.warn(
    { event: 'process.rebuilt', processId, appId },
    'a run without a record was adopted from its stamp',
  )
}

function fromStamp(spec: ProcessSpec, bootedAt: Instant | null): Omit<Process, 'seq'> {
  return {
    ...originOf(spec),
    status: 'starting',
    wanted: { kind: 'run' },
    roomsAllocated: 0,
    initialRoom: null,
    isAllocated: spec.isAllocated ?? false,
    fleetId: spec.fleetId ?? null,
    cpu: spec.cpu,
    memoryMb: spec.memoryMb,
    createdAt: spec.createdAt,
    scheduledAt: spec.scheduledAt,
    bootedAt,
    startedAt: null,
    stoppingAt: null,
    terminatedAt: null,
    ports: spec.ports.map((port) => ({ ...port, host: spec.host })),
    exitCode: null,
    exitReason: null,
  }
}
