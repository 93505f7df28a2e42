/** Player tokens: JSON web tokens signed with the secret of an application, so that nothing of them is stored. */
import { hash } from 'node:crypto'
import { HatcheryError } from '@hatchery/contract'
import type { JWTPayload } from 'jose'
import { type Application, goodSecrets } from '../domain/application.ts'
import type { Clock, Instant } from '../domain/clock.ts'

/** What a token says of the player. */
export interface Player {
  /** How the player logged in: `anonymous`, `nickname` or `google`; what a studio wants where it signs itself. */
  readonly type: string
  readonly id: string
  readonly name: string
}

const algorithm = 'HS256'

const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret)

/** The libraries of this are loaded at the first login, which keeps the start short. */
export async function signPlayerToken(
  { type, id, name }: Player,
  { appSecret }: Application,
  at: Instant,
): Promise<string> {
  const { SignJWT } = await import('jose/jwt/sign')
  return await new SignJWT({ type, id, name })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
    .setIssuedAt(Math.floor(at / 1_000))
    .sign(keyOf(appSecret))
}

export interface PlayerTokens {
  /** Throws `unauthenticated` when it is not signed with a good secret of the application, or is over, or names nobody. */
  playerIn(token: string, application: Application): Promise<Player>
}

interface Known {
  readonly player: Player
  readonly endsAt: Instant
}

const mostKnown = 10_000

/** Those that were good once are remembered, by a hash of them and the secret they were good for. */
export function createPlayerTokens(clock: Clock): PlayerTokens {
  const known = new Map<string, Known>()

  async function look(token: string, secret: string): Promise<Player | undefined> {
    const key = hash('sha256', `${secret} ${token}`)
    const before = known.get(key)
    if (before !== undefined && before.endsAt > clock.now()) return before.player
    const payload = await verified(token, secret, clock.now())
    if (payload === undefined) return undefined
    const player = playerOf(payload)
    if (known.size >= mostKnown) known.clear()
    known.set(key, { player, endsAt: (payload.exp ?? Infinity) * 1_000 })
    return player
  }

  return {
    async playerIn(token, application) {
      for (const secret of goodSecrets(application, clock.now())) {
        const player = await look(token, secret)
        if (player !== undefined) return player
      }
      throw refused(
        `is not signed with the secret of application ${application.appName}, or is over: log in again`,
      )
    },
  }
}

async function verified(
  token: string,
  secret: string,
  at: Instant,
): Promise<JWTPayload | undefined> {
  const { jwtVerify } = await import('jose/jwt/verify')
  const options = { algorithms: [algorithm], currentDate: new Date(at) }
  return await jwtVerify(token, keyOf(secret), options).then(
    ({ payload }) => payload,
    () => undefined,
  )
}

const longestId = 255

function playerOf({ type, id, name }: JWTPayload): Player {
  const text = typeof id === 'number' ? String(id) : id
  if (typeof text !== 'string' || text === '' || text.length > longestId)
    throw refused(`must have an "id", a text of 1 to ${longestId} characters or a number`)
  return {
    id: text,
    type: typeof type === 'string' ? type : 'unknown',
    name: typeof name === 'string' ? name : '',
  }
}

const refused = (why: string): HatcheryError =>
  new HatcheryError('unauthenticated', `the player token ${why}`)
