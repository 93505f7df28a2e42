/** How much one address or one token may ask for: buckets of tokens, bounded in memory, without timers. */
import { HatcheryError } from '@hatchery/contract'
import { createBuckets } from './buckets.ts'
import { FormerTokenError } from './former-token-error.ts'

export interface RateLimitSettings {
  readonly anonymousPerSecond: number
  readonly anonymousBurst: number
  readonly failedLoginsPerMinute: number
  /** Absent: no limit. */
  readonly tokenPerSecond?: number
}

/** What is needed of an HTTP request. `ip` is the caller's address, behind a trusted proxy too. */
interface Asker {
  readonly ip: string
}

/** Each refuses with `rate-limited`, which says the limit and after how many seconds to try again. */
export interface RateLimits {
  /** Counts a request that no token vouches for. */
  countAnonymous(asker: Asker): void
  /**
   * The answer of `look`, which looks at a token. It is not called after too many failures; an `unauthenticated` of
   * it is a failure, unless the token was good once. A token that is good counts as one request of its own.
   */
  login<A extends { readonly orgTokenId: string }>(asker: Asker, look: () => Promise<A>): Promise<A>
}

/** A token may come this many seconds' worth of requests at once. */
const tokenBurstSeconds = 5

/** `monotonic`: milliseconds that only go forward. */
export function createRateLimits(settings: RateLimitSettings, monotonic: () => number): RateLimits {
  const { anonymousPerSecond, anonymousBurst, failedLoginsPerMinute, tokenPerSecond } = settings
  const anonymous = createBuckets(1_000 / anonymousPerSecond, anonymousBurst)
  const failures = createBuckets(60_000 / failedLoginsPerMinute, failedLoginsPerMinute)
  const tokens =
    tokenPerSecond === undefined
      ? undefined
      : createBuckets(1_000 / tokenPerSecond, tokenPerSecond * tokenBurstSeconds)

  function countToken(orgTokenId: string): void {
    const waitMs = tokens?.take(orgTokenId, monotonic()) ?? 0
    if (waitMs > 0)
      throw tooMany(waitMs, `a token may make ${tokenPerSecond} requests a second`, 'go on')
  }

  return {
    countAnonymous({ ip }) {
      const network = networkOf(ip)
      const waitMs = anonymous.take(network, monotonic())
      if (waitMs === 0) return
      const limit = `${anonymousPerSecond} requests a second without a token are allowed from ${network}`
      throw tooMany(waitMs, limit, 'go on, or send a token')
    },
    async login({ ip }, look) {
      const waitMs = failures.wait(() => networkOf(ip), monotonic())
      if (waitMs > 0) {
        const limit = `${failedLoginsPerMinute} failed logins a minute are allowed from ${networkOf(ip)}`
        throw tooMany(waitMs, limit, 'send a token that is known here')
      }
      const auth = await look().catch((error: unknown) => {
        if (isFailedLogin(error)) failures.take(networkOf(ip), monotonic())
        throw error
      })
      countToken(auth.orgTokenId)
      return auth
    },
  }
}

const isFailedLogin = (error: unknown): boolean =>
  error instanceof HatcheryError &&
  error.code === 'unauthenticated' &&
  !(error instanceof FormerTokenError)

export function tooMany(waitMs: number, limit: string, wayOut: string): HatcheryError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1_000))
  return new HatcheryError(
    'rate-limited',
    `${limit}, and there were more: wait ${retryAfterSeconds} s, then ${wayOut}`,
    { retryAfterSeconds },
  )
}

/** Of IPv6 the /64, which is what one customer has; of IPv4, also where it is written as IPv6, the address. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address.slice(0, longestAddress)
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [head = '', tail] = address.toLowerCase().slice(0, longestAddress).split('::', 2)
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`
}

/** A proxy may say anything. */
const longestAddress = 45
