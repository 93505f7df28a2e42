/** Whether a call that failed is made again, and after how long. Off unless the client or the call says otherwise. */
import { ApiError, ConnectionError, RequestTimeoutError } from './errors.ts'

/** Named as in the official client; what is left out has the default. */
export type RetryConfig =
  | { strategy: 'none' }
  | {
      strategy: 'backoff'
      backoff?: Partial<BackoffStrategy> | undefined
      /** Also where no answer came; on when left out. */
      retryConnectionErrors?: boolean | undefined
    }

/** The pause before try n is by chance between 0 and `initialInterval` × `exponent`^n, and `Retry-After` at least. */
export interface BackoffStrategy {
  /** Milliseconds: 500. */
  initialInterval: number
  /** Milliseconds: 10,000. */
  maxInterval: number
  /** 2. */
  exponent: number
  /** Milliseconds over all tries and pauses: 30,000. */
  maxElapsedTime: number
}

const defaults: BackoffStrategy = {
  initialInterval: 500,
  maxInterval: 10_000,
  exponent: 2,
  maxElapsedTime: 30_000,
}
const defaultCodes = ['408', '429', '5XX']

export interface Failed {
  readonly error: unknown
  /** From 0. */
  readonly tries: number
  /** Monotonic ms since the first try began. */
  readonly elapsedMs: number
  /** Doing it twice would make two things: it is only done again where the first was surely not done. */
  readonly isOnce: boolean
}

/** Milliseconds to wait before the next try; undefined where it failed for good. */
export function pauseBefore(
  config: RetryConfig | undefined,
  codes: readonly string[] = defaultCodes,
  { error, tries, elapsedMs, isOnce }: Failed,
): number | undefined {
  if (config?.strategy !== 'backoff') return undefined
  const { initialInterval, maxInterval, exponent, maxElapsedTime } = {
    ...defaults,
    ...config.backoff,
  }
  const mayHelp =
    error instanceof ApiError
      ? codes.some((code) => isOf(code, error.status)) && (!isOnce || isUndone(error))
      : config.retryConnectionErrors !== false && isUnanswered(error, isOnce)
  if (!mayHelp) return undefined
  const longest = Math.min(maxInterval, initialInterval * exponent ** tries)
  const pauseMs = Math.max(Math.random() * longest, askedMs(error))
  return elapsedMs + pauseMs > maxElapsedTime ? undefined : pauseMs
}

/** `503`, or `5XX` for all that begin so. */
const isOf = (code: string, status: number): boolean =>
  /^\dxx$/i.test(code) ? code.startsWith(String(status)[0] ?? '') : code === String(status)

/** What these answer was not done. A 503 may be of a proxy that had passed the request on. */
const isUndone = ({ status, code }: ApiError): boolean =>
  status === 408 || status === 429 || (status === 503 && code !== undefined)

function isUnanswered(error: unknown, isOnce: boolean): boolean {
  if (isOnce) return error instanceof ConnectionError && neverArrived.has(codeOf(error))
  return error instanceof ConnectionError || error instanceof RequestTimeoutError
}

/** Where nothing was sent: browsers do not tell. */
const neverArrived = new Set<unknown>([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'ConnectionRefused', 'FailedToOpenSocket'],
])

/** Node puts it into a cause of the cause, or into the first of several. */
function codeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && error.code !== undefined) return error.code
  return codeOf(error instanceof AggregateError ? error.errors[0] : error.cause)
}

/** A number of seconds, or a date. */
function askedMs(error: unknown): number {
  const text = error instanceof ApiError ? error.headers.get('Retry-After') : null
  if (text === null || text === '') return 0
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) && ms > 0 ? ms : 0
}
