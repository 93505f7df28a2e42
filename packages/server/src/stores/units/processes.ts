/** What is written of a process: accepted, scheduled, changed, found again. Each with its counters, ports and event in one commit. */
import { HatcheryError } from '@hatchery/contract'
import type { Instant } from '../../domain/clock.ts'
import type { ContainerPort } from '../../domain/deployment.ts'
import {
  type LeasedPort,
  type Process,
  type ProcessId,
  draining,
  isFinal,
  scheduled,
} from '../../domain/process.ts'
import type { DrainOrder, NewProcess, PortDemand, ScheduleDemand } from '../../domain/store.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { recordEvent } from './events.ts'
import { addLoad, freeLoad } from './node-loads.ts'
import { addShare, freeShare } from './organization-loads.ts'
import {
  type PortPlan,
  freePorts,
  leaseFound,
  leaseOf,
  noFreePort,
  planPorts,
  takePorts,
} from './port-leases.ts'
import { countMove, countNew, countProcesses } from './process-counters.ts'
import { type StoredProcess, getStored, insertRow, updateRow, wireOf } from './process-rows.ts'
import { endRoomsOf } from './room-rows.ts'
import { addUsed } from './usage.ts'

/** Refuses with `not-found` when the application is gone, `no-capacity` when the ports are, `taken` when the id is. */
export function* insertProcess(
  process: NewProcess,
  demand: PortDemand | null,
  now: Instant,
): Unit<Process> {
  const createdAt = yield* creationTime(process)
  const record = newRecord({ ...process, createdAt })
  yield* addLoad(record)
  yield* addShare(record, now)
  if (demand === null) return yield* insertNew(record, now)
  const plan = yield* planOf(record, [], { ...demand, avoid: [], at: createdAt })
  if (plan === undefined) throw yield* noFreePort(process.nodeId)
  const made = yield* insertNew(scheduled(record, plan.ports, createdAt), now)
  if (plan.leased !== null) yield* takePorts(process.processId, plan.leased, createdAt)
  return made
}

/** Never before that of the process before it. Refuses with `not-found` when the application is gone. */
export function* creationTime({
  appId,
  orgId,
  createdAt,
}: Pick<NewProcess, 'appId' | 'orgId' | 'createdAt'>): Unit<Instant> {
  const [application] = yield* rows<{ last_created_at: number | null }>(sql`
    select (select created_at from processes order by seq desc limit 1) as last_created_at
    from applications where app_id = ${appId} and org_id = ${orgId} and deleted_at is null`)
  if (application === undefined)
    throw new HatcheryError('not-found', `application ${appId} is not known`)
  return Math.max(createdAt, application.last_created_at ?? 0)
}

/** Refuses with `taken` when the id is. */
export function* insertNew(record: Process, now: Instant): Unit<Process> {
  const seq = yield* insertRecord(record, now)
  if (seq !== undefined) return { ...record, seq }
  throw new HatcheryError('taken', `process ${record.processId} exists already`)
}

/** Its `seq` is given by the row. */
export const newRecord = (process: NewProcess): Process => ({
  initialRoom: null,
  isAllocated: false,
  fleetId: null,
  ...process,
  seq: 0,
  status: 'starting',
  wanted: { kind: 'run' },
  roomsAllocated: 0,
  scheduledAt: null,
  bootedAt: null,
  startedAt: null,
  stoppingAt: null,
  terminatedAt: null,
  ports: [],
  exitCode: null,
  exitReason: null,
})

function* insertRecord(process: Omit<Process, 'seq'>, now: Instant): Unit<number | undefined> {
  const wire = wireOf(process)
  const seq = yield* insertRow(process, wire)
  if (seq === undefined) return undefined
  yield* countNew(process)
  yield* recordEvent(eventOf(process, wire, now))
  return seq
}

const eventOf = ({ orgId, appId, processId }: Omit<Process, 'seq'>, wire: string, at: Instant) =>
  ({ at, orgId, appId, kind: 'process', subject: processId, body: wire }) as const

