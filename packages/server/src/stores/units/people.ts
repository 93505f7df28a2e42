/** People: invites and members of organizations. A person who leaves takes the own tokens along. */
import { HatcheryError } from '@hatchery/contract'
import type { Instant } from '../../domain/clock.ts'
import type { OrgToken } from '../../domain/organization.ts'
import type { Leaving } from '../../domain/people-store.ts'
import type { Grant, Invite, Member, Standing } from '../../domain/person.ts'
import { personRecord } from '../../domain/wire.ts'
import { type Unit, rows, sql } from '../statements.ts'
import { recordEvent } from './events.ts'
import { assertAdminStays } from './last-admin.ts'
import { insertToken, listTokens, revokeToken, writeToken } from './tokens.ts'

type RecordRow = { record: string }

function* findInvite(orgId: string, userEmail: string): Unit<Invite | undefined> {
  const [row] = yield* rows<RecordRow>(
    sql`select record from invites where org_id = ${orgId} and user_email = ${userEmail}`,
  )
  return row && (JSON.parse(row.record) as Invite)
}

function* findMember(orgId: string, userEmail: string): Unit<Member | undefined> {
  const [row] = yield* rows<RecordRow>(
    sql`select record from members where org_id = ${orgId} and user_email = ${userEmail}`,
  )
  return row && (JSON.parse(row.record) as Member)
}

export function* findStanding(orgId: string, userEmail: string): Unit<Standing | undefined> {
  const member = yield* findMember(orgId, userEmail)
  if (member !== undefined) return { kind: 'joined', person: member }
  const invite = yield* findInvite(orgId, userEmail)
  return invite && { kind: 'invited', person: invite }
}

/** In every organization, the oldest first. */
export function* listStandings(userEmail: string): Unit<Standing[]> {
  const invites = yield* rows<RecordRow>(
    sql`select record from invites where user_email = ${userEmail}`,
  )
  const members = yield* rows<RecordRow>(
    sql`select record from members where user_email = ${userEmail}`,
  )
  const standings: Standing[] = [
    ...invites.map(
      ({ record }) => ({ kind: 'invited', person: JSON.parse(record) as Invite }) as const,
    ),
    ...members.map(
      ({ record }) => ({ kind: 'joined', person: JSON.parse(record) as Member }) as const,
    ),
  ]
  return standings.toSorted((a, b) => a.person.createdAt - b.person.createdAt)
}

/** Newest first. */
export function* listInvites(orgId: string): Unit<Invite[]> {
  const found = yield* rows<RecordRow>(
    sql`select record from invites where org_id = ${orgId} order by seq desc`,
  )
  return found.map(({ record }) => JSON.parse(record) as Invite)
}

/** In the order in which they joined. */
export function* listMembers(orgId: string): Unit<Member[]> {
  const found = yield* rows<RecordRow>(
    sql`select record from members where org_id = ${orgId} order by seq`,
  )
  return found.map(({ record }) => JSON.parse(record) as Member)
}

export function* insertInvite(invite: Invite, now: Instant): Unit<void> {
  const { orgId, userEmail } = invite
  const standing = yield* findStanding(orgId, userEmail)
  if (standing !== undefined) throw alreadyThere(standing)
  yield sql`
    insert into invites (org_id, user_email, record)
    values (${orgId}, ${userEmail}, ${JSON.stringify(invite)})`
  yield* recordPerson({ kind: 'invited', person: invite }, now)
}

const alreadyThere = ({ kind, person: { userEmail } }: Standing): HatcheryError =>
  new HatcheryError(
    'taken',
    kind === 'joined'
      ? `${userEmail} is a member already`
      : `${userEmail} is invited already: rescind that invite first, or change it`,
  )

export function* changeInvite(
  orgId: string,
  userEmail: string,
  { scopes, now }: { scopes: Grant; now: Instant },
): Unit<boolean> {
  const invite = yield* findInvite(orgId, userEmail)
  if (invite === undefined) return false
  const person = { ...invite, scopes }
  yield sql`
    update invites set record = ${JSON.stringify(person)}
    where org_id = ${orgId} and user_email = ${userEmail}`
  yield* recordPerson({ kind: 'invited', person }, now)
  return true
}

