/**
 * Measurements on an SQLite file of their own. Samples of a process lie side by side in it, so each is held
 * for some seconds and written with the next ones: a third of the writing, or less. A kill takes what is
 * held. Old ones are removed in small portions between other work.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { CopiedFile, Copyable } from '../domain/backup.ts'
import type { Instant } from '../domain/clock.ts'
import type { ProcessId } from '../domain/process.ts'
import type {
  FleetMeasure,
  FleetMetricQuery,
  FleetSample,
  MetricName,
  MetricPoint,
  MetricQuery,
  MetricSample,
  MetricStore,
} from '../domain/metric-store.ts'
import { type FileCopier, createFileCopier } from './copy-file.ts'
import { type FleetSamples, createFleetSamples } from './fleet-samples.ts'
import { metricMigrations } from './migrations/index.ts'
import { pointAt, stepsIn } from './metric-steps.ts'
import { migrate, refuseNewerFile } from './migrations/migrate.ts'
import { translated } from './sqlite-errors.ts'
import { openSqliteFile } from './sqlite-file.ts'

export interface MetricStoreOptions {
  /** Made when it is not there; its folder must be. */
  readonly file: string
}

/** Throws as `openSqliteStore` does. */
export async function openMetricStore({
  file,
}: MetricStoreOptions): Promise<MetricStore & Copyable> {
  const db = openSqliteFile({ file, synchronous: 'normal' })
  try {
    migrate(db, metricMigrations)
    return new SqliteMetricStore(db, createFileCopier(db, file))
  } catch (error) {
    db.close()
    throw translated(error)
  }
}

/** Throws `unavailable` when a newer version wrote it; changes nothing. */
export const refuseNewerMetrics = (file: string): void => refuseNewerFile(file, metricMigrations)

const holdMs = 15_000
/** Keys remembered at most: each process has one, most are long gone. */
const mostKeys = 10_000
/** Rows looked at or removed in one turn of the event loop. */
const rowsPerTurn = 500
/** A process' samples are removed by this much time at once: some hundred at most. */
const portionMs = 600_000

class SqliteMetricStore implements MetricStore, Copyable {
  readonly #db: DatabaseSync
  readonly #copier: FileCopier
  readonly #statements: ReturnType<typeof prepare>
  readonly #fleets: FleetSamples
  readonly #keys = new Map<ProcessId, number>()
  /** Not written yet, by process; the one that waits for the longest is first. */
  readonly #held = new Map<ProcessId, MetricSample[]>()
  #sweep: NodeJS.Immediate | undefined

  constructor(db: DatabaseSync, copier: FileCopier) {
    this.#db = db
    this.#copier = copier
    this.#statements = prepare(db)
    this.#fleets = createFleetSamples(db)
  }

  /** Throws a HatcheryError when the disk fails; what was held is lost then. */
  write(samples: readonly MetricSample[]): void {
    for (const sample of samples) this.#hold(sample)
    const newest = samples.at(-1)
    if (newest === undefined) return
    const due = this.#heldSince(newest.at - holdMs, 2 * samples.length)
    if (due.length > 0) this.#release(due)
  }

