/**
 * How many processes were ever recorded, per application, status, region and time of creation. Kept in the
 * commit of each change, so that counting costs the same after years. Beside the total there are spans of
 * 1 h, 24 h and 768 h (32 days): what was created before an instant is a few hundred rows, not one per hour.
 */
import type { Instant } from '../../domain/clock.ts'
import type { Process } from '../../domain/process.ts'
import type { ProcessQuery } from '../../domain/store.ts'
import { type Statement, type Unit, type Value, joined, rows, sql } from '../statements.ts'
import { slicesOf, within } from './process-slices.ts'

const hourMs = 3_600_000
const dayHours = 24
const longHours = 768

type Counted = Pick<Process, 'appId' | 'region' | 'status' | 'createdAt'>

export function* countNew(process: Counted): Unit<void> {
  yield adjustments([[process, 1]])
}

/** Moves a process from one status to the other. */
export function* countMove(from: Counted, to: Counted): Unit<void> {
  yield adjustments([
    [from, -1],
    [to, 1],
  ])
  yield withoutEmpty(from)
}

/** The numbers of the spans that hold an instant. */
function spansOf(at: Instant): { hour: number; day: number; long: number } {
  const hour = Math.floor(at / hourMs)
  return { hour, day: Math.floor(hour / dayHours), long: Math.floor(hour / longHours) }
}

/** One statement for all: its text is one of two. */
function adjustments(changes: readonly (readonly [Counted, 1 | -1])[]): Statement {
  const rowsOf = changes.map(() => rowsOfOne).join(',')
  const text = `
    insert into process_counters (app_id, span, start, status, region, n) values ${rowsOf}
    on conflict (app_id, span, start, status, region)
      do update set n = process_counters.n + excluded.n`
  return { text, values: changes.flatMap(([counted, by]) => valuesOfOne(counted, by)) }
}

const rowsOfOne = [
  '(?, 0, 0, ?, ?, ?)',
  ...[1, 24, 768].map((span) => `(?, ${span}, ?, ?, ?, ?)`),
].join(',')

function valuesOfOne({ appId, status, region, createdAt }: Counted, by: 1 | -1): Value[] {
  const { hour, day, long } = spansOf(createdAt)
  const spans = [hour, day, long].flatMap((start) => [appId, start, status, region, by])
  return [appId, status, region, by, ...spans]
}

function withoutEmpty({ appId, status, region, createdAt }: Counted): Statement {
  const { hour, day, long } = spansOf(createdAt)
  return sql`
    delete from process_counters
    where app_id = ${appId} and (span, start) in (values (0, 0), (1, ${hour}), (24, ${day}), (768, ${long}))
      and status = ${status} and region = ${region} and n = 0`
}

/** Every process ever recorded that matches. `before` inside of an hour is exact while the hour's rows are kept. */
export function* countProcesses(query: ProcessQuery): Unit<number> {
  if (query.before === null) return yield* counted(query, 0, 0, 1)
  const { hour, day, long } = spansOf(query.before)
  const firstDay = (long * longHours) / dayHours
  const longSpans = yield* counted(query, longHours, 0, long)
  const days = yield* counted(query, dayHours, firstDay, day)
  const hours = yield* counted(query, 1, day * dayHours, hour + 1)
  return longSpans + days + hours - (yield* countLate(query, query.before))
}

/** What matches of the spans from `from` to below `to`. */
function* counted(query: ProcessQuery, span: number, from: number, to: number): Unit<number> {
  const { appId, statuses, regions } = query
  const [total] = yield* rows<{ n: number }>(
    joined([
      sql`select coalesce(sum(n), 0) as n from process_counters`,
      sql`where app_id = ${appId} and span = ${span} and start >= ${from} and start < ${to}`,
      ...(statuses.length > 0 ? [sql`and status in (${statuses})`] : []),
      ...(regions.length > 0 ? [sql`and region in (${regions})`] : []),
    ]),
  )
  return total?.n ?? 0
}

/** Rows from `before` to the end of its hour: taken off the hour's counter, so that one that was removed is never missed. */
function* countLate(query: ProcessQuery, before: Instant): Unit<number> {
  const end = (spansOf(before).hour + 1) * hourMs
  let late = 0
  for (const slice of yield* slicesOf(query)) {
    const [found] = yield* rows<{ n: number }>(
      joined([
        sql`select count(*) as n from processes where`,
        within(query.appId, slice),
        sql`and created_at >= ${before} and created_at < ${end}`,
      ]),
    )
    late += found?.n ?? 0
  }
  return late
}
