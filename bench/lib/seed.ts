/**
 * A long history in a data folder: ended processes beside the one that is there, with counters that agree. Written
 * straight into the database, because a hundred thousand processes through the API would take longer than the bench.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface History {
  /** How many processes to add. */
  readonly count: number
  /** Applications they belong to, in turns. */
  readonly appIds: readonly string[]
}

/** The names that the API knows. */
const seededRegions = [
  ...['Seattle', 'Chicago', 'London', 'Frankfurt', 'Mumbai'],
  ...['Singapore', 'Tokyo', 'Sydney', 'Sao_Paulo', 'Dallas'],
] as const

/** One of fifty failed, the others were stopped. */
const failedEvery = 50
/** Within the time that records are kept. */
const reachesBackMs = 60 * 24 * 3_600_000
const endedAgoMs = 3_600_000

/** The folder's server must be stopped, and must have recorded one process to its end: that one is the pattern. */
export function seedHistory(data: string, history: History): void {
  const db = new DatabaseSync(join(data, 'hatchery.db'))
  db.exec(`
    pragma locking_mode = exclusive;
    pragma synchronous = off;
    pragma cache_size = -400000;
    begin immediate`)
  const indexes = dropIndexes(db)
  const firstSeq = insertProcesses(db, history)
  for (const text of indexes) db.exec(text)
  countFrom(db, firstSeq)
  db.exec('commit')
  db.exec('pragma wal_checkpoint(truncate)')
  db.close()
}

/** Indexes are built several times faster at the end; answers their texts. Those of constraints stay. */
function dropIndexes(db: DatabaseSync): string[] {
  const indexes = db
    .prepare("select name, sql from sqlite_master where type = 'index' and tbl_name = 'processes'")
    .all() as { name: string; sql: string | null }[]
  const own = indexes.filter(({ sql }) => sql !== null)
  for (const { name } of own) db.exec(`drop index ${name}`)
  return own.flatMap(({ sql }) => sql ?? [])
}

type ProcessRow = Record<string, string | number | null>

/** Answers the `seq` of the first one. */
function insertProcesses(db: DatabaseSync, { count, appIds }: History): number {
  const pattern = db
    .prepare('select * from processes where terminated_at is not null order by seq desc limit 1')
    .get() as ProcessRow | undefined
  if (pattern === undefined) throw new Error('there is no ended process to take as the pattern')
  const names = Object.keys(pattern)
  const insert = db.prepare(
    `insert into processes (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
  )
  const firstSeq = Number(db.prepare('select max(seq) as seq from processes').get()?.['seq']) + 1
  const firstAt = Date.now() - reachesBackMs
  const stepMs = Math.floor((reachesBackMs - endedAgoMs) / count)
  const wire = JSON.parse(String(pattern['wire'])) as Record<string, unknown>
  for (let i = 0; i < count; i += 1) {
    const row = pastProcess(i, { appIds, createdAt: firstAt + i * stepMs })
    const record = { ...row.columns, seq: firstSeq + i, wire: wireOf(wire, row) }
    insert.run(...Object.values({ ...pattern, ...record, cleaned: 1 }))
  }
  return firstSeq
}

function pastProcess(i: number, place: { appIds: readonly string[]; createdAt: number }) {
  const { appIds, createdAt } = place
  const times = {
    created_at: createdAt,
    scheduled_at: createdAt + 1,
    booted_at: createdAt + 3,
    started_at: createdAt + 5,
    stopping_at: createdAt + 600_000,
    terminated_at: createdAt + 600_100,
  }
  return {
    times,
    columns: {
      ...times,
      process_id: randomUUID(),
      app_id: appIds[i % appIds.length] ?? '',
      region: seededRegions[Math.floor(i / appIds.length) % seededRegions.length] ?? '',
      status: i % failedEvery === 0 ? 'failed' : 'stopped',
    },
  }
}

/** The answer of the API, as the store keeps it beside the columns. */
function wireOf(
  pattern: Record<string, unknown>,
  { times, columns }: ReturnType<typeof pastProcess>,
): string {
  const at = (time: number): string => new Date(time).toISOString()
  return JSON.stringify({
    ...pattern,
    processId: columns.process_id,
    appId: columns.app_id,
    region: columns.region,
    status: columns.status,
    createdAt: at(times.created_at),
    scheduledAt: at(times.scheduled_at),
    bootedAt: at(times.booted_at),
    startedAt: at(times.started_at),
    stoppingAt: at(times.stopping_at),
    terminatedAt: at(times.terminated_at),
  })
}

/** Spans of the counters, in hours; 0 is all time. */
const spans = [0, 1, 24, 768]

function countFrom(db: DatabaseSync, firstSeq: number): void {
  for (const span of spans) {
    const start = span === 0 ? '0' : `created_at / ${span * 3_600_000}`
    db.exec(`
      insert into process_counters (app_id, span, start, status, region, n)
      select app_id, ${span}, ${start}, status, region, count(*) from processes
      where seq >= ${firstSeq} group by 1, 2, 3, 4, 5
      on conflict (app_id, span, start, status, region) do update set n = n + excluded.n`)
  }
}
