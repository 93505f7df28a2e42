/** A database of before usage was counted: what is still on record is counted as if it had been. */
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { monthOf, startOf, usedBy } from '../../src/domain/usage.ts'
import { storeMigrations } from '../../src/stores/migrations/index.ts'
import { migrate } from '../../src/stores/migrations/migrate.ts'

const dayMs = 86_400_000
const from = Date.parse('2026-01-20T00:00:00Z')

const lived = fc.record({
  appId: fc.constantFrom('app-1', 'app-2'),
  hundredths: fc.integer({ min: 25, max: 800 }),
  memoryMb: fc.integer({ min: 512, max: 8192 }),
  scheduledAt: fc.option(
    fc.nat(120 * dayMs).map((ms) => from + ms),
    { freq: 5 },
  ),
  /** Null: it lives. */
  livedMs: fc.option(fc.nat(70 * dayMs), { freq: 4 }),
})
type Lived = typeof lived extends fc.Arbitrary<infer A> ? A : never

test('what ended is added up by month and application, what lives is the load', () => {
  fc.assert(
    fc.property(fc.array(lived, { maxLength: 20 }), (all) => {
      const db = new DatabaseSync(':memory:')
      migrate(
        db,
        storeMigrations.filter(({ name }) => before.includes(name)),
      )
      for (const [i, one] of all.entries()) insert(db, i, one)
      migrate(db, storeMigrations)
      expect(db.prepare('select * from usage').all().map(Object.values)).toEqual(usageOf(all))
      expect(db.prepare('select * from organization_loads').all()).toEqual(loadOf(all))
      db.close()
    }),
    { numRuns: 30 },
  )
})

const before = storeMigrations
  .slice(
    0,
    storeMigrations.findIndex(({ name }) => name === 'usage'),
  )
  .map(({ name }) => name)

function insert(db: DatabaseSync, i: number, one: Lived): void {
  const { scheduledAt, livedMs } = one
  const terminatedAt = livedMs === null ? null : (scheduledAt ?? from) + livedMs
  db.prepare(`
    insert into processes (process_id, org_id, app_id, deployment_id, build_id, region, node_id,
      status, wanted, rooms_per_process, rooms_allocated, idle_timeout_enabled, cpu, memory_mb,
      created_at, scheduled_at, terminated_at, ports, cleaned, version, wire)
    values (?, 'org-1', ?, '', '', '', '', '', '', 1, 0, 0, ?, ?, ?, ?, ?, '', 0, 1, '')`).run(
    ...[`process-${i}`, one.appId, one.hundredths / 100, one.memoryMb],
    ...[scheduledAt ?? from, scheduledAt, terminatedAt],
  )
}

/** What lives was created when it was scheduled, or at the begin. */
function loadOf(all: readonly Lived[]): unknown[] {
  const alive = all.filter(({ livedMs }) => livedMs === null)
  if (alive.length === 0) return []
  const created = alive.map(({ scheduledAt }) => scheduledAt ?? from)
  const monthStart = startOf(monthOf(Math.max(...created)))
  const cpu = alive.reduce((sum, { hundredths }) => sum + hundredths, 0)
  const absent = alive.reduce(
    (sum, { hundredths }, i) => sum + hundredths * Math.max(0, (created[i] ?? 0) - monthStart),
    0,
  )
  return [{ org_id: 'org-1', cpu, day: 0, peak: cpu, month_start: monthStart, absent }]
}

/** In the order of the table. */
function usageOf(all: readonly Lived[]): unknown[][] {
  const sums = new Map<string, [string, string, string, number, number, number]>()
  for (const { appId, hundredths, memoryMb, scheduledAt, livedMs } of all) {
    if (livedMs === null || scheduledAt === null) continue
    const terminatedAt = scheduledAt + livedMs
    const requested = { cpu: hundredths / 100, memoryMb, scheduledAt, terminatedAt }
    for (const { month, cpu, memory } of usedBy(requested, 0)) {
      const sum = sums.get(month + appId) ?? ['org-1', month, appId, 0, 0, 0]
      sum[3] += cpu
      sum[4] += memory
      sums.set(month + appId, sum)
    }
  }
  return [...sums.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
}
