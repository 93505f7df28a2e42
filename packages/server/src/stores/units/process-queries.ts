/** Processes as they are asked for: by id, by what the engine has to look at, and in figures. */
import { type ProcessStatus, processStatuses } from '@hatchery/contract'
import { type Process, type ProcessId, isFinal } from '../../domain/process.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { type ProcessRow, processOf } from './process-rows.ts'

export function* findProcess(appId: string, processId: ProcessId): Unit<Process | undefined> {
  const process = yield* findProcessById(processId)
  return process?.appId === appId ? process : undefined
}

export function* findProcessById(processId: ProcessId): Unit<Process | undefined> {
  const [row] = yield* rows<ProcessRow>(
    sql`select * from processes where process_id = ${processId}`,
  )
  return row && processOf(row)
}

/** Named in full so that an index of unfinished ones is used and no history is read. */
export const unfinishedStatuses = processStatuses.filter((status) => !isFinal(status))

export function* listUnfinished(): Unit<ProcessId[]> {
  const found = yield* rows<{ process_id: string }>(
    sql`
      select process_id from processes
      where terminated_at is null and status in (${unfinishedStatuses}) order by seq`,
  )
  return found.map((row) => row.process_id)
}

export function* listUnfinishedOf(appId: string): Unit<ProcessId[]> {
  const found = yield* rows<{ process_id: string }>(sql`
    select process_id from processes
    where app_id = ${appId} and status in (${unfinishedStatuses}) order by seq`)
  return found.map((row) => row.process_id)
}

export function* listUnfinishedIn(appId: string, region: string): Unit<Process[]> {
  const found = yield* rows<ProcessRow>(sql`
    select * from processes
    where app_id = ${appId} and status in (${unfinishedStatuses}) and region = ${region}
    order by seq`)
  return found.map(processOf)
}

export function* listByStatus(statuses: readonly ProcessStatus[]): Unit<Process[]> {
  if (statuses.length === 0) return []
  const found = yield* rows<ProcessRow>(sql`
    select * from processes where terminated_at is null and status in (${statuses}) order by seq`)
  return found.map(processOf)
}

export function* countsByStatus(): Unit<Partial<Record<ProcessStatus, number>>> {
  const counts = yield* rows<{ status: ProcessStatus; n: number }>(
    sql`select status, count(*) as n from processes where terminated_at is null group by status`,
  )
  return Object.fromEntries(counts.map(({ status, n }) => [status, n]))
}
