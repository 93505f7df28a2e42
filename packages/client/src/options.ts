/** What a client and a single call can be told. */

export interface HatcheryOptions {
  /** Where the API is, with its base path if it has one; in a browser it may be relative to the page. */
  serverURL: string | URL
  /** Used by every call that is given none. */
  appId?: string | undefined
  /** Used by every call that is given none; the server knows it from the token when left out. */
  orgId?: string | undefined
  /** The organization's token, or a function that is asked for it before each call. */
  hathoraDevToken?: string | (() => string | Promise<string>) | undefined
  /** Milliseconds a call may take; no limit when left out. Streams: until they begin. */
  timeoutMs?: number | undefined
  /** Used in place of the global `fetch`. */
  fetch?: typeof fetch | undefined
}

/** Who calls, where that is a player: the token that a login answered. */
export interface PlayerSecurity {
  playerAuth: string
}

export interface RequestOptions {
  /** Ends the call, and a stream that it answered. */
  signal?: AbortSignal | undefined
  /** Milliseconds this call may take, in place of the client's; 0 for no limit. */
  timeoutMs?: number | undefined
  /** Headers beside, or in place of, the ones the client sends. */
  headers?: RequestInit['headers'] | undefined
  /** Where this call goes. The token goes there too. */
  serverURL?: string | URL | undefined
}
