/** Builds. A deleted one keeps its row: its processes may still run. */
import { HatcheryError } from '@hatchery/contract'
import type { Build, NewBuild } from '../../domain/build.ts'
import type { Instant } from '../../domain/clock.ts'
import type { Artifact } from '../../domain/driver.ts'
import { buildV3 } from '../../domain/wire.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { recordEvent } from './events.ts'

/** Its `number` stands beside the record. */
type BuildRow = { number: number; record: string }

export function* insertBuild(given: NewBuild, now: Instant): Unit<Build> {
  const [inserted] = yield* rows<{ number: number }>(sql`
    insert into builds (build_id, org_id, number, status, deleted_at, record)
    values (${given.buildId}, ${given.orgId},
      (select coalesce(max(number), 0) + 1 from builds where org_id = ${given.orgId}),
      ${given.status}, ${given.deletedAt}, ${JSON.stringify(given)})
    on conflict (build_id) do nothing returning number`)
  if (inserted === undefined) {
    throw new HatcheryError('taken', `a build ${given.buildId} exists already: choose another id`)
  }
  yield* insertContents(given)
  const build = { ...given, number: inserted.number }
  yield* recordEvent(eventOf(build, now))
  return build
}

export function* findBuild(orgId: string, buildId: string): Unit<Build | undefined> {
  const build = yield* findBuildById(buildId)
  return build?.orgId === orgId ? build : undefined
}

export function* findBuildById(buildId: string): Unit<Build | undefined> {
  const row = yield* findRow(buildId)
  return row && buildOf(row)
}

function* findRow(buildId: string): Unit<BuildRow | undefined> {
  const [row] = yield* rows<BuildRow>(
    sql`select number, record from builds where build_id = ${buildId}`,
  )
  return row
}

export function* findBuildByNumber(orgId: string, number: number): Unit<Build | undefined> {
  const [row] = yield* rows<BuildRow>(
    sql`select number, record from builds where org_id = ${orgId} and number = ${number}`,
  )
  return row && buildOf(row)
}

export function* listBuilds(orgId: string): Unit<Build[]> {
  const found = yield* rows<BuildRow>(
    sql`select number, record from builds where org_id = ${orgId} and deleted_at is null order by seq desc`,
  )
  return found.map(buildOf)
}

export function* listRunningBuilds(): Unit<Build[]> {
  const found = yield* rows<BuildRow>(
    sql`select number, record from builds where status = 'running' order by seq`,
  )
  return found.map(buildOf)
}

export function* changeBuild(
  buildId: string,
  change: (build: Build) => Build,
  now: Instant,
): Unit<Build> {
  for (;;) {
    const row = yield* findRow(buildId)
    if (row === undefined) throw new HatcheryError('not-found', `build ${buildId} is not known`)
    const build = buildOf(row)
    const next = change(build)
    if (next === build || (yield* writeChange(row.record, next, now))) return next
  }
}

/** False where something else wrote since `read`. */
function* writeChange(read: string, next: Build, now: Instant): Unit<boolean> {
  const changed = yield sql`
    update builds set status = ${next.status},
      deleted_at = ${next.deletedAt}, record = ${recordOf(next)}
    where build_id = ${next.buildId} and record = ${read} returning build_id`
  if (changed.length === 0) return false
  yield* insertContents(next)
  yield* recordEvent(eventOf(next, now))
  return true
}

/** What a build has it keeps. */
function* insertContents({ buildId, artifacts }: NewBuild): Unit<void> {
  for (const { contentHash } of artifacts) {
    yield sql`
      insert into build_contents (content_hash, build_id) values (${contentHash}, ${buildId})
      on conflict do nothing`
  }
}

export function* isArtifactUsed(contentHash: string): Unit<boolean> {
  const used = yield sql`
    select builds.build_id from build_contents
    join builds on builds.build_id = build_contents.build_id
    where build_contents.content_hash = ${contentHash} and (deleted_at is null or exists (
      select seq from processes where processes.build_id = builds.build_id and terminated_at is null))
    limit 1`
  return used.length > 0
}

/** A build of the first versions has one artifact or null. */
type StoredBuild = NewBuild | (Omit<NewBuild, 'artifacts'> & { artifact: Artifact | null })

function buildOf({ number, record }: BuildRow): Build {
  const stored = JSON.parse(record) as StoredBuild
  if ('artifacts' in stored) return { ...stored, number }
  const { artifact, ...build } = stored
  return { ...build, artifacts: artifact === null ? [] : [artifact], number }
}

const recordOf = ({ number: _, ...record }: Build): string => JSON.stringify(record)

function eventOf(build: Build, at: Instant) {
  const { orgId, buildId } = build
  return {
    at,
    orgId,
    appId: null,
    kind: 'build',
    subject: buildId,
    body: JSON.stringify(buildV3(build)),
  } as const
}
