/**
 * What of a request and of an answer is handed on. A header is a name and a value; they come and go as flat lists, as
 * Node has them, so that order, case and repetition stay.
 */
import type { IncomingMessage } from 'node:http'

/** Names and values in turn. */
export type RawHeaders = readonly string[]

/** What a stranger may say of himself in front of us is replaced by what we see. */
export interface Forwarded {
  readonly for: string
  readonly proto: string
  readonly host: string
}

/** They are about one connection, not about the message. */
const perConnection = [
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'http2-settings'],
]

/**
 * The token was for us. Browsers send cookies to a host whatever its port: those that other programs there have set
 * are not for the game, and which ones those are nobody can tell.
 */
const notForProcesses = new Set([
  ...perConnection,
  ...['authorization', 'cookie', 'cookie2', 'forwarded', 'x-real-ip', 'expect'],
  ...['host', 'content-length'],
])

/** What would hold for every program of the host, and what only we say. */
const notForCallers = new Set([
  ...perConnection,
  ...['set-cookie', 'set-cookie2', 'clear-site-data', 'strict-transport-security'],
  'hatchery-error',
])

/** The headers for the process, without those of the body. */
export function headersForProcess(request: IncomingMessage, forwarded: Forwarded): string[] {
  const { rawHeaders, headers } = request
  const named = namesIn(headers.connection)
  const kept = filtered(
    rawHeaders,
    (name) => !notForProcesses.has(name) && !name.startsWith('x-forwarded-') && !named.has(name),
  )
  return [
    ...['Host', headers.host ?? ''],
    ...kept,
    ...['X-Forwarded-For', forwarded.for],
    ...['X-Forwarded-Proto', forwarded.proto],
    ...['X-Forwarded-Host', forwarded.host],
  ]
}

export function headersForCaller({ rawHeaders, headers }: IncomingMessage): string[] {
  const named = namesIn(headers.connection)
  return filtered(rawHeaders, (name) => !notForCallers.has(name) && !named.has(name))
}

/** All but those of one name. */
export const without = (headers: RawHeaders, unwanted: string): string[] =>
  filtered(headers, (name) => name !== unwanted)

/** Programs that turn names into variables do not tell `X_Forwarded_For` from `X-Forwarded-For`, so neither do we. */
function filtered(headers: RawHeaders, isWanted: (name: string) => boolean): string[] {
  const kept: string[] = []
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? ''
    if (isWanted(name.toLowerCase().replaceAll('_', '-'))) kept.push(name, headers[at + 1] ?? '')
  }
  return kept
}

const none: ReadonlySet<string> = new Set()

/** A `Connection` header names what else is about the connection. */
function namesIn(connection: string | undefined): ReadonlySet<string> {
  if (connection === undefined || /^(?:keep-alive|close)$/i.test(connection)) return none
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()))
}