/** Keeps the time of creation that the run was stamped with. */
export function* adoptProcess(process: Omit<Process, 'seq'>, now: Instant): Unit<boolean> {
  const seq = yield* insertRecord(process, now)
  if (seq === undefined) return false
  if (isFinal(process.status)) {
    yield* addUsed(process)
    return true
  }
  yield* leaseFound(process)
  yield* addLoad(process)
  yield* addShare(process, now)
  return true
}

export function* changeProcess(
  processId: ProcessId,
  change: (process: Process) => Process,
  now: Instant,
): Unit<Process> {
  for (;;) {
    const stored = yield* getStored(processId)
    const next = change(stored.process)
    if (next === stored.process || (yield* writeChange(stored, next, now))) return next
  }
}

export function* drainProcess(
  processId: ProcessId,
  { why, at, minRunning }: DrainOrder,
  now: Instant,
): Unit<Process> {
  const { process } = yield* getStored(processId)
  const { appId, region, status } = process
  if (status === 'running' && (yield* countRunning(appId, region)) <= minRunning) return process
  return yield* changeProcess(processId, (current) => draining(current, why, at), now)
}

function* countRunning(appId: string, region: string): Unit<number> {
  return yield* countProcesses({ appId, regions: [region], statuses: ['running'], before: null })
}

/** False where something else wrote since it was read. */
function* writeChange(stored: StoredProcess, next: Process, now: Instant): Unit<boolean> {
  const { process } = stored
  const wire = wireOf(next)
  if (!(yield* updateRow(stored, next, wire))) return false
  if (next.status !== process.status) yield* countMove(process, next)
  if (isFinal(next.status) && !isFinal(process.status)) {
    yield* freePorts(process, process.ports, next.terminatedAt ?? now)
    yield* freeLoad(process)
    yield* freeShare(process, now)
    yield* addUsed(next)
    if (process.roomsAllocated > 0) yield* endRoomsOf(next, now)
  }
  yield* recordEvent(eventOf(next, wire, now))
  return true
}

/** Undefined, and nothing written, when no number is free. */
export function* scheduleProcess(
  processId: ProcessId,
  demand: ScheduleDemand,
  now: Instant,
): Unit<Process | undefined> {
  for (;;) {
    const stored = yield* getStored(processId)
    const { process } = stored
    const taken = process.ports.filter(({ port }) => demand.avoid.includes(port))
    if (!isWaiting(process, taken, demand)) return process
    const plan = yield* planOf(process, taken, demand)
    if (plan === undefined) return undefined
    const next = withPorts(process, plan.ports, { taken, at: demand.at })
    if (!(yield* writeChange(stored, next, now))) continue
    if (plan.leased !== null) yield* takePorts(processId, plan.leased, demand.at)
    if (taken.length > 0) yield* freePorts(process, taken, demand.at)
    return next
  }
}

/** For its first numbers; or for others, when a start failed because some were taken by other programs. */
function isWaiting(
  process: Process,
  taken: readonly LeasedPort[],
  demand: ScheduleDemand,
): boolean {
  if (isFinal(process.status) || process.wanted.kind === 'stop') return false
  if (process.scheduledAt === null) return true
  return process.bootedAt === null && demand.range !== null && taken.length > 0
}

function* planOf(
  process: Process,
  taken: readonly LeasedPort[],
  demand: ScheduleDemand,
): Unit<{ ports: LeasedPort[]; leased: PortPlan | null } | undefined> {
  const { host, range } = demand
  const ports = process.scheduledAt === null ? demand.ports : taken.map(wantedOf)
  if (range === null) {
    return { ports: ports.map((port) => leaseOf(port, port.port, host)), leased: null }
  }
  const plan = yield* planPorts(process.nodeId, { ...demand, range, ports })
  return plan && { ports: plan.ports, leased: plan }
}

const wantedOf = ({ name, transport, containerPort }: LeasedPort): ContainerPort => ({
  name,
  transportType: transport,
  port: containerPort,
})

/** Scheduled at its first numbers; later each taken number is replaced at its place. */
function withPorts(
  process: Process,
  ports: readonly LeasedPort[],
  { taken, at }: { taken: readonly LeasedPort[]; at: Instant },
): Process {
  if (process.scheduledAt === null) return scheduled(process, ports, at)
  return { ...process, ports: process.ports.map((port) => ports[taken.indexOf(port)] ?? port) }
}
