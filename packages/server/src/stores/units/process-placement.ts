/**
 * Where a new process goes: to a run that waits for it in the first region, else to the first node there that has
 * capacity and ports for it; then the next region.
 */
import { HatcheryError } from '@hatchery/contract'
import type { Instant } from '../../domain/clock.ts'
import type { Spot } from '../../domain/making-room.ts'
import { NoCapacityError, type NodeOffer, type Place } from '../../domain/placement.ts'
import { type Process, scheduled } from '../../domain/process.ts'
import type { InitialRoom } from '../../domain/room.ts'
import type { ProcessRequest } from '../../domain/store.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { countProcesses } from './process-counters.ts'
import { freeLoad, freeOn, takeLoad } from './node-loads.ts'
import { takeShare } from './organization-loads.ts'
import { leaseOf, noFreePort, planPorts, takePorts } from './port-leases.ts'
import { findProcessById, unfinishedStatuses } from './process-queries.ts'
import { creationTime, insertNew, newRecord } from './processes.ts'
import { takeWarmRun } from './warm-runs.ts'

/** The same key again answers the process it made before, while its record is there. */
export function* placeProcess(
  request: ProcessRequest,
  places: readonly Place[],
  now: Instant,
): Unit<Process> {
  const { appId, idempotencyKey } = request
  if (idempotencyKey === null) return yield* placeNew(request, places, { now, initialRoom: null })
  const known = yield* findByKey(appId, idempotencyKey)
  if (known !== undefined) return known
  const process = yield* placeNew(request, places, { now, initialRoom: null })
  yield sql`
    insert into idempotency_keys (app_id, key, process_id, at)
    values (${appId}, ${idempotencyKey}, ${process.processId}, ${now})
    on conflict (app_id, key) do update set process_id = excluded.process_id, at = excluded.at`
  return process
}

function* findByKey(appId: string, key: string): Unit<Process | undefined> {
  const [row] = yield* rows<{ process_id: string }>(
    sql`select process_id from idempotency_keys where app_id = ${appId} and key = ${key}`,
  )
  return row && (yield* findProcessById(row.process_id))
}

/** Keys older than `before` may be used again. */
export function* removeOldKeys(before: Instant): Unit<void> {
  yield sql`delete from idempotency_keys where at < ${before}`
}

export function* placeNew(
  request: ProcessRequest,
  places: readonly Place[],
  { now, initialRoom }: { now: Instant; initialRoom: InitialRoom | null },
): Unit<Process> {
  const createdAt = yield* creationTime(request)
  yield* takeShare({ ...request, createdAt }, now)
  for (const place of places) {
    if (yield* isAtMaximum(request.appId, place)) continue
    const { ports: _, idempotencyKey: __, ...process } = request
    const warm = yield* takeWarmRun(request, place)
    if (warm !== undefined) {
      const { processId, region, nodeId, ports } = warm
      const record = newRecord({ ...process, processId, createdAt, region, nodeId })
      return yield* insertNew(scheduled(record, ports, createdAt), now)
    }
    for (const offer of place.offers) {
      const { nodeId } = offer
      const record = newRecord({
        ...{ ...process, createdAt, region: place.region, nodeId, initialRoom },
      })
      const made = yield* tryOn(offer, record, request, now)
      if (made !== undefined) return made
    }
  }
  throw yield* whyNot(request, places)
}

/** Undefined, and nothing written, when the node has not the capacity or not the ports. */
function* tryOn(
  offer: NodeOffer,
  record: Process,
  { ports }: ProcessRequest,
  now: Instant,
): Unit<Process | undefined> {
  if (!(yield* takeLoad(offer, record))) return undefined
  const { range, host } = offer
  const at = record.createdAt
  if (range === null) {
    const leased = ports.map((port) => leaseOf(port, port.port, host))
    return yield* insertNew(scheduled(record, leased, at), now)
  }
  const plan = yield* planPorts(offer.nodeId, { ports, range, host, avoid: [], at })
  if (plan === undefined) {
    yield* freeLoad(record)
    return undefined
  }
  const made = yield* insertNew(scheduled(record, plan.ports, at), now)
  yield* takePorts(record.processId, plan, at)
  return made
}

function* isAtMaximum(appId: string, { region, maxProcesses }: Place): Unit<boolean> {
  return maxProcesses !== null && (yield* countAlive(appId, region)) >= maxProcesses
}

function* countAlive(appId: string, region: string): Unit<number> {
  return yield* countProcesses({
    ...{ appId, regions: [region], before: null },
    statuses: unfinishedStatuses,
  })
}

/** Why no node took it: what is free on each, and what it needs. Where no node ever would, waiting is no use. */
function* whyNot(request: ProcessRequest, places: readonly Place[]): Unit<HatcheryError> {
  const refusals: Refusal[] = []
  for (const place of places) {
    if (yield* isAtMaximum(request.appId, place)) {
      const reason = `${place.region} has the ${place.maxProcesses} processes of its maxProcesses`
      refusals.push({ reason, machine: null })
      continue
    }
    if (place.whyNone !== undefined) refusals.push({ reason: place.whyNone, machine: null })
    for (const offer of place.offers) refusals.push(yield* whyNotOn(offer, request))
  }
  const reasons = refusals.map(({ reason }) => reason).join('; ')
  if (places.every(({ whyNone }) => whyNone !== undefined))
    return new HatcheryError('invalid', reasons)
  const regions = places.map(({ region }) => region).join(', ')
  const needs = `it needs ${request.cpu} CPU and ${request.memoryMb} MB`
  return new NoCapacityError(
    `${regions} cannot take a process now: ${reasons}; ${needs}`,
    refusals.flatMap(({ machine }) => machine ?? []),
  )
}

interface Refusal {
  readonly reason: string
  /** Null: no room could be made there by what ends. */
  readonly machine: Spot | null
}

function* whyNotOn(offer: NodeOffer, request: ProcessRequest): Unit<Refusal> {
  const { nodeId } = offer
  const free = yield* freeOn(offer)
  if (free === undefined) return { reason: `node ${nodeId} is draining`, machine: null }
  if (yield* takeLoad(offer, request)) {
    yield* freeLoad({ ...request, nodeId })
    const reason = (yield* noFreePort(nodeId)).message
    return { reason, machine: { nodeId, free: { ...free, places: 0 } } }
  }
  const words = [
    ...(free.cpu === Infinity ? [] : [`${round(free.cpu)} CPU`]),
    ...(free.memoryMb === Infinity ? [] : [`${round(free.memoryMb)} MB`]),
  ]
  return {
    reason: `node ${nodeId} has ${words.join(' and ')} free`,
    machine: { nodeId, free: { ...free, places: Infinity } },
  }
}

const round = (value: number): number => Math.max(0, Math.round(value * 100) / 100)
