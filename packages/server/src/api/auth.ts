/** From the Authorization header to the organization and what its token may do. */
import { hash } from 'node:crypto'
import { HatcheryError, type Operation, missingScope, operations } from '@hatchery/contract'
import type { OrgToken } from '../domain/organization.ts'
import { isFinal } from '../domain/process.ts'
import type { ProcessTokens } from '../domain/process-token.ts'
import type { Store } from '../domain/store.ts'

export interface Auth {
  readonly orgId: string
  /** Who it was, for `createdBy` and for counting; the process when a game server asks with its own token. */
  readonly orgTokenId: string
  readonly tokenName: string
  /** None when a game server asks: what it may do is said by the operations. */
  readonly scopes: OrgToken['scopes']
  /** The game server that asks with its own token, for itself and its rooms; null for everyone else. */
  readonly processId: string | null
}

/** Who looks tokens up, and where. */
export interface Login {
  readonly store: Store
  readonly processTokens: ProcessTokens
}

/** What is asked for. */
export type Needed = Pick<Operation, 'access' | 'process'>

/** The token comes raw or with `Bearer`; undefined where none is sent. */
export const secretIn = (header: string | undefined): string | undefined =>
  header?.replace(/^bearer\s+/i, '').trim() || undefined

/** A token that was good once. Whoever has it does not guess, so it counts as no failed login. */
export class FormerTokenError extends HatcheryError {
  constructor(message: string) {
    super('unauthenticated', message)
  }
}

export const hashToken = (secret: string): string => hash('sha256', secret)

/**
 * Throws `unauthenticated` or, naming the scope, `missing-scope`. What is for
 * `admin` concerns the whole installation: an admin token of any organization will do, and no list of scopes.
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
    ? await asOrganization(login.store, secret, needed)
    : await asProcess(login.store, processId, needed)
}

async function asOrganization(store: Store, secret: string, { access }: Needed): Promise<Auth> {
  const token = await store.findTokenByHash(hashToken(secret))
  if (token === undefined) throw new HatcheryError('unauthenticated', unknownToken(secret))
  const { orgId, orgTokenId, name, scopes, revokedAt } = token
  if (revokedAt !== null) throw new FormerTokenError(`the token "${name}" was revoked`)
  if (access === 'admin' && scopes !== 'admin')
    throw new HatcheryError('missing-scope', `the token "${name}" is no admin token`)
  const missing = typeof access === 'string' ? undefined : missingScope(scopes, access)
  if (missing !== undefined)
    throw new HatcheryError('missing-scope', `the token "${name}" lacks the scope ${missing}`)
  return { orgId, orgTokenId, tokenName: name, scopes, processId: null }
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
  return { orgId, orgTokenId: processId, tokenName, scopes: [], processId }
}

const forProcesses: readonly string[] = Object.values<Operation>(operations)
  .filter(({ process }) => process === true)
  .map(({ id }) => id)
