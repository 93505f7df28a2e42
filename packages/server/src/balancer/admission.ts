/** Who may reach an application through its load balancer, and how the token is handed in. */
import type { IncomingMessage } from 'node:http'
import { HatcheryError } from '@hatchery/contract'

/**
 * Looks a token up, as it stands in a header or alone; throws `unauthenticated`, or `missing-scope` where it may not use
 * load balancers.
 */
export type Authenticate = (
  authorization: string | undefined,
) => Promise<{ readonly orgId: string }>

/**
 * Browsers can give a WebSocket no header but the protocols it speaks, so that is where it may say the token: beside
 * this name, which the answer then chooses where the game chooses none.
 */
export const tokenProtocol = 'hatchery-token'
const secretProtocol = `${tokenProtocol}.`

/** Throws as `authenticate` does, and where the token is another organization's, as if it were not known. */
export async function admit(
  authenticate: Authenticate,
  orgId: string,
  authorization: string | undefined,
): Promise<void> {
  const found = await authenticate(authorization)
  if (found.orgId !== orgId)
    throw new HatcheryError('unauthenticated', 'the token is not known here')
}

export interface Protocols {
  readonly secret: string | undefined
  /** Whether the caller can be answered with `tokenProtocol`. */
  readonly offersOurs: boolean
  /** Those that are the game's. */
  readonly others: readonly string[]
}

export function protocolsIn({ headers }: IncomingMessage): Protocols {
  const offered = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
  const secrets = offered.filter((one) => one.startsWith(secretProtocol))
  return {
    secret: secrets[0]?.slice(secretProtocol.length),
    offersOurs: offered.includes(tokenProtocol),
    others: offered.filter((one) => one !== tokenProtocol && !secrets.includes(one)),
  }
}
