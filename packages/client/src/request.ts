/** A call as an HTTP request: address, headers, body. */
import { InvalidRequestError } from './errors.ts'
import { type FormParts, formOf } from './form.ts'
import type { HatcheryOptions, PlayerSecurity, RequestOptions } from './options.ts'

/** A call of an operation, before the client's own values are filled in. */
export interface Call {
  readonly operation: string
  readonly method: string
  /** With `{name}` for each of `params`. */
  readonly path: string
  readonly params?: Readonly<Record<string, string | number | undefined>>
  /** An array becomes a repeated key; undefined is left out. */
  readonly query?: Readonly<Record<string, QueryValue>>
  /** Sent as JSON; undefined sends no body and no content type. */
  readonly body?: unknown
  /** Sent as a form, in place of `body`; undefined parts are left out. */
  readonly form?: FormParts
  /** Each call makes a new thing: it is not repeated where the first may have been done. */
  readonly creates?: boolean
  /** The operation needs no token: none is sent. */
  readonly public?: true
  /** The token of a player, in place of the client's own. */
  readonly security?: PlayerSecurity | undefined
}

type Scalar = string | number | boolean
export type QueryValue = Scalar | readonly Scalar[] | undefined

/** Throws an InvalidRequestError for an id that is missing or a value that cannot be sent. */
export async function requestOf(
  client: HatcheryOptions,
  call: Call,
  options: RequestOptions,
): Promise<{ url: string; init: RequestInit }> {
  const base = baseUrl(call.operation, options.serverURL ?? client.serverURL)
  return {
    url: `${base}${pathOf(client, call)}${searchOf(client, call)}`,
    init: {
      method: call.method,
      headers: await headersOf(client, call, options),
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      ...(call.form !== undefined && { body: await formOf(call.form) }),
      // The token goes to the address it was given with, and nowhere else.
      redirect: 'error',
    },
  }
}

function baseUrl(operation: string, serverURL: string | URL): string {
  // Only browsers have one.
  const page = globalThis.location as Location | undefined
  if (!URL.canParse(String(serverURL), page?.href)) {
    throw new InvalidRequestError(operation, 'serverURL is not a URL, as http://127.0.0.1:4282')
  }
  const { origin, pathname, protocol, username, password } = new URL(serverURL, page?.href)
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new InvalidRequestError(
      operation,
      `serverURL begins with ${protocol}, not http: or https:`,
    )
  }
  if (username !== '' || password !== '') {
    throw new InvalidRequestError(operation, 'serverURL has a user name in it: use hathoraDevToken')
  }
  return `${origin}${pathname.replace(/\/+$/, '')}`
}

function pathOf(client: HatcheryOptions, { operation, path, params }: Call): string {
  if (params === undefined) return path
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? (name === 'appId' ? client.appId : undefined)
    return segment(operation, name, value)
  })
}

/** A value as one segment of the path. Dots alone would be taken for a step to another folder. */
function segment(operation: string, name: string, value: string | number | undefined): string {
  if (value === undefined || value === '') {
    const way = name === 'appId' ? 'pass it, or give it to new Hatchery()' : 'pass it'
    throw new InvalidRequestError(operation, `${name} is missing: ${way}`)
  }
  if (value === '.' || value === '..') {
    throw new InvalidRequestError(operation, `${name} cannot be ${value}`)
  }
  return encodeURIComponent(value)
}

function searchOf(client: HatcheryOptions, { query = {} }: Call): string {
  const filled = 'orgId' in query ? { ...query, orgId: query['orgId'] ?? client.orgId } : query
  const pairs = Object.entries(filled).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, String(one)]),
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

async function headersOf(
  client: HatcheryOptions,
  call: Call,
  options: RequestOptions,
): Promise<Headers> {
  const headers = new Headers({ Accept: 'application/json, application/octet-stream, text/plain' })
  if (client.userAgent !== undefined) headers.set('User-Agent', client.userAgent)
  if (call.body !== undefined) headers.set('Content-Type', 'application/json')
  const token = await tokenFor(client, call)
  if (token) headers.set('Authorization', bearer(call.operation, token))
  try {
    for (const [name, value] of new Headers(options.headers)) headers.set(name, value)
  } catch {
    throw new InvalidRequestError(call.operation, 'a header has characters that cannot be sent')
  }
  return headers
}

/** An organization's token is never sent in the place of a player's. */
async function tokenFor(client: HatcheryOptions, call: Call): Promise<string | undefined> {
  if (call.public) return undefined
  return 'security' in call ? call.security?.playerAuth : await tokenOf(client, call.operation)
}

async function tokenOf(client: HatcheryOptions, operation: string): Promise<string | undefined> {
  const token = client.hathoraDevToken
  if (typeof token !== 'function') return token
  try {
    return await token()
  } catch (cause) {
    throw new InvalidRequestError(operation, 'hathoraDevToken() failed', { cause })
  }
}

/** Checked here, as `Headers` would show the token in its own error. */
function bearer(operation: string, token: string): string {
  const trimmed = token.trim()
  if (!/^[\x20-\x7e]+$/.test(trimmed)) {
    throw new InvalidRequestError(operation, 'the token has characters that cannot be sent')
  }
  return /^bearer /i.test(trimmed) ? trimmed : `Bearer ${trimmed}`
}
