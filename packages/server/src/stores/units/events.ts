/** The record of what changed, in the commit of the change: what followers of the event stream are told. */
import type { EventKind } from '@hatchery/contract'
import type { Instant } from '../../domain/clock.ts'
import type { RecordedEvent } from '../../domain/events.ts'
import { type Unit, rows, sql } from '../statements.ts'

export type NewEvent = Omit<RecordedEvent, 'seq'>

export function* recordEvent({ at, orgId, appId, kind, subject, body }: NewEvent): Unit<void> {
  yield sql`
    insert into events (at, org_id, app_id, kind, subject, body)
    values (${at}, ${orgId}, ${appId}, ${kind}, ${subject}, ${body})`
}

type EventRow = {
  seq: number
  at: number
  org_id: string
  app_id: string | null
  kind: string
  subject: string
  body: string
}

/** In their order. */
export function* listEvents(after: number, limit: number): Unit<RecordedEvent[]> {
  const found = yield* rows<EventRow>(
    sql`select * from events where seq > ${after} order by seq limit ${limit}`,
  )
  return found.map(({ org_id: orgId, app_id: appId, kind, ...others }) => ({
    ...others,
    orgId,
    appId,
    kind: kind as EventKind, // written by recordEvent only
  }))
}

/** Two seeks: SQLite would look at every row for both in one. */
export function* findEventRange(): Unit<{ oldest: number; newest: number } | undefined> {
  const [range] = yield* rows<{ oldest: number | null; newest: number | null }>(
    sql`select (select min(seq) from events) as oldest, (select max(seq) from events) as newest`,
  )
  if (range === undefined || range.oldest === null || range.newest === null) return undefined
  return { oldest: range.oldest, newest: range.newest }
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
