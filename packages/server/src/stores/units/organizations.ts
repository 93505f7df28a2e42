/** Organizations and their tokens. A token is stored as the hash of its secret. */
import type { OrgToken, Organization } from '../../domain/organization.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { recordEvent } from './events.ts'

type RecordRow = { record: string }

/** The oldest. */
export function* findFirstOrganization(): Unit<Organization | undefined> {
  const [row] = yield* rows<RecordRow>(sql`select record from organizations order by seq limit 1`)
  return row && (JSON.parse(row.record) as Organization)
}

export function* insertOrganization(organization: Organization, token: OrgToken): Unit<void> {
  yield sql`
    insert into organizations (org_id, record)
    values (${organization.orgId}, ${JSON.stringify(organization)})`
  yield sql`
    insert into tokens (token_id, org_id, hash, record)
    values (${token.orgTokenId}, ${token.orgId}, ${token.hash}, ${JSON.stringify(token)})`
  const { hash: _, ...shown } = token
  yield* recordEvent({
    at: token.createdAt,
    orgId: token.orgId,
    appId: null,
    kind: 'token',
    subject: token.orgTokenId,
    body: JSON.stringify(shown),
  })
}

export function* findTokenByHash(hash: string): Unit<OrgToken | undefined> {
  const [row] = yield* rows<RecordRow>(sql`select record from tokens where hash = ${hash}`)
  return row && (JSON.parse(row.record) as OrgToken)
}
