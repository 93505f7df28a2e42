import type { Scope } from '@hatchery/client'
import type { FakeHatchery } from './start-with-fakes.ts'

interface Caller {
  readonly url: string
  readonly token: string
  readonly orgTokenId: string
  readonly orgId: string
}

/** A new token of the test's organization that has these scopes only. */
export async function aTokenWith(
  { client, url }: Pick<FakeHatchery, 'client' | 'url'>,
  scopes: Scope[],
): Promise<Caller> {
  const { orgId } = await client.hatchery.whoAmI()
  const made = await client.tokensV1.createOrgToken(orgId, { name: scopes.join(' '), scopes })
  return { url, token: made.plainTextToken, orgTokenId: made.orgToken.orgTokenId, orgId }
}