  /** A step without a sample, or whose last sample could not measure the metric, has no point. */
  async read(query: MetricQuery): Promise<Partial<Record<MetricName, MetricPoint[]>>> {
    if (this.#held.has(query.processId)) this.#release([query.processId])
    const key = this.#findKey(query.processId)
    const steps = key === undefined ? [] : this.#stepsOf(key, query)
    return Object.fromEntries(
      query.metrics.map((metric) => [metric, pointsOf(steps, metric, query)]),
    )
  }

  async findLast(processId: ProcessId): Promise<MetricSample | undefined> {
    const held = this.#held.get(processId)?.at(-1)
    if (held !== undefined) return held
    const key = this.#findKey(processId)
    const row = key === undefined ? undefined : this.#statements.last.get(key)
    return row && { ...(row as Omit<MetricSample, 'processId'>), processId } // as the statement names its columns
  }

  /** Throws a HatcheryError when the disk fails. */
  writeFleets(samples: readonly FleetSample[]): void {
    this.#together(() => this.#fleets.write(samples))
  }

  async readFleet(query: FleetMetricQuery): Promise<Record<FleetMeasure, MetricPoint[]>> {
    return this.#fleets.read(query)
  }

  /** Begins at once and goes on by itself; asked again while it does, it changes nothing. */
  prune(before: Instant): void {
    this.#release([...this.#held.keys()])
    if (this.#sweep === undefined) this.#sweepFrom(0, before)
  }

  close(): void {
    clearImmediate(this.#sweep)
    try {
      this.#release([...this.#held.keys()])
    } finally {
      this.#db.close()
      this.#copier.close()
    }
  }

  /** What is held is written first. */
  async copyTo(target: string, signal: AbortSignal): Promise<CopiedFile> {
    this.#release([...this.#held.keys()])
    return await this.#copier.copyTo(target, signal)
  }

  #hold(sample: MetricSample): void {
    const held = this.#held.get(sample.processId)
    if (held === undefined) this.#held.set(sample.processId, [sample])
    else held.push(sample)
  }

  #heldSince(at: Instant, limit: number): ProcessId[] {
    const due: ProcessId[] = []
    for (const [processId, [first]] of this.#held) {
      if (due.length === limit || (first !== undefined && first.at > at)) break
      due.push(processId)
    }
    return due
  }

  #release(processIds: readonly ProcessId[]): void {
    const samples = processIds.flatMap((processId) => this.#held.get(processId) ?? [])
    for (const processId of processIds) this.#held.delete(processId)
    this.#together(() => {
      for (const sample of samples) this.#insert(sample)
    })
  }

  #insert(sample: MetricSample): void {
    const { at, cpu, memory, rateEgress, totalEgress, activeConnections } = sample
    const key = this.#findKey(sample.processId) ?? this.#newKey(sample.processId)
    this.#statements.insert.run(key, at, cpu, memory, rateEgress, totalEgress, activeConnections)
  }

  #findKey(processId: ProcessId): number | undefined {
    const known = this.#keys.get(processId)
    if (known !== undefined) return known
    const row = this.#statements.findKey.get(processId)
    return row === undefined ? undefined : this.#remember(processId, Number(row.key))
  }

  #newKey(processId: ProcessId): number {
    return this.#remember(processId, Number(this.#statements.newKey.run(processId).lastInsertRowid))
  }

  #remember(processId: ProcessId, key: number): number {
    if (this.#keys.size >= mostKeys) this.#keys.clear()
    this.#keys.set(processId, key)
    return key
  }

  #stepsOf(key: number, query: MetricQuery): StepRow[] {
    const values = { key, ...stepsIn(query) }
    return this.#statements.steps.all(values) as StepRow[] // as the statement names its columns
  }

  #sweepFrom(firstKey: number, before: Instant): void {
    this.#sweep = undefined
    const nextKey = this.#together(() => this.#removeSome(firstKey, before))
    if (nextKey === undefined) return this.#together(() => this.#fleets.remove(before))
    this.#sweep = setImmediate(() => this.#goOn(nextKey, before))
  }

  /** Nobody waits for the later portions: when one fails, the next `prune` begins again. */
  #goOn(key: number, before: Instant): void {
    try {
      this.#sweepFrom(key, before)
    } catch {
      this.#sweep = undefined
    }
  }

  /** Answers the key to go on with; undefined at the end. */
  #removeSome(firstKey: number, before: Instant): number | undefined {
    const { nextKey, oldest } = this.#statements
    let from = firstKey
    for (let work = 0; work < rowsPerTurn; work += 1) {
      const row = nextKey.get(from)
      if (row === undefined) return undefined
      from = Number(row.key)
      const first = oldest.get(from)
      if (first !== undefined && Number(first.at) < before) {
        work += this.#removePortion(from, Math.min(before, Number(first.at) + portionMs))
      } else {
        if (first === undefined) this.#forget(from, String(row.process_id))
        from += 1
      }
    }
    return from
  }

  #removePortion(key: number, before: Instant): number {
    return Number(this.#statements.remove.run(key, before).changes)
  }

  #forget(key: number, processId: ProcessId): void {
    this.#statements.removeKey.run(key)
    this.#keys.delete(processId)
  }

  #together<T>(work: () => T): T {
    try {
      this.#db.exec('begin immediate')
      const result = work()
      this.#db.exec('commit')
      return result
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('rollback')
      this.#keys.clear() // some of them may have been made just now
      throw translated(error)
    }
  }
}

const columns = {
  cpu: 'cpu',
  memory: 'memory',
  rateEgress: 'rate_egress',
  totalEgress: 'total_egress',
  activeConnections: 'active_connections',
} as const satisfies Record<MetricName, string>

type StepRow = { step: number } & Record<(typeof columns)[MetricName], number | null>

const pointsOf = (
  steps: readonly StepRow[],
  metric: MetricName,
  query: MetricQuery,
): MetricPoint[] =>
  steps.flatMap((row) => {
    const value = row[columns[metric]]
    return value === null ? [] : [pointAt(value, row.step, query)]
  })

function prepare(db: DatabaseSync) {
  return {
    findKey: db.prepare('select key from measured where process_id = ?'),
    newKey: db.prepare('insert into measured (process_id) values (?)'),
    insert: db.prepare(
      'insert or replace into samples (key, at, cpu, memory, rate_egress, total_egress, active_connections) values (?, ?, ?, ?, ?, ?, ?)',
    ),
    // A step ends at its time. Beside max(at) SQLite gives the other columns of that same row.
    steps: db.prepare(`
      select cast((at - $start + $stepMs - 1) / $stepMs as integer) as step, max(at) as at,
        cpu, memory, rate_egress, total_egress, active_connections
      from samples where key = $key and at > $after and at <= $last
      group by step order by step`),
    last: db.prepare(`
      select at, cpu, memory, rate_egress as rateEgress, total_egress as totalEgress,
        active_connections as activeConnections
      from samples where key = ? order by at desc limit 1`),
    nextKey: db.prepare('select key, process_id from measured where key >= ? order by key limit 1'),
    oldest: db.prepare('select at from samples where key = ? order by at limit 1'),
    remove: db.prepare('delete from samples where key = ? and at < ?'),
    removeKey: db.prepare('delete from measured where key = ?'),
  }
}
