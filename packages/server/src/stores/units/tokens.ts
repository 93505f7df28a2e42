/** Tokens of organizations, stored as the hash of their secret. A revoked one keeps its row, and its name is free. */
import { HatcheryError } from '@hatchery/contract'
import type { Instant } from '../../domain/clock.ts'
import type { OrgToken } from '../../domain/organization.ts'
import { orgTokenRecord } from '../../domain/wire.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { recordEvent } from './events.ts'
import { assertAdminStays, isFirstOrganization } from './last-admin.ts'

type RecordRow = { record: string }

export function* insertToken(token: OrgToken, now: Instant): Unit<void> {
  const { orgTokenId, orgId, name, hash } = token
  const tokens = yield* listTokens(orgId)
  if (tokens.some((other) => other.name === name && other.revokedAt === null))
    throw new HatcheryError('taken', `a token named ${name} exists already: choose another name`)
  yield sql`
    insert into tokens (token_id, org_id, hash, record)
    values (${orgTokenId}, ${orgId}, ${hash}, ${JSON.stringify(token)})`
  yield* recordEvent(eventOf(token, now))
}

export function* findTokenByHash(hash: string): Unit<OrgToken | undefined> {
  const [row] = yield* rows<RecordRow>(sql`select record from tokens where hash = ${hash}`)
  return row && (JSON.parse(row.record) as OrgToken)
}

/** Newest first. */
export function* listTokens(orgId: string): Unit<OrgToken[]> {
  const found = yield* rows<RecordRow>(
    sql`select record from tokens where org_id = ${orgId} order by seq desc`,
  )
  return found.map(({ record }) => JSON.parse(record) as OrgToken)
}

export function* revokeToken(
  orgId: string,
  orgTokenId: string,
  { at, now }: { at: Instant; now: Instant },
): Unit<OrgToken | undefined> {
  const [row] = yield* rows<RecordRow>(
    sql`select record from tokens where token_id = ${orgTokenId} and org_id = ${orgId}`,
  )
  if (row === undefined) return undefined
  const token = JSON.parse(row.record) as OrgToken
  if (token.revokedAt !== null) return token
  if (token.scopes === 'admin' && !(yield* isFirstOrganization(orgId)))
    yield* assertAdminStays({ orgId, orgTokenId })
  const revoked = { ...token, revokedAt: at }
  yield* writeToken(revoked)
  yield* recordEvent(eventOf(revoked, now))
  return revoked
}

export function* writeToken(token: OrgToken): Unit<void> {
  yield sql`update tokens set record = ${JSON.stringify(token)} where token_id = ${token.orgTokenId}`
}

/** What followers are told is what the API shows, which has neither the secret nor its hash. */
function eventOf(token: OrgToken, at: Instant) {
  const { orgId, orgTokenId } = token
  const body = JSON.stringify(orgTokenRecord(token))
  return { at, orgId, appId: null, kind: 'token', subject: orgTokenId, body } as const
}
