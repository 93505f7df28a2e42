/** Fleets. None is ever removed. */
import { HatcheryError } from '@hatchery/contract'
import type { Instant } from '../../domain/clock.ts'
import type { Fleet } from '../../domain/fleet.ts'
import type { FleetLoad } from '../../domain/store.ts'
import { fleetV2 } from '../../domain/wire.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { recordEvent } from './events.ts'
import { changeOrganization, findOrganization } from './organizations.ts'

type RecordRow = { record: string }

const fleetOf = ({ record }: RecordRow): Fleet => JSON.parse(record) as Fleet

export function* insertFleet(fleet: Fleet, now: Instant): Unit<void> {
  const { fleetId, orgId, name } = fleet
  const inserted = yield sql`
    insert into fleets (fleet_id, org_id, name, record)
    values (${fleetId}, ${orgId}, ${name}, ${JSON.stringify(fleet)})
    on conflict (org_id, name) do nothing returning fleet_id`
  if (inserted.length === 0) throw nameTaken(name)
  yield* recordEvent(eventOf(fleet, now))
}

export function* findFleet(orgId: string, fleetId: string): Unit<Fleet | undefined> {
  const [row] = yield* rows<RecordRow>(
    sql`select record from fleets where fleet_id = ${fleetId} and org_id = ${orgId}`,
  )
  return row && fleetOf(row)
}

/** Oldest first. */
export function* listFleets(orgId: string): Unit<Fleet[]> {
  const found = yield* rows<RecordRow>(
    sql`select record from fleets where org_id = ${orgId} order by seq`,
  )
  return found.map(fleetOf)
}

export function* listAllFleets(): Unit<Fleet[]> {
  return (yield* rows<RecordRow>(sql`select record from fleets order by seq`)).map(fleetOf)
}

export function* changeFleet(
  orgId: string,
  fleetId: string,
  { change, now }: { change: (fleet: Fleet) => Fleet; now: Instant },
): Unit<Fleet> {
  const fleet = yield* findFleet(orgId, fleetId)
  if (fleet === undefined) throw new HatcheryError('not-found', `fleet ${fleetId} is not known`)
  const next = change(fleet)
  if (next === fleet) return fleet
  if (next.name !== fleet.name && (yield* findByName(orgId, next.name)) !== undefined)
    throw nameTaken(next.name)
  yield sql`
    update fleets set name = ${next.name}, record = ${JSON.stringify(next)}
    where fleet_id = ${fleetId}`
  yield* recordEvent(eventOf(next, now))
  return next
}

function* findByName(orgId: string, name: string): Unit<Fleet | undefined> {
  const [row] = yield* rows<RecordRow>(
    sql`select record from fleets where org_id = ${orgId} and name = ${name}`,
  )
  return row && fleetOf(row)
}

const nameTaken = (name: string): HatcheryError =>
  new HatcheryError('taken', `a fleet named ${name} exists already: choose another name`)

function eventOf(fleet: Fleet, at: Instant) {
  const { orgId, fleetId } = fleet
  const body = JSON.stringify(fleetV2(fleet))
  return { at, orgId, appId: null, kind: 'fleet', subject: fleetId, body } as const
}

export function* listOrganizationsWithoutFleet(): Unit<string[]> {
  const found = yield* rows<{ org_id: string }>(sql`
    select org_id from organizations where record ->> '$.defaultFleetId' is null order by seq`)
  return found.map(({ org_id: orgId }) => orgId)
}

export function* insertDefaultFleet(fleet: Fleet, now: Instant): Unit<void> {
  const { orgId, name } = fleet
  const organization = yield* findOrganization(orgId)
  if (organization === undefined || organization.defaultFleetId !== null) return
  const known = yield* findByName(orgId, name)
  if (known === undefined) yield* insertFleet(fleet, now)
  yield* changeOrganization(orgId, { defaultFleetId: (known ?? fleet).fleetId })
}

/** Processes of the time before there were fleets count for the default one. */
export function* listFleetLoads(): Unit<FleetLoad[]> {
  return yield* rows<{ fleetId: string; region: string; cpu: number }>(sql`
    select coalesce(fleet_id, record ->> '$.defaultFleetId') as "fleetId", region, sum(cpu) as cpu
    from processes join organizations using (org_id)
    where terminated_at is null
    group by 1, 2 having "fleetId" is not null`)
}
