/** Nobody can grant what they lack, and nobody reaches those who may do more. */
import { HatcheryError, type Scope, missingScope } from '@hatchery/contract'
import type { TokenScopes } from '../domain/organization.ts'
import { type Standing, scopesOf } from '../domain/person.ts'
import type { Auth } from './auth.ts'

type Granter = Pick<Auth, 'tokenName' | 'scopes'>

/** Throws `missing-scope`. */
export function assertMayGrant(granter: Granter, granted: TokenScopes): void {
  const lacking = lackingOf(granter, granted)
  if (lacking === undefined) return
  throw new HatcheryError(
    'missing-scope',
    lacking === 'everything'
      ? `the token "${granter.tokenName}" is no admin token, so it cannot grant everything: name scopes that it has`
      : `the token "${granter.tokenName}" lacks the scope ${lacking}, so it cannot grant it`,
  )
}

/** Throws `missing-scope` where the person may do what the caller may not. */
export function assertReaches(granter: Granter, { person }: Standing): void {
  if (lackingOf(granter, scopesOf(person.scopes)) === undefined) return
  throw new HatcheryError(
    'missing-scope',
    `the token "${granter.tokenName}" may not do all that ${person.userEmail} may, so it cannot change that: use an admin token`,
  )
}

function lackingOf({ scopes }: Granter, granted: TokenScopes): Scope | 'everything' | undefined {
  if (granted !== 'admin') return missingScope(scopes, granted)
  return scopes === 'admin' ? undefined : 'everything'
}
