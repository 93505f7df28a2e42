/** A process as a row: read, written first, and written again where nothing else wrote in between. */
import { HatcheryError, type ProcessStatus } from '@hatchery/contract'
import type { LeasedPort, Process, ProcessId, Wanted } from '../../domain/process.ts'
import type { InitialRoom } from '../../domain/room.ts'
import { processV3 } from '../../domain/wire.ts'
import { type Unit, rows, sql } from '../statements.ts'

export interface StoredProcess {
  readonly process: Process
  /** Counts its changes. */
  readonly version: number
}

export type ProcessRow = {
  seq: number
  process_id: string
  org_id: string
  app_id: string
  deployment_id: string
  build_id: string
  region: string
  node_id: string
  status: ProcessStatus
  wanted: string
  rooms_per_process: number
  rooms_allocated: number
  initial_room: string | null
  is_allocated: number
  fleet_id: string | null
  idle_timeout_enabled: number
  cpu: number
  memory_mb: number
  created_at: number
  scheduled_at: number | null
  booted_at: number | null
  started_at: number | null
  stopping_at: number | null
  terminated_at: number | null
  ports: string
  exit_code: number | null
  exit_reason: string | null
  version: number
}

export function* getStored(processId: ProcessId): Unit<StoredProcess> {
  const [row] = yield* rows<ProcessRow>(
    sql`select * from processes where process_id = ${processId}`,
  )
  if (row === undefined) throw new HatcheryError('not-found', `process ${processId} is not known`)
  return { process: processOf(row), version: row.version }
}

/** Answers its `seq`, or undefined where a process of this id stands already. */
export function* insertRow(process: Omit<Process, 'seq'>, wire: string): Unit<number | undefined> {
  const [inserted] = yield* rows<{ seq: number }>(sql`
    insert into processes (
      process_id, org_id, app_id, deployment_id, build_id, region, node_id, status, wanted,
      rooms_per_process, rooms_allocated, idle_timeout_enabled, cpu, memory_mb,
      created_at, scheduled_at, booted_at, started_at, stopping_at, terminated_at,
      ports, exit_code, exit_reason, initial_room, is_allocated, fleet_id, cleaned, version, wire
    ) values (
      ${process.processId}, ${process.orgId}, ${process.appId}, ${process.deploymentId},
      ${process.buildId}, ${process.region}, ${process.nodeId}, ${process.status},
      ${JSON.stringify(process.wanted)}, ${process.roomsPerProcess}, ${process.roomsAllocated},
      ${Number(process.idleTimeoutEnabled)}, ${process.cpu}, ${process.memoryMb},
      ${process.createdAt}, ${process.scheduledAt}, ${process.bootedAt}, ${process.startedAt},
      ${process.stoppingAt}, ${process.terminatedAt}, ${JSON.stringify(process.ports)},
      ${process.exitCode}, ${process.exitReason},
      ${process.initialRoom && JSON.stringify(process.initialRoom)},
      ${Number(process.isAllocated)}, ${process.fleetId}, 0, 1, ${wire}
    ) on conflict (process_id) do nothing returning seq`)
  return inserted?.seq
}

/** Writes what can change of a process; false where its row is not the one that was read. */
export function* updateRow(
  { process: { seq }, version }: StoredProcess,
  next: Process,
  wire: string,
): Unit<boolean> {
  const changed = yield sql`
    update processes set
      status = ${next.status}, wanted = ${JSON.stringify(next.wanted)},
      rooms_allocated = ${next.roomsAllocated}, scheduled_at = ${next.scheduledAt},
      booted_at = ${next.bootedAt}, started_at = ${next.startedAt},
      stopping_at = ${next.stoppingAt}, terminated_at = ${next.terminatedAt},
      ports = ${JSON.stringify(next.ports)}, exit_code = ${next.exitCode},
      exit_reason = ${next.exitReason}, version = ${version + 1}, wire = ${wire}
    where seq = ${seq} and version = ${version} returning seq`
  return changed.length === 1
}

/** Gives it `by` rooms more, with its answer; nothing else of it changes. */
export function* writeRooms({ process, version }: StoredProcess, by: 1 | -1): Unit<Process> {
  const next = { ...process, roomsAllocated: process.roomsAllocated + by }
  const changed = yield sql`
    update processes set rooms_allocated = ${next.roomsAllocated}, version = ${version + 1},
      wire = ${wireOf(next)}
    where seq = ${process.seq} and version = ${version} returning seq`
  if (changed.length === 1) return next
  throw new Error(`process ${process.processId} was written by something else`)
}

export const wireOf = (process: Omit<Process, 'seq'>): string =>
  JSON.stringify(processV3({ ...process, seq: 0 }))

export function processOf(row: ProcessRow): Process {
  return {
    processId: row.process_id,
    seq: row.seq,
    orgId: row.org_id,
    appId: row.app_id,
    deploymentId: row.deployment_id,
    buildId: row.build_id,
    region: row.region,
    nodeId: row.node_id,
    status: row.status,
    wanted: JSON.parse(row.wanted) as Wanted,
    roomsPerProcess: row.rooms_per_process,
    roomsAllocated: row.rooms_allocated,
    initialRoom: row.initial_room === null ? null : (JSON.parse(row.initial_room) as InitialRoom),
    isAllocated: row.is_allocated === 1,
    fleetId: row.fleet_id,
    idleTimeoutEnabled: row.idle_timeout_enabled === 1,
    cpu: row.cpu,
    memoryMb: row.memory_mb,
    createdAt: row.created_at,
    scheduledAt: row.scheduled_at,
    bootedAt: row.booted_at,
    startedAt: row.started_at,
    stoppingAt: row.stopping_at,
    terminatedAt: row.terminated_at,
    ports: JSON.parse(row.ports) as LeasedPort[],
    exitCode: row.exit_code,
    exitReason: row.exit_reason,
  }
}
