/** The first start of an empty data folder: one organization and one admin token. Later starts see that there is one. */
import { HatcheryError } from '@hatchery/contract'
import { hashToken } from '../api/auth.ts'
import { newTokenSecret } from '../api/org-token.ts'
import type { DataFolder } from './data-folder.ts'
import { type Instant, timestamp } from '../domain/clock.ts'
import { type OrgToken, newOrganization } from '../domain/organization.ts'
import type { Store } from '../domain/store.ts'

export interface FirstStartOptions {
  readonly store: Store
  readonly folder: DataFolder
  readonly adminToken: string | undefined
  readonly uuid: () => string
  readonly now: Instant
}

/** True at the first start. The token's file is written before its record: a kill between the two is made good next time. */
export async function ensureOrganization(options: FirstStartOptions): Promise<boolean> {
  const { store, folder, adminToken, now, uuid } = options
  const first = await store.findFirstOrganization()
  if (first !== undefined) {
    await ensureAdminToken(options, first.orgId)
    return false
  }
  const secret = adminToken ?? folder.readToken() ?? newTokenSecret()
  folder.writeToken(secret)
  const orgId = `org-${uuid()}`
  await store.insertOrganization(
    newOrganization({ orgId, name: 'default', createdAt: now }),
    anAdminToken(options, { orgId, secret, name: 'admin', createdBy: 'first start' }),
  )
  return true
}

/** When every admin token was revoked nobody could make another one: whoever can start the server gets one. */
async function ensureAdminToken(options: FirstStartOptions, orgId: string): Promise<void> {
  const { store, folder, adminToken, now } = options
  const tokens = await store.listTokens(orgId)
  const isAdmin = ({ scopes, revokedAt }: OrgToken): boolean =>
    scopes === 'admin' && revokedAt === null
  const isUsed = adminToken !== undefined && (await store.findTokenByHash(hashToken(adminToken)))
  if (isUsed || tokens.some(isAdmin)) return await assertSameToken(store, folder, adminToken)
  const secret = adminToken ?? newTokenSecret()
  folder.writeToken(secret)
  const name = `admin of ${timestamp(now)}`
  await store.insertToken(anAdminToken(options, { orgId, secret, name, createdBy: 'start' }))
}

const anAdminToken = (
  { uuid, now }: FirstStartOptions,
  given: Pick<OrgToken, 'orgId' | 'name' | 'createdBy'> & { readonly secret: string },
): OrgToken => ({
  orgTokenId: `org-token-${uuid()}`,
  orgId: given.orgId,
  name: given.name,
  hash: hashToken(given.secret),
  lastFour: given.secret.slice(-4),
  scopes: 'admin',
  createdAt: now,
  createdBy: given.createdBy,
  revokedAt: null,
})

async function assertSameToken(
  store: Store,
  folder: DataFolder,
  adminToken: string | undefined,
): Promise<void> {
  if (adminToken === undefined) return
  const token = await store.findTokenByHash(hashToken(adminToken))
  if (token?.scopes === 'admin' && token.revokedAt === null) return
  throw new HatcheryError(
    'invalid',
    `HATCHERY_ADMIN_TOKEN (adminToken) is not the admin token of ${folder.root}: leave it out, or set it to the content of ${folder.tokenFile}`,
  )
}
