/** Who somebody is by the word of Google: an ID token, signed with one of the keys that Google publishes. */
import { HatcheryError } from '@hatchery/contract'
import type { JWTPayload, JWTVerifyGetKey } from 'jose'
import type { Clock } from '../../domain/clock.ts'

export interface GoogleSettings {
  /** Where the keys are. */
  readonly keysUrl: string
  /** Who may have signed. */
  readonly issuers: readonly string[]
}

export interface GoogleIdentities {
  /**
   * Throws `unauthenticated` when the token is not signed by one of the keys, is over, or is not for `clientId`, and
   * `unavailable` when the keys cannot be read. Keys are kept for 10 minutes; an unknown one is looked for anew, at most
   * each 30 s.
   */
  identityIn(idToken: string, clientId: string): Promise<{ id: string; name: string }>
}

const keepKeysMs = 600_000
const lookAgainMs = 30_000
const patienceMs = 5_000
const longestName = 100

export function createGoogleIdentities(settings: GoogleSettings, clock: Clock): GoogleIdentities {
  const { keysUrl, issuers } = settings
  let keys: JWTVerifyGetKey | undefined
  return {
    async identityIn(idToken, clientId) {
      keys ??= await remoteKeys(keysUrl)
      const { jwtVerify } = await import('jose/jwt/verify')
      try {
        const { payload } = await jwtVerify(idToken, keys, {
          algorithms: ['RS256'],
          issuer: [...issuers],
          // A list: an empty text alone would mean that any will do.
          audience: [clientId],
          requiredClaims: ['sub', 'exp'],
          currentDate: new Date(clock.now()),
        })
        return identityOf(payload)
      } catch (error) {
        throw refusal(error, keysUrl)
      }
    },
  }
}

async function remoteKeys(keysUrl: string): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet } = await import('jose/jwks/remote')
  return createRemoteJWKSet(new URL(keysUrl), {
    cacheMaxAge: keepKeysMs,
    cooldownDuration: lookAgainMs,
    timeoutDuration: patienceMs,
  })
}

function identityOf({ sub, name }: JWTPayload): { id: string; name: string } {
  if (typeof sub !== 'string' || sub === '') throw wrong('it names nobody')
  const told = typeof name === 'string' && name !== '' ? name : sub
  return { id: sub, name: told.slice(0, longestName) }
}

/** Codes of the library that tell of the token; all others tell of the keys. */
const ofToken = /^ERR_(?:JW[TS]_|JOSE_ALG_NOT_ALLOWED|JOSE_NOT_SUPPORTED|JWKS_NO_MATCHING_KEY)/

function refusal(error: unknown, keysUrl: string): unknown {
  if (error instanceof HatcheryError) return error
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string' && ofToken.test(code)) return wrong(String(message))
  return new HatcheryError(
    'unavailable',
    `the keys of Google at ${keysUrl} cannot be read: try again later`,
    { cause: error },
  )
}

const wrong = (why: string): HatcheryError =>
  new HatcheryError(
    'unauthenticated',
    `the ID token is not accepted, ${why}: log in to Google anew`,
  )
