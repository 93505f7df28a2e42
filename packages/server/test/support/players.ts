/** Players of an application, as the official and our client want them. */
import type { Hatchery } from '@hatchery/client'
import { SignJWT } from 'jose'

export interface APlayer {
  readonly playerAuth: string
}

/** A new player each time; the application must allow anonymous logins. */
export async function aPlayer(client: Hatchery, appId: string): Promise<APlayer> {
  const { token } = await client.authV1.loginAnonymous(appId)
  return { playerAuth: token }
}

/** A token that a studio signs itself, with claims of its own. */
export const signedBy = (secret: string, claims: Record<string, unknown>): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret))
