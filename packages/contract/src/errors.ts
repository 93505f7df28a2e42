/**
 * The closed list of error codes with the HTTP status of each. An operation answers only statuses it
 * lists and the few that every server may answer; `statusOf` does that mapping.
 */
export const errorCodes = {
  'not-now': 400,
  unauthenticated: 401,
  'missing-scope': 401,
  'limit-reached': 402,
  'not-found': 404,
  timeout: 408,
  gone: 410,
  invalid: 422,
  taken: 422,
  'rate-limited': 429,
  'no-capacity': 429,
  'header-too-large': 431,
  'driver-failed': 500,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof errorCodes

/** Statuses that are possible on every operation although none lists them. */
const alwaysPossible: readonly number[] = [408, 429, 431, 500, 503]

/**
 * The status of `code` on an operation that lists `listed`. A 422 the operation does not list becomes
 * 400 where that is listed, and 404 where neither is; any other unlisted client error becomes 404.
 */
export function statusOf(code: ErrorCode, listed: readonly number[]): number {
  const status = errorCodes[code]
  if (listed.includes(status) || alwaysPossible.includes(status)) return status
  if (status === 422 && listed.includes(400)) return 400
  if (status === 400 && listed.includes(422)) return 422
  return 404
}

/** An error for the caller: `message` is one sentence with the values in it and, where there is one, the way out. */
export class HatcheryError extends Error {
  override readonly name = 'HatcheryError'
  readonly code: ErrorCode
  /** Seconds after which trying again can help; answered as `Retry-After`. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
