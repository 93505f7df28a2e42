import type { Scope } from '@hatchery/contract'
import type { OrgToken } from '../../domain/organization.ts'
import { orgTokenRecord } from '../../domain/wire.ts'
import { hashToken } from '../auth.ts'
import type { Handler } from '../context.ts'
import { assertOwnOrganization } from '../find.ts'
import { assertMayGrant } from '../may-grant.ts'
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
    createdBy: context.auth.by,
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
