/** Applications. A deleted one keeps its row, is found by nobody, and its name is free. */
import { HatcheryError } from '@hatchery/contract'
import type { Application, ApplicationChange } from '../../domain/application.ts'
import type { Instant } from '../../domain/clock.ts'
import { type ProcessId, stopping } from '../../domain/process.ts'
import { applicationRecord } from '../../domain/wire.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { freeBalancerPort } from './balancer-ports.ts'
import { recordEvent } from './events.ts'
import { listUnfinishedOf } from './process-queries.ts'
import { changeProcess } from './processes.ts'
import { endSuspendedRooms } from './rooms.ts'

type RecordRow = { record: string }

export function* insertApplication(application: Application, now: Instant): Unit<void> {
  const inserted = yield sql`
    insert into applications (app_id, org_id, app_name, deleted_at, record)
    values (${application.appId}, ${application.orgId}, ${application.appName},
      ${application.deletedAt}, ${JSON.stringify(application)})
    on conflict (org_id, app_name) where deleted_at is null do nothing returning app_id`
  if (inserted.length === 0) throw nameTaken(application.appName)
  yield* recordEvent(eventOf(application, now))
}

export function* findApplication(orgId: string, appId: string): Unit<Application | undefined> {
  const [row] = yield* rows<RecordRow>(sql`
    select record from applications
    where app_id = ${appId} and org_id = ${orgId} and deleted_at is null`)
  return row && (JSON.parse(row.record) as Application)
}

export function* findOpenApplication(appId: string): Unit<Application | undefined> {
  const [row] = yield* rows<RecordRow>(
    sql`select record from applications where app_id = ${appId} and deleted_at is null`,
  )
  return row && (JSON.parse(row.record) as Application)
}

export function* listApplications(orgId: string): Unit<Application[]> {
  const found = yield* rows<RecordRow>(sql`
    select record from applications where org_id = ${orgId} and deleted_at is null order by seq desc`)
  return found.map(({ record }) => JSON.parse(record) as Application)
}

export function* listAllApplications(): Unit<Application[]> {
  const found = yield* rows<RecordRow>(
    sql`select record from applications where deleted_at is null order by seq`,
  )
  return found.map(({ record }) => JSON.parse(record) as Application)
}

export function* changeApplication(
  orgId: string,
  appId: string,
  { change, now }: { change: ApplicationChange; now: Instant },
): Unit<Application> {
  const application = yield* getApplication(orgId, appId)
  const next = { ...application, ...change }
  if (next.appName !== application.appName) yield* refuseTaken(orgId, next.appName)
  yield* writeApplication(next, now)
  return next
}

export function* deleteApplication(
  orgId: string,
  appId: string,
  { by, at, now }: { by: string; at: Instant; now: Instant },
): Unit<ProcessId[]> {
  const application = yield* getApplication(orgId, appId)
  yield* writeApplication({ ...application, deletedAt: at, deletedBy: by }, now)
  const processIds = yield* listUnfinishedOf(appId)
  for (const processId of processIds) {
    yield* changeProcess(processId, (process) => stopping(process, { kind: 'requested' }, at), now)
  }
  yield* endSuspendedRooms(appId, at)
  yield* freeBalancerPort(appId)
  return processIds
}

function* getApplication(orgId: string, appId: string): Unit<Application> {
  const application = yield* findApplication(orgId, appId)
  if (application !== undefined) return application
  throw new HatcheryError('not-found', `application ${appId} is not known`)
}

function* refuseTaken(orgId: string, appName: string): Unit<void> {
  const living = yield sql`
    select app_id from applications
    where org_id = ${orgId} and app_name = ${appName} and deleted_at is null`
  if (living.length > 0) throw nameTaken(appName)
}

const nameTaken = (appName: string): HatcheryError =>
  new HatcheryError('taken', `an application named ${appName} exists already: choose another name`)

function* writeApplication(application: Application, now: Instant): Unit<void> {
  yield sql`
    update applications set app_name = ${application.appName}, deleted_at = ${application.deletedAt},
      record = ${JSON.stringify(application)}
    where app_id = ${application.appId}`
  yield* recordEvent(eventOf(application, now))
}

/** The secret stays out of what followers are told. */
function eventOf(application: Application, at: Instant) {
  const { appSecret: _, ...shown } = applicationRecord(application)
  const { orgId, appId } = application
  return {
    at,
    orgId,
    appId,
    kind: 'application',
    subject: appId,
    body: JSON.stringify(shown),
  } as const
}
