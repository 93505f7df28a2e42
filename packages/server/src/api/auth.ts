/** From the Authorization header to the organization and what its token may do. */
import { hash } from 'node:crypto'
import { HatcheryError, type Scope, grants } from '@hatchery/contract'
import type { OrgToken } from '../domain/organization.ts'
import type { Store } from '../domain/store.ts'

export interface Auth {
  readonly orgId: string
  /** Who it was, for `createdBy`. */
  readonly orgTokenId: string
  readonly scopes: OrgToken['scopes']
}

export const hashToken = (secret: string): string => hash('sha256', secret)

/** Throws `unauthenticated` or, naming the scope, `missing-scope`. The token comes raw or with `Bearer`. */
export async function authenticate(
  store: Store,
  header: string | undefined,
  needed: readonly Scope[],
): Promise<Auth> {
  const secret = header?.replace(/^bearer\s+/i, '').trim()
  if (secret === undefined || secret === '') {
    throw new HatcheryError(
      'unauthenticated',
      'no token was sent: send the header "Authorization: Bearer <token>"',
    )
  }
  const token = await store.findTokenByHash(hashToken(secret))
  if (token === undefined) throw new HatcheryError('unauthenticated', 'the token is not known here')
  if (token.revokedAt !== null)
    throw new HatcheryError('unauthenticated', `the token "${token.name}" was revoked`)
  for (const scope of needed) {
    if (grants(token.scopes, [scope])) continue
    throw new HatcheryError('missing-scope', `the token "${token.name}" lacks the scope ${scope}`)
  }
  return { orgId: token.orgId, orgTokenId: token.orgTokenId, scopes: token.scopes }
}

/** For what belongs to the whole installation: an admin token of any organization. */
export async function assertAdmin(store: Store, header: string | undefined): Promise<void> {
  const { scopes } = await authenticate(store, header, [])
  if (scopes !== 'admin')
    throw new HatcheryError('missing-scope', 'only an admin token may read this')
}
