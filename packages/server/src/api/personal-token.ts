/** Personal tokens, and the links that show them. */
import type { OrgToken } from '../domain/organization.ts'
import { hashToken } from './auth.ts'
import type { Services } from './context.ts'
import { newTokenSecret } from './org-token.ts'

interface Given {
  readonly orgId: string
  readonly userEmail: string
  readonly isMailed: boolean
  /** Who made it. */
  readonly by: string
}

interface PersonalToken {
  readonly secret: string
  readonly token: OrgToken
}

/** How long a link is good that nobody uses. */
export const unusedDays = 7
const dayMs = 86_400_000

/** Makes and stores one; refuses with `not-found` where the person is neither invited nor a member. */
export async function newPersonalToken(
  { store, clock, uuid, log }: Services,
  { orgId, userEmail, isMailed, by }: Given,
): Promise<PersonalToken> {
  const secret = newTokenSecret()
  const id = uuid()
  const createdAt = clock.now()
  const token: OrgToken = {
    ...{ orgTokenId: `org-token-${id}`, orgId, name: `${userEmail} ${id.slice(0, 8)}` },
    ...{ hash: hashToken(secret), lastFour: secret.slice(-4), scopes: [], createdAt },
    ...{ createdBy: by, revokedAt: null },
    owner: { userEmail, isMailed, unusedUntil: createdAt + unusedDays * dayMs },
  }
  await store.insertPersonalToken(token)
  log.info({ event: 'link.made', orgTokenId: token.orgTokenId, userEmail, by }, 'link made')
  return { secret, token }
}

/** The page to join with. What is behind # stays in the browser. */
export const linkTo = (baseUrl: string, secret: string): string => `${baseUrl}/invite#${secret}`
