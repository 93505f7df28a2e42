/** From the Authorization header to the organization and what its token may do. */
import { hash } from 'node:crypto'
import { HatcheryError, type Operation, missingScope, operations } from '@hatchery/contract'
import type { Clock } from '../domain/clock.ts'
import type { OrgToken, TokenScopes } from '../domain/organization.ts'
import { isFinal } from '../domain/process.ts'
import type { ProcessTokens } from '../domain/process-token.ts'
import type { Store } from '../domain/store.ts'
import { type Bearer, bearerOf } from './person-auth.ts'
import { FormerTokenError } from './former-token-error.ts'

export interface Auth {
  readonly orgId: string
  /** Which token it was, for counting; the process when a game server asks with its own. */
  readonly orgTokenId: string
  /** Who it was, for `createdBy` and the log: the e-mail address of a person, else the same as `orgTokenId`. */
  readonly by: string
  readonly tokenName: string
  /** None when a game server asks: what it may do is said by the operations. */
  readonly scopes: TokenScopes
  /** The game server that asks with its own token, for itself and its rooms; null for everyone else. */
  readonly processId: string | null
  /** The person whose token it is; null for everyone else. */
  readonly userEmail: string | null
  /** Whether the token came to that person by mail, so that nobody else can have it. */
  readonly isMailed: boolean
}

/** Who looks tokens up, and where. */
export interface Login {
  readonly store: Store
  readonly processTokens: ProcessTokens
  readonly clock: Clock
}

/** What is asked for. */
export type Needed = Pick<Operation, 'access' | 'process'>

/** The token comes raw or with `Bearer`; undefined where none is sent. */
export const secretIn = (header: string | undefined): string | undefined =>
  header?.replace(/^bearer\s+/i, '').trim() || undefined

export const hashToken = (secret: string): string => hash('sha256', secret)

/**
 * Throws `unauthenticated` or, naming the scope, `missing-scope`. What is for
 * an operator concerns the whole installation: an admin of its first organization may, and no list of scopes will do.
 */
export async function authenticate(
  login: Login,
  header: string | undefined,
  needed: Needed,
): Promise<Auth> {
  const secret = secretIn(header)
  if (secret === undefined) {
    throw new HatcheryError(
      'unauthenticated',
      'no token was sent: send the header "Authorization: Bearer <token>"',
    )
  }
  const processId = login.processTokens.processIdOf(secret)
  return processId === undefined
    ? await asOrganization(login, secret, needed)
    : await asProcess(login.store, processId, needed)
}

async function asOrganization(login: Login, secret: string, { access }: Needed): Promise<Auth> {
  const token = await login.store.findTokenByHash(hashToken(secret))
  if (token === undefined) throw new HatcheryError('unauthenticated', unknownToken(secret))
  if (token.revokedAt !== null) throw new FormerTokenError(`the token "${token.name}" was revoked`)
  const bearer = await bearerOf(login, token)
  if (access === 'operator') await assertOperator(login.store, token, bearer)
  const missing = typeof access === 'string' ? undefined : missingScope(bearer.scopes, access)
  if (missing !== undefined)
    throw new HatcheryError('missing-scope', `${nameOf(token, bearer)} lacks the scope ${missing}`)
  const { orgId, orgTokenId, name: tokenName } = token
  return { orgId, orgTokenId, tokenName, ...bearer, processId: null }
}

/** Whoever has not accepted an invite yet shall see why nothing is allowed. */
const nameOf = ({ name }: OrgToken, { userEmail, scopes }: Bearer): string =>
  userEmail !== null && scopes.length === 0
    ? `the token "${name}", whose invite is not accepted yet,`
    : `the token "${name}"`

async function assertOperator(store: Store, token: OrgToken, bearer: Bearer): Promise<void> {
  if (bearer.scopes !== 'admin')
    throw new HatcheryError('missing-scope', `${nameOf(token, bearer)} is no admin token`)
  const first = await store.findFirstOrganization()
  if (first?.orgId === token.orgId) return
  throw new HatcheryError(
    'missing-scope',
    `the token "${token.name}" is no operator's: what concerns the whole installation needs an admin token of its first organization`,
  )
}

/** A JSON web token is one of a player. */
const unknownToken = (secret: string): string =>
  secret.startsWith('eyJ')
    ? 'the token of a player may not call this: use a token of the organization'
    : 'the token is not known here'

async function asProcess(store: Store, processId: string, needed: Needed): Promise<Auth> {
  const process = await store.findProcessById(processId)
  if (process === undefined || isFinal(process.status)) {
    throw new FormerTokenError(`the process ${processId} has ended, and its token with it`)
  }
  if (needed.process !== true) {
    throw new HatcheryError(
      'missing-scope',
      `the token of a game server may only call ${forProcesses.join(', ')}, for itself and its rooms: use a token of the organization`,
    )
  }
  const { orgId } = process
  const tokenName = `process ${processId}`
  return {
    ...{ orgId, orgTokenId: processId, by: processId, tokenName, scopes: [], processId },
    ...{ userEmail: null, isMailed: false },
  }
}

const forProcesses: readonly string[] = Object.values<Operation>(operations)
  .filter(({ process }) => process === true)
  .map(({ id }) => id)
