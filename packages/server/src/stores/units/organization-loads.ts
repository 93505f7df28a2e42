/**
 * How much CPU the unfinished processes of each organization request in all, at most on each of the last days, and
 * used in this month; kept in the commit of each change, so that the limits cost the same however many there are.
 */
import type { Instant } from '../../domain/clock.ts'
import type { Process } from '../../domain/process.ts'
import { coresOf, cpuUnits } from '../../domain/requested.ts'
import { monthOf, startOf, vcpuHoursOf } from '../../domain/usage.ts'
import { monthUsedUp, tooManyAtOnce } from '../../domain/usage-limits.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { endedCpu } from './usage.ts'

type Share = Pick<Process, 'orgId' | 'cpu' | 'createdAt'>

/**
 * Counts a new process. Refuses with a LimitReachedError where it is too much for a limit of its organization; what it
 * has written then is taken back with the rest of the unit.
 */
export function* takeShare(share: Share, now: Instant): Unit<void> {
  let taken = yield* tryTake(share, now)
  if (taken === undefined && (yield* beginDay(share.orgId, now))) taken = yield* tryTake(share, now)
  if (taken === undefined) throw yield* whyNot(share)
  if (taken.monthly !== null)
    yield* refuseUsedUp(share.orgId, { limit: taken.monthly, running: taken.running, now })
}

/** More than any organization has. */
const unlimited = Number.MAX_SAFE_INTEGER

interface Taken {
  /** The limit of the month, in hours of a core. */
  readonly monthly: number | null
  /** What those that have not ended used in this month, in hundredths of a core times milliseconds. */
  readonly running: number
}

/** Undefined, and nothing counted, when it is too much or another day has begun. */
function* tryTake({ orgId, cpu, createdAt }: Share, now: Instant): Unit<Taken | undefined> {
  const units = cpuUnits(cpu)
  const [taken] = yield* rows<{ monthly: number | null; running: number }>(sql`
    update organization_loads set cpu = cpu + ${units}, peak = max(peak, cpu + ${units}),
      absent = absent + ${units} * max(0, ${createdAt} - month_start)
    where org_id = ${orgId} and day >= ${dayOf(now)} and cpu + ${units} <= coalesce((
      select round(json_extract(record, '$.concurrentVcpusLimit') * 100)
      from organizations where org_id = ${orgId}), ${unlimited})
    returning cast(cpu as real) * (${now} - month_start) - absent as running, (
      select json_extract(record, '$.monthlyVcpuHoursLimit')
      from organizations where org_id = ${orgId}) as monthly`)
  return taken
}

function* whyNot({ orgId, cpu }: Share): Unit<Error> {
  const [found] = yield* rows<{ cpu: number; most: number }>(sql`
    select cpu, json_extract(record, '$.concurrentVcpusLimit') as most
    from organization_loads join organizations using (org_id) where org_id = ${orgId}`)
  if (found === undefined) throw new Error(`organization ${orgId} has no limit that is reached`)
  return tooManyAtOnce({ limit: found.most, used: coresOf(found.cpu), needed: cpu })
}

function* refuseUsedUp(
  orgId: string,
  { limit, running, now }: { limit: number; running: number; now: Instant },
): Unit<void> {
  const month = monthOf(now)
  const used = vcpuHoursOf({ cpu: running + (yield* endedCpu(orgId, month)) })
  if (used >= limit) throw monthUsedUp({ limit, used, month })
}

/** Counts a process that is there already, whatever the limits. */
export const addShare = (share: Share, now: Instant): Unit<void> =>
  changeLoad(share, cpuUnits(share.cpu), now)

export const freeShare = (share: Share, now: Instant): Unit<void> =>
  changeLoad(share, -cpuUnits(share.cpu), now)

function* changeLoad(share: Share, by: number, now: Instant): Unit<void> {
  const { orgId, createdAt } = share
  const changed = yield sql`
    update organization_loads set cpu = cpu + ${by}, peak = max(peak, cpu + ${by}),
      absent = absent + ${by} * max(0, ${createdAt} - month_start)
    where org_id = ${orgId} and day >= ${dayOf(now)} returning org_id`
  if (changed.length === 1) return
  yield* beginDay(orgId, now)
  yield* changeLoad(share, by, now)
}

const dayMs = 86_400_000
const dayOf = (at: Instant): number => Math.floor(at / dayMs)

/** The peak is looked for on today and the six days before. */
const peakDays = 7

type LoadRow = { cpu: number; day: number; peak: number }

function* findLoad(orgId: string): Unit<LoadRow | undefined> {
  const [row] = yield* rows<LoadRow>(
    sql`select cpu, day, peak from organization_loads where org_id = ${orgId}`,
  )
  return row
}

/** Keeps the peak of the day before, and begins with what is there; false where today had begun. */
function* beginDay(orgId: string, now: Instant): Unit<boolean> {
  const today = dayOf(now)
  const load = yield* findLoad(orgId)
  if (load !== undefined && load.day >= today) return false
  if (load !== undefined) yield* keepPeaks(orgId, load, today)
  const cpu = load?.cpu ?? 0
  const start = startOf(monthOf(now))
  // What is there when a month begins was there when it began: whatever came after began it.
  yield sql`
    insert into organization_loads (org_id, cpu, day, peak, month_start, absent)
    values (${orgId}, 0, ${today}, 0, ${start}, 0)
    on conflict (org_id) do update set day = ${today}, peak = ${cpu},
      absent = case when month_start < ${start} then 0 else absent end,
      month_start = max(month_start, ${start})`
  return true
}

function* keepPeaks(orgId: string, { cpu, day, peak }: LoadRow, today: number): Unit<void> {
  yield sql`
    delete from organization_peaks where org_id = ${orgId} and day <= ${today - peakDays}`
  yield sql`insert into organization_peaks (org_id, day, cpu) values (${orgId}, ${day}, ${peak})`
  // Nothing changed on the days between.
  if (day < today - 1)
    yield sql`
      insert into organization_peaks (org_id, day, cpu) values (${orgId}, ${today - 1}, ${cpu})`
}

/** In cores. */
export function* findPeakVcpus(orgId: string, now: Instant): Unit<number> {
  const first = dayOf(now) - peakDays + 1
  const load = yield* findLoad(orgId)
  if (load === undefined) return 0
  const before = yield* rows<{ cpu: number }>(
    sql`select cpu from organization_peaks where org_id = ${orgId} and day >= ${first}`,
  )
  const ofLastDay = load.day >= first ? load.peak : 0
  return coresOf(Math.max(load.cpu, ofLastDay, ...before.map(({ cpu }) => cpu)))
}
