/** Builds. A deleted one keeps its row: its processes may still run. */
import { HatcheryError } from '@hatchery/contract'
import type { Build } from '../../domain/build.ts'
import type { Instant } from '../../domain/clock.ts'
import { buildV3 } from '../../domain/wire.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { recordEvent } from './events.ts'

type RecordRow = { record: string }

export function* insertBuild(build: Build, now: Instant): Unit<void> {
  const inserted = yield sql`
    insert into builds (build_id, org_id, status, content_hash, deleted_at, record)
    values (${build.buildId}, ${build.orgId}, ${build.status},
      ${contentOf(build)}, ${build.deletedAt}, ${JSON.stringify(build)})
    on conflict (build_id) do nothing returning build_id`
  if (inserted.length === 0) {
    throw new HatcheryError('taken', `a build ${build.buildId} exists already: choose another id`)
  }
  yield* recordEvent(eventOf(build, now))
}

export function* findBuild(orgId: string, buildId: string): Unit<Build | undefined> {
  const build = yield* findBuildById(buildId)
  return build?.orgId === orgId ? build : undefined
}

export function* findBuildById(buildId: string): Unit<Build | undefined> {
  const [row] = yield* rows<RecordRow>(sql`select record from builds where build_id = ${buildId}`)
  return row && buildOf(row)
}

export function* listBuilds(orgId: string): Unit<Build[]> {
  const found = yield* rows<RecordRow>(
    sql`select record from builds where org_id = ${orgId} and deleted_at is null order by seq desc`,
  )
  return found.map(buildOf)
}

export function* listRunningBuilds(): Unit<Build[]> {
  const found = yield* rows<RecordRow>(
    sql`select record from builds where status = 'running' order by seq`,
  )
  return found.map(buildOf)
}

export function* changeBuild(
  buildId: string,
  change: (build: Build) => Build,
  now: Instant,
): Unit<Build> {
  for (;;) {
    const [row] = yield* rows<RecordRow>(sql`select record from builds where build_id = ${buildId}`)
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
      content_hash = ${contentOf(next)}, deleted_at = ${next.deletedAt},
      record = ${JSON.stringify(next)}
    where build_id = ${next.buildId} and record = ${read} returning build_id`
  if (changed.length === 0) return false
  yield* recordEvent(eventOf(next, now))
  return true
}

export function* isArtifactUsed(contentHash: string): Unit<boolean> {
  const used = yield sql`
    select build_id from builds
    where content_hash = ${contentHash} and (deleted_at is null or exists (
      select seq from processes where processes.build_id = builds.build_id and terminated_at is null))
    limit 1`
  return used.length > 0
}

const buildOf = ({ record }: RecordRow): Build => JSON.parse(record) as Build

const contentOf = ({ artifact }: Build): string | null => artifact?.contentHash ?? null

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
