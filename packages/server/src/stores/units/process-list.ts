/**
 * The newest processes of an application, already serialised. Order is (createdAt, seq), which is the order
 * of insertion: a new process is never older than the last one, and an adopted one stands where it belongs.
 */
import type { ProcessQuery } from '../../domain/store.ts'
import { type Statement, type Unit, rows, sql } from '../statements.ts'
import { type Slice, slicesOf, within } from './process-slices.ts'

export interface ProcessPage {
  readonly records: string[]
  readonly next: number | null
}

/** A place in the order; a page begins right below it. */
interface Place {
  readonly createdAt: number
  readonly seq: number
}

type Listed = { created_at: number; seq: number; wire: string }

export function* latestProcesses(
  query: ProcessQuery & { limit: number; cursor: number | null },
): Unit<ProcessPage> {
  const below = yield* startOfPage(query)
  const slices = below === undefined ? [] : yield* slicesOf(query)
  if (below === undefined || slices.length === 0) return { records: [], next: null }
  const listed = yield* newestOf(query, slices, below)
  return {
    records: listed.map(({ wire }) => wire),
    next: listed.length < query.limit ? null : (listed.at(-1)?.seq ?? null),
  }
}

/** Seeks of one statement; SQLite takes 500. More come only of very many regions. */
const mostSeeks = 400

function* newestOf(
  query: { appId: string; limit: number },
  slices: readonly Slice[],
  below: Place,
): Unit<Listed[]> {
  if (slices.length <= mostSeeks) return yield* rows<Listed>(pageOf(query, slices, below))
  const first = yield* newestOf(query, slices.slice(0, mostSeeks), below)
  const others = yield* newestOf(query, slices.slice(mostSeeks), below)
  const all = [...first, ...others]
  return all.sort((a, b) => b.created_at - a.created_at || b.seq - a.seq).slice(0, query.limit)
}

const top: Place = { createdAt: Number.MAX_SAFE_INTEGER, seq: 0 }

/** The lower of cursor and `before`; undefined where nothing can be below. */
function* startOfPage({
  before,
  cursor,
}: Pick<ProcessQuery, 'before'> & { cursor: number | null }): Unit<Place | undefined> {
  const limit: Place = before === null ? top : { createdAt: before, seq: 0 }
  if (cursor === null) return limit
  const place = yield* placeOf(cursor)
  return place === undefined || place.createdAt < limit.createdAt ? place : limit
}

/** Where the cursor's row stands, or stood: below one that was removed comes what was older. */
function* placeOf(cursor: number): Unit<Place | undefined> {
  const [row] = yield* rows<{ created_at: number }>(
    sql`select created_at from processes where seq <= ${cursor} order by seq desc limit 1`,
  )
  return row && { createdAt: row.created_at, seq: cursor }
}

function pageOf(
  { appId, limit }: { appId: string; limit: number },
  slices: readonly Slice[],
  { createdAt, seq }: Place,
): Statement {
  const places = slices.map((slice) => within(appId, slice))
  return {
    text: pageText(places.map(({ text }) => text)),
    values: [...places.flatMap(({ values }) => [...values, createdAt, seq]), limit],
  }
}

/** Of a page all conditions are alike, so that there is a text for each first one and length. */
function pageText(conditions: readonly string[]): string {
  const key = `${conditions.length} ${conditions[0]}`
  const known = pageTexts.get(key)
  if (known !== undefined) return known
  const made = conditions.length === 1 ? onePage(conditions.join()) : mergedPage(conditions)
  pageTexts.set(key, made)
  return made
}

const pageTexts = new Map<string, string>()

const onePage = (condition: string): string => `
  select created_at, seq, wire from processes where ${condition} and (created_at, seq) < (?, ?)
  order by created_at desc, seq desc limit ?`

/**
 * A seek into an index for each slice, merged lazily by the database: each gives up only as many rows as get
 * into the page. The same as one `in (…)` sorts every match there ever was.
 */
function mergedPage(conditions: readonly string[]): string {
  const seeks = conditions.map(
    (condition) =>
      `select created_at, seq from processes where ${condition} and (created_at, seq) < (?, ?)`,
  )
  return `
    select processes.created_at, processes.seq, processes.wire
    from (${seeks.join(' union all ')} order by 1 desc, 2 desc limit ?) as page
    join processes on processes.seq = page.seq
    order by processes.created_at desc, processes.seq desc`
}
