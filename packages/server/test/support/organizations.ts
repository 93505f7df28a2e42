/** Further organizations, which no operation of the API makes: written while the server is down. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { hashToken } from '../../src/api/auth.ts'
import { newTokenSecret } from '../../src/api/org-token.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { type OrgToken, newOrganization } from '../../src/domain/organization.ts'
import type { Store } from '../../src/domain/store.ts'
import { openSqliteStore } from '../../src/stores/sqlite.ts'
import type { TestHatchery } from './start-hatchery.ts'

type Token = Partial<Pick<OrgToken, 'name' | 'scopes' | 'revokedAt'>>

/** Restarts the server; for each of `tokens` (admin unless it says else) there is an organization with that one then. */
export async function withOrganizations<H extends TestHatchery>(
  { server, data, restart }: Pick<H, 'server' | 'data'> & { restart(): Promise<H> },
  tokens: readonly Token[],
): Promise<{ hatchery: H; secrets: string[] }> {
  await server.close()
  const store = await openSqliteStore({ file: join(data, 'hatchery.db'), clock: systemClock })
  const secrets: string[] = []
  for (const token of tokens) secrets.push(await insert(store, token))
  await store.close()
  return { hatchery: await restart(), secrets }
}

async function insert(store: Store, given: Token): Promise<string> {
  const secret = newTokenSecret()
  const orgId = `org-${randomUUID()}`
  await store.insertOrganization(newOrganization({ orgId, name: orgId, createdAt: Date.now() }), {
    orgTokenId: `org-token-${randomUUID()}`,
    orgId,
    name: 'test',
    hash: hashToken(secret),
    lastFour: secret.slice(-4),
    scopes: 'admin',
    createdAt: Date.now(),
    createdBy: 'test',
    revokedAt: null,
    ...given,
  })
  return secret
}
