import { HatcheryError, type Scope, missingScope } from '@hatchery/contract'
import type { OrgToken } from '../../domain/organization.ts'
import { orgTokenRecord } from '../../domain/wire.ts'
import { type Auth, hashToken } from '../auth.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'
import { newTokenSecret } from '../org-token.ts'

/** The secret is in this answer and nowhere else. */
export const createOrgToken: Handler<'CreateOrgToken'> = async ({ params, body }, context) => {
  assertOwnOrganization(context, params.orgId)
  const scopes = scopesOf(body.scopes)
  assertMayGrant(context.auth, scopes)
  const { store, clock, uuid, log } = context.services
  const secret = newTokenSecret()
  const token: OrgToken = {
    orgTokenId: `org-token-${uuid()}`,
    orgId: params.orgId,
    name: body.name,
    hash: hashToken(secret),
    lastFour: secret.slice(-4),
    scopes,
    createdAt: clock.now(),
    createdBy: context.auth.orgTokenId,
    revokedAt: null,
  }
  await store.insertToken(token)
  const { orgTokenId, name } = token
  log.info({ event: 'token.created', orgTokenId, name, by: token.createdBy }, 'token created')
  return { orgToken: orgTokenRecord(token), plainTextToken: secret }
}

/** Left out means everything, as published. A scope that is named twice counts once. */
const scopesOf = (given: 'admin' | readonly Scope[] | undefined): OrgToken['scopes'] =>
  given === undefined || given === 'admin' ? 'admin' : [...new Set(given)]

/** Nobody can grant what they lack. */
function assertMayGrant({ tokenName, scopes }: Auth, granted: OrgToken['scopes']): void {
  if (granted === 'admin') {
    if (scopes === 'admin') return
    throw new HatcheryError(
      'missing-scope',
      `the token "${tokenName}" is no admin token, so it cannot make one: name the scopes of the new token`,
    )
  }
  const missing = missingScope(scopes, granted)
  if (missing === undefined) return
  throw new HatcheryError(
    'missing-scope',
    `the token "${tokenName}" lacks the scope ${missing}, so it cannot grant it`,
  )
}
