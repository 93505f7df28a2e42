/** The first start of an empty data folder: one organization and one admin token. Later starts check the setting. */
import { HatcheryError } from '@hatchery/contract'
import { hashToken } from '../api/auth.ts'
import { newTokenSecret } from '../api/org-token.ts'
import type { DataFolder } from './data-folder.ts'
import type { Instant } from '../domain/clock.ts'
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
  const { store, folder, adminToken } = options
  if ((await store.findFirstOrganization()) !== undefined) {
    await assertSameToken(store, folder, adminToken)
    return false
  }
  const secret = adminToken ?? folder.readToken() ?? newTokenSecret()
  folder.writeToken(secret)
  await insertFirst(options, secret)
  return true
}

async function insertFirst({ store, uuid, now }: FirstStartOptions, secret: string): Promise<void> {
  const orgId = `org-${uuid()}`
  await store.insertOrganization(
    { orgId, name: 'default', createdAt: now },
    {
      orgTokenId: `org-token-${uuid()}`,
      orgId,
      name: 'admin',
      hash: hashToken(secret),
      lastFour: secret.slice(-4),
      scopes: 'admin',
      createdAt: now,
      createdBy: 'first start',
      revokedAt: null,
    },
  )
}

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
