/** A filter as slices of the processes: of each, an index knows the order, however many match. */
import { type ProcessStatus, processStatuses } from '@hatchery/contract'
import type { ProcessQuery } from '../../domain/store.ts'
import { type Statement, type Unit, rows, sql } from '../statements.ts'

/** Processes of an application; null stands for any. */
export type Slice =
  | { readonly status: null; readonly region: null }
  | { readonly status: ProcessStatus; readonly region: null }
  | { readonly status: ProcessStatus; readonly region: string }

/** A process is in one of them at most. Of regions, only what was ever used. */
export function* slicesOf({ appId, statuses, regions }: ProcessQuery): Unit<Slice[]> {
  if (regions.length > 0) {
    return yield* rows<{ status: ProcessStatus; region: string }>(sql`
      select status, region from process_counters
      where app_id = ${appId} and span = 0 and start = 0
        and status in (${statuses.length > 0 ? statuses : processStatuses})
        and region in (${regions})`)
  }
  if (statuses.length === 0) return [{ status: null, region: null }]
  return [...new Set(statuses)].map((status) => ({ status, region: null }))
}

/** The condition for rows of `processes` to be in a slice. */
export function within(appId: string, { status, region }: Slice): Statement {
  if (status === null) return sql`app_id = ${appId}`
  if (region === null) return sql`app_id = ${appId} and status = ${status}`
  return sql`app_id = ${appId} and status = ${status} and region = ${region}`
}