export function* acceptInvite(
  orgId: string,
  userEmail: string,
  { at, now }: { at: Instant; now: Instant },
): Unit<Member | undefined> {
  const invite = yield* findInvite(orgId, userEmail)
  if (invite === undefined) return undefined
  const person: Member = { ...invite, joinedAt: at, lastLogin: at }
  yield sql`delete from invites where org_id = ${orgId} and user_email = ${userEmail}`
  yield sql`
    insert into members (org_id, user_email, record)
    values (${orgId}, ${userEmail}, ${JSON.stringify(person)})`
  yield* recordPerson({ kind: 'joined', person }, now)
  return person
}

export function* changeMember(
  orgId: string,
  userEmail: string,
  { scopes, now }: { scopes: Grant; now: Instant },
): Unit<Member | undefined> {
  const member = yield* findMember(orgId, userEmail)
  if (member === undefined) return undefined
  if (member.scopes === 'admin' && scopes !== 'admin') yield* assertAdminStays({ orgId, userEmail })
  const person = { ...member, scopes }
  yield* writeMember(person)
  yield* recordPerson({ kind: 'joined', person }, now)
  return person
}

export function* removePerson(
  { orgId, userEmail, kind, at }: Leaving,
  now: Instant,
): Unit<boolean> {
  const standing = yield* findStanding(orgId, userEmail)
  if (standing === undefined || standing.kind !== kind) return false
  if (kind === 'joined' && standing.person.scopes === 'admin')
    yield* assertAdminStays({ orgId, userEmail })
  yield sql`delete from invites where org_id = ${orgId} and user_email = ${userEmail}`
  yield sql`delete from members where org_id = ${orgId} and user_email = ${userEmail}`
  for (const { owner, orgTokenId } of yield* listTokens(orgId)) {
    if (owner?.userEmail === userEmail) yield* revokeToken(orgId, orgTokenId, { at, now })
  }
  yield* recordEvent(eventOf(standing, 'gone', now))
  return true
}

/**
 * A token of a person who is invited or a member, else `not-found`. Those of the person that were never used in their
 * time are forgotten.
 */
export function* insertPersonalToken(token: OrgToken, now: Instant): Unit<void> {
  const { orgId, owner } = token
  const userEmail = owner?.userEmail ?? ''
  if ((yield* findStanding(orgId, userEmail)) === undefined)
    throw new HatcheryError('not-found', `${userEmail} is neither invited nor a member`)
  for (const { owner: other, orgTokenId } of yield* listTokens(orgId)) {
    const unusedUntil = other?.userEmail === userEmail ? other.unusedUntil : null
    if (unusedUntil !== null && unusedUntil <= now)
      yield sql`delete from tokens where token_id = ${orgTokenId}`
  }
  yield* insertToken(token, now)
}

export function* recordLogin(token: OrgToken, at: Instant): Unit<void> {
  const { orgId, owner } = token
  if (owner === undefined) return
  if (owner.unusedUntil !== null) yield* markUsed(token)
  const member = yield* findMember(orgId, owner.userEmail)
  if (member !== undefined) yield* writeMember({ ...member, lastLogin: at })
}

/** As it is by now: it may have been revoked since the caller looked. */
function* markUsed({ orgId, orgTokenId }: OrgToken): Unit<void> {
  const current = (yield* listTokens(orgId)).find((one) => one.orgTokenId === orgTokenId)
  if (current?.owner === undefined) return
  yield* writeToken({ ...current, owner: { ...current.owner, unusedUntil: null } })
}

function* writeMember(member: Member): Unit<void> {
  yield sql`
    update members set record = ${JSON.stringify(member)}
    where org_id = ${member.orgId} and user_email = ${member.userEmail}`
}

const recordPerson = (standing: Standing, now: Instant): Unit<void> =>
  recordEvent(eventOf(standing, standing.kind, now))

function eventOf(standing: Standing, status: Standing['kind'] | 'gone', at: Instant) {
  const { orgId, userEmail } = standing.person
  const body = JSON.stringify({ ...personRecord(standing), status })
  return { at, orgId, appId: null, kind: 'member', subject: userEmail, body } as const
}
