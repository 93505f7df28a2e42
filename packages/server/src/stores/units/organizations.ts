/** Organizations. Each is made with a first token. */
import type { OrgToken, Organization } from '../../domain/organization.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { insertToken } from './tokens.ts'

/** The oldest. */
export function* findFirstOrganization(): Unit<Organization | undefined> {
  const [row] = yield* rows<{ record: string }>(
    sql`select record from organizations order by seq limit 1`,
  )
  return row && (JSON.parse(row.record) as Organization)
}

export function* insertOrganization(organization: Organization, token: OrgToken): Unit<void> {
  yield sql`
    insert into organizations (org_id, record)
    values (${organization.orgId}, ${JSON.stringify(organization)})`
  yield* insertToken(token, token.createdAt)
}
