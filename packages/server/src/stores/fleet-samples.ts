/** What is measured of fleets, in the file of the measurements: few rows a minute, so they are written as they come. */
import type { DatabaseSync } from 'node:sqlite'
import type { Instant } from '../domain/clock.ts'
import type {
  FleetMeasure,
  FleetMetricQuery,
  FleetSample,
  MetricPoint,
} from '../domain/metric-store.ts'
import { pointAt, stepsIn } from './metric-steps.ts'

export interface FleetSamples {
  /** In a transaction of the caller. */
  write(samples: readonly FleetSample[]): void
  read(query: FleetMetricQuery): Record<FleetMeasure, MetricPoint[]>
  /** In a transaction of the caller: those older than `before`. */
  remove(before: Instant): void
}

type StepRow = { step: number; bare_metal: number; cloud: number; utilized: number }

export function createFleetSamples(db: DatabaseSync): FleetSamples {
  const statements = prepare(db)

  return {
    write(samples) {
      for (const { fleetId, region, at, ...measured } of samples) {
        const { provisionedBareMetal, provisionedCloud, utilized } = measured
        const key = Number(statements.key.get(fleetId, region ?? '')?.['key'])
        statements.insert.run(key, at, provisionedBareMetal, provisionedCloud, utilized)
      }
    },
    read(query) {
      const { fleetId, region } = query
      const values = { fleetId, region: region ?? '', ...stepsIn(query) }
      const rows = statements.steps.all(values) as StepRow[] // as the statement names its columns
      const series = (column: 'bare_metal' | 'cloud' | 'utilized'): MetricPoint[] =>
        rows.map((row) => pointAt(row[column], row.step, query))
      return {
        provisionedBareMetal: series('bare_metal'),
        provisionedCloud: series('cloud'),
        utilized: series('utilized'),
      }
    },
    remove(before) {
      for (const { key } of statements.keys.all()) statements.remove.run(Number(key), before)
    },
  }
}

const prepare = (db: DatabaseSync) => ({
  // Written either way, so that it is answered.
  key: db.prepare(`
    insert into measured_fleets (fleet_id, region) values (?, ?)
    on conflict (fleet_id, region) do update set region = excluded.region returning key`),
  insert: db.prepare(
    'insert or replace into fleet_samples (key, at, bare_metal, cloud, utilized) values (?, ?, ?, ?, ?)',
  ),
  // A step ends at its time. Beside max(at) SQLite gives the other columns of that same row.
  steps: db.prepare(`
    select cast((at - $start + $stepMs - 1) / $stepMs as integer) as step, max(at) as at,
      bare_metal, cloud, utilized
    from fleet_samples
    where key = (select key from measured_fleets where fleet_id = $fleetId and region = $region)
      and at > $after and at <= $last
    group by step order by step`),
  keys: db.prepare('select key from measured_fleets'),
  remove: db.prepare('delete from fleet_samples where key = ? and at < ?'),
})
