/** The record of what changed, in the commit of the change: what followers of the event stream are told. */
import type { Instant } from '../../domain/clock.ts'
import { type Unit, rows, sql } from '../statements.ts'

export interface NewEvent {
  readonly at: Instant
  readonly orgId: string
  readonly appId: string | null
  readonly kind: 'application' | 'build' | 'deployment' | 'process' | 'token'
  /** The id of what changed. */
  readonly subject: string
  /** The record as the API shows it, as JSON, without secrets. */
  readonly body: string
}

export function* recordEvent({ at, orgId, appId, kind, subject, body }: NewEvent): Unit<void> {
  yield sql`
    insert into events (at, org_id, app_id, kind, subject, body)
    values (${at}, ${orgId}, ${appId}, ${kind}, ${subject}, ${body})`
}

/**
 * Removes, oldest first and at most `limit`, events older than `before` and those beyond the newest `maxRows`;
 * answers whether there may be more. The newest always stays, so that no number is ever given twice.
 */
export function* pruneEvents(before: Instant, maxRows: number, limit: number): Unit<boolean> {
  const [newest] = yield* rows<{ seq: number }>(
    sql`select seq from events order by seq desc limit 1`,
  )
  if (newest === undefined) return false
  const oldest = yield* rows<{ seq: number; at: number }>(
    sql`select seq, at from events where seq < ${newest.seq} order by seq limit ${limit}`,
  )
  const old = oldest.filter(({ seq, at }) => at < before || seq <= newest.seq - maxRows)
  const last = old.at(-1)
  if (last === undefined) return false
  yield sql`delete from events where seq <= ${last.seq}`
  return old.length === limit
}
