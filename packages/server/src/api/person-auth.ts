/** What the bearer of a token may do at the moment: what the token says, or where it is a person's, the person. */
import { HatcheryError } from '@hatchery/contract'
import type { Clock, Instant } from '../domain/clock.ts'
import type { OrgToken, TokenOwner, TokenScopes } from '../domain/organization.ts'
import { type Standing, scopesNow } from '../domain/person.ts'
import type { Store } from '../domain/store.ts'
import { FormerTokenError } from './former-token-error.ts'

export interface Bearer {
  readonly scopes: TokenScopes
  readonly by: string
  readonly userEmail: string | null
  readonly isMailed: boolean
}

interface Login {
  readonly store: Store
  readonly clock: Clock
}

/** Refuses a personal token whose person is gone, and one that was left unused for too long. Notes a login. */
export async function bearerOf(login: Login, token: OrgToken): Promise<Bearer> {
  const { owner, scopes, orgTokenId } = token
  if (owner === undefined) return { scopes, by: orgTokenId, userEmail: null, isMailed: false }
  const { userEmail, isMailed } = owner
  const now = login.clock.now()
  if (isUnusedTooLong(token, now))
    throw new FormerTokenError(`the link of ${userEmail} was not used in time: ask for a new one`)
  const standing = await login.store.findStanding(token.orgId, userEmail)
  if (standing === undefined)
    throw new FormerTokenError(`${userEmail} is no member of the organization any more`)
  if (isWorthNoting(owner, standing, now)) await noteLogin(login.store, token, now)
  return { scopes: scopesNow(standing), by: userEmail, userEmail, isMailed }
}

export const isUnusedTooLong = ({ owner }: OrgToken, now: Instant): boolean =>
  owner !== undefined && owner.unusedUntil !== null && owner.unusedUntil <= now

const hourMs = 3_600_000

const isWorthNoting = ({ unusedUntil }: TokenOwner, standing: Standing, now: Instant): boolean =>
  unusedUntil !== null ||
  (standing.kind === 'joined' && (standing.person.lastLogin ?? 0) <= now - hourMs)

/** A full disk locks nobody out. */
async function noteLogin(store: Store, token: OrgToken, now: Instant): Promise<void> {
  try {
    await store.recordLogin(token, now)
  } catch (error) {
    if (!(error instanceof HatcheryError) || error.code !== 'unavailable') throw error
  }
}
