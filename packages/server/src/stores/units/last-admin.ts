/** An organization always has somebody who may do everything: nobody could let anybody in any more. */
import { HatcheryError } from '@hatchery/contract'
import type { OrgToken } from '../../domain/organization.ts'
import type { Member } from '../../domain/person.ts'
import { type Unit, rows, sql } from '../statements.ts'

/** Whose leaving is looked at: a member or a token. */
interface Leaving {
  readonly orgId: string
  readonly userEmail?: string
  readonly orgTokenId?: string
}

/** Refuses with `invalid` when neither another admin nor another admin token would be left. */
export function* assertAdminStays({ orgId, userEmail, orgTokenId }: Leaving): Unit<void> {
  const members = yield* rows<{ record: string }>(
    sql`select record from members where org_id = ${orgId}`,
  )
  const isOtherAdmin = (member: Member): boolean =>
    member.scopes === 'admin' && member.userEmail !== userEmail
  if (members.some(({ record }) => isOtherAdmin(JSON.parse(record) as Member))) return
  const tokens = yield* rows<{ record: string }>(
    sql`select record from tokens where org_id = ${orgId} and token_id is not ${orgTokenId ?? null}`,
  )
  const isAdmin = ({ scopes, revokedAt }: OrgToken): boolean =>
    scopes === 'admin' && revokedAt === null
  if (tokens.some(({ record }) => isAdmin(JSON.parse(record) as OrgToken))) return
  throw new HatcheryError(
    'invalid',
    `${userEmail ?? 'this token'} is the last who may do everything in the organization: make another member an admin first, or an admin token`,
  )
}

/** In the first organization the next start makes a token where none is left. */
export function* isFirstOrganization(orgId: string): Unit<boolean> {
  const [first] = yield* rows<{ org_id: string }>(
    sql`select org_id from organizations order by seq limit 1`,
  )
  return first?.org_id === orgId
}
