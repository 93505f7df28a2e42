/** What processes used: of those that have ended in the table, of the others as their records say. */
import type { Instant } from '../../domain/clock.ts'
import type { Process } from '../../domain/process.ts'
import {
  type AppUsage,
  type MeasuredEgress,
  type Month,
  type UsedTime,
  memoryGbHoursOf,
  monthOf,
  usedBy,
  vcpuHoursOf,
} from '../../domain/usage.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { unfinishedStatuses } from './process-queries.ts'

/** Of a process that has ended, once: in the commit in which it ends. */
export function* addUsed(process: Omit<Process, 'seq'>): Unit<void> {
  const { orgId, appId, processId } = process
  for (const { month, cpu, memory } of usedBy(process, 0)) {
    yield sql`
      insert into usage (org_id, month, app_id, cpu, memory, egress)
      values (${orgId}, ${month}, ${appId}, ${cpu}, ${memory}, 0)
      on conflict (org_id, month, app_id) do update set
        cpu = usage.cpu + excluded.cpu, memory = usage.memory + excluded.memory`
  }
  yield sql`delete from measured_egress where process_id = ${processId}`
}

type UnfinishedRow = { app_id: string; cpu: number; memory_mb: number; scheduled_at: number | null }

/** What those that have not ended used so far, by month. */
function* usedByUnfinished(
  orgId: string,
  now: Instant,
): Unit<(UsedTime & { month: Month; appId: string })[]> {
  const found = yield* rows<UnfinishedRow>(sql`
    select app_id, cpu, memory_mb, scheduled_at from processes
    where terminated_at is null and status in (${unfinishedStatuses}) and org_id = ${orgId}`)
  return found.flatMap((row) => {
    const lived = { cpu: row.cpu, memoryMb: row.memory_mb, scheduledAt: row.scheduled_at }
    const used = usedBy({ ...lived, terminatedAt: null }, now)
    return used.map((part) => ({ ...part, appId: row.app_id }))
  })
}

type UsageRow = { month: Month; app_id: string; cpu: number; memory: number; egress: number }

export function* listUsage(
  { orgId, month }: { orgId: string; month: Month | null },
  now: Instant,
): Unit<AppUsage[]> {
  // Sums may be beyond what is a whole number here.
  const ended = yield* rows<UsageRow>(sql`
    select month, app_id, cast(cpu as real) as cpu, cast(memory as real) as memory,
      cast(egress as real) as egress
    from usage where org_id = ${orgId} and month >= ${month ?? ''} and month <= ${month ?? '9999'}`)
  const sums = new Map(ended.map((row) => [keyOf(row.month, row.app_id), row]))
  for (const part of yield* usedByUnfinished(orgId, now)) {
    if (month !== null && part.month !== month) continue
    const key = keyOf(part.month, part.appId)
    const sum = sums.get(key) ?? { ...part, app_id: part.appId, cpu: 0, memory: 0, egress: 0 }
    sums.set(key, { ...sum, cpu: sum.cpu + part.cpu, memory: sum.memory + part.memory })
  }
  const names = yield* namesOf(orgId)
  return [...sums.values()].map((sum) => usageOf(sum, names)).toSorted(inOrder)
}

const keyOf = (month: Month, appId: string): string => `${month} ${appId}`

/** Deleted ones too. */
function* namesOf(orgId: string): Unit<ReadonlyMap<string, string>> {
  const found = yield* rows<{ app_id: string; app_name: string }>(
    sql`select app_id, app_name from applications where org_id = ${orgId}`,
  )
  return new Map(found.map((row) => [row.app_id, row.app_name]))
}

const usageOf = (
  { month, app_id, cpu, memory, egress }: UsageRow,
  names: ReadonlyMap<string, string>,
): AppUsage => ({
  month,
  appId: app_id,
  appName: names.get(app_id) ?? app_id,
  vcpuHours: vcpuHoursOf({ cpu }),
  memoryGbHours: memoryGbHoursOf({ memory }),
  egressBytes: egress,
})

const inOrder = (a: AppUsage, b: AppUsage): number =>
  b.month.localeCompare(a.month) ||
  a.appName.localeCompare(b.appName) ||
  (a.appId < b.appId ? -1 : 1)

/** In hours of a core, in the month of `now`. */
export function* findMonthVcpuHours(orgId: string, now: Instant): Unit<number> {
  const month = monthOf(now)
  const unfinished = (yield* usedByUnfinished(orgId, now)).filter((part) => part.month === month)
  const ended = yield* endedCpu(orgId, month)
  return vcpuHoursOf({ cpu: unfinished.reduce((sum, { cpu }) => sum + cpu, ended) })
}

/** Of the processes that have ended, in hundredths of a core times milliseconds. */
export function* endedCpu(orgId: string, month: Month): Unit<number> {
  const [ended] = yield* rows<{ cpu: number }>(sql`
    select cast(coalesce(sum(cpu), 0) as real) as cpu
    from usage where org_id = ${orgId} and month = ${month}`)
  return ended?.cpu ?? 0
}

/**
 * Adds what was sent since it was last counted; of processes that have ended nothing any more. One that sent less than
 * was counted is counted anew by what measures it.
 */
export function* countEgress(measured: readonly MeasuredEgress[], now: Instant): Unit<void> {
  const month = monthOf(now)
  for (const { processId, bytes } of measured) {
    const [known] = yield* rows<{ org_id: string; app_id: string; counted: number | null }>(sql`
      select org_id, app_id, measured_egress.bytes as counted
      from processes left join measured_egress using (process_id)
      where process_id = ${processId} and terminated_at is null`)
    if (known === undefined) continue
    const counted = known.counted ?? 0
    const sent = bytes < counted ? bytes : bytes - counted
    if (sent === 0) continue
    yield sql`
      insert into measured_egress (process_id, bytes) values (${processId}, ${bytes})
      on conflict (process_id) do update set bytes = excluded.bytes`
    yield sql`
      insert into usage (org_id, month, app_id, cpu, memory, egress)
      values (${known.org_id}, ${month}, ${known.app_id}, 0, 0, ${sent})
      on conflict (org_id, month, app_id) do update set egress = usage.egress + excluded.egress`
  }
}
