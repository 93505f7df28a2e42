/** What a client and a single call can be told. */
import type { HTTPClient } from './http-client.ts'
import type { RetryConfig } from './retries.ts'

export interface DebugLogger {
  log(message: string): void
}

export interface HatcheryOptions {
  /** Where the API is, with its base path if it has one; in a browser it may be relative to the page. */
  serverURL: string | URL
  /** Used by every call that is given none. */
  appId?: string | undefined
  /** Used by every call that is given none; the server knows it from the token when left out. */
  orgId?: string | undefined
  /** The organization's token, or a function that is asked for it before each try. */
  hathoraDevToken?: string | (() => string | Promise<string>) | undefined
  /** Milliseconds a try may take; no limit when left out. Streams: until they begin. */
  timeoutMs?: number | undefined
  /** Whether calls that fail are made again; they are not when left out. */
  retryConfig?: RetryConfig | undefined
  /** Used in place of the global `fetch`. */
  fetch?: typeof fetch | undefined
  /** Sends the requests, with hooks around it, in place of `fetch`. */
  httpClient?: HTTPClient | undefined
  /** Told each request and how it ended, without tokens: `console` will do. */
  debugLogger?: DebugLogger | undefined
  /** Sent as `User-Agent`, where the platform lets it. */
  userAgent?: string | undefined
}

/** Who calls, where that is a player: the token that a login answered. */
export interface PlayerSecurity {
  playerAuth: string
}

export interface RequestOptions {
  /** Ends the call, and a stream that it answered. */
  signal?: AbortSignal | null | undefined
  /** Milliseconds each try of this call may take, in place of the client's; 0 for no limit. */
  timeoutMs?: number | undefined
  /** Whether this call is made again when it fails, in place of what the client says. */
  retries?: RetryConfig | undefined
  /** Statuses that are tried again, as `503` or `5XX`; 408, 429 and 5XX when left out. */
  retryCodes?: string[] | undefined
  /** Headers beside, or in place of, the ones the client sends. */
  headers?: RequestInit['headers'] | undefined
  /** Where this call goes. The token goes there too. */
  serverURL?: string | URL | undefined
}
