/** Final processes that are old: first the files they left, then the records. Counters stay. */
import type { Instant } from '../../domain/clock.ts'
import type { ProcessId } from '../../domain/process.ts'
import { type Unit, rows, sql } from '../statements.ts'

export function* removeFinal(before: Instant, limit: number): Unit<ProcessId[]> {
  const old = yield* rows<{ seq: number; process_id: string }>(sql`
    select seq, process_id from processes
    where cleaned = 1 and terminated_at is not null and terminated_at < ${before}
    limit ${limit}`)
  for (const { seq } of old) yield sql`delete from processes where seq = ${seq}`
  return old.map((row) => row.process_id)
}

export function* listUncleaned(
  before: Instant,
  limit: number,
): Unit<{ processId: ProcessId; nodeId: string }[]> {
  const old = yield* rows<{ process_id: string; node_id: string }>(sql`
    select process_id, node_id from processes
    where cleaned = 0 and terminated_at is not null and terminated_at < ${before}
    order by terminated_at limit ${limit}`)
  return old.map((row) => ({ processId: row.process_id, nodeId: row.node_id }))
}

export function* markCleaned(processIds: readonly ProcessId[]): Unit<void> {
  for (const processId of processIds) {
    yield sql`update processes set cleaned = 1 where process_id = ${processId}`
  }
}
