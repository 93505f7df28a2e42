/** Organizations. Each is made with a first token. */
import { HatcheryError } from '@hatchery/contract'
import {
  type OrgToken,
  type Organization,
  type OrganizationChange,
  unlimited,
} from '../../domain/organization.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { insertToken } from './tokens.ts'

/** The oldest. */
export function* findFirstOrganization(): Unit<Organization | undefined> {
  const [row] = yield* rows<{ record: string }>(
    sql`select record from organizations order by seq limit 1`,
  )
  return row && organizationOf(row)
}

export function* findOrganization(orgId: string): Unit<Organization | undefined> {
  const [row] = yield* rows<{ record: string }>(
    sql`select record from organizations where org_id = ${orgId}`,
  )
  return row && organizationOf(row)
}

/** The oldest first. */
export function* listOrganizations(): Unit<Organization[]> {
  const found = yield* rows<{ record: string }>(sql`select record from organizations order by seq`)
  return found.map(organizationOf)
}

export function* changeOrganization(orgId: string, change: OrganizationChange): Unit<Organization> {
  const organization = yield* findOrganization(orgId)
  if (organization === undefined)
    throw new HatcheryError('not-found', `organization ${orgId} is not known`)
  const next = { ...organization, ...change }
  yield sql`update organizations set record = ${JSON.stringify(next)} where org_id = ${orgId}`
  return next
}

const organizationOf = ({ record }: { record: string }): Organization => ({
  ...unlimited,
  ...(JSON.parse(record) as Organization),
})

export function* insertOrganization(organization: Organization, token: OrgToken): Unit<void> {
  yield sql`
    insert into organizations (org_id, record)
    values (${organization.orgId}, ${JSON.stringify(organization)})`
  yield* insertToken(token, token.createdAt)
}
