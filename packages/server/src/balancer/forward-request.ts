/** Hands one HTTP request to a process and its answer back, byte by byte as they come, both ways at the pace of the slower side. */
import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
  request as httpRequest,
} from 'node:http'
import { HatcheryError } from '@hatchery/contract'
import type { Backend, Backends } from './backends.ts'
import { type Forwarded, headersForCaller, headersForProcess } from './headers.ts'
import { ProcessFailure, discardRest, refuse } from './refusal.ts'

export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly backends: Backends
  readonly forwarded: Forwarded
  /** Keeps connections to processes open between requests. */
  readonly agent: Agent
  /** The caller waits for a word before it sends the body. */
  readonly awaitsContinue: boolean
}

/** Throws `unavailable` when no process takes requests, and `not-now` what cannot be handed on as it is. */
export function forwardRequest(exchange: Exchange): void {
  const { request, response, backends, forwarded } = exchange
  const headers = [...headersForProcess(request, forwarded), ...bodyHeaders(request)]
  let current: ClientRequest | undefined
  response.on('error', () => {})
  response.once('close', () => {
    if (!response.writableFinished) current?.destroy()
  })
  begin(chosen(backends), true)

  function begin(backend: Backend, isFirst: boolean): void {
    const upstream = open(exchange, { backend, headers, isFirst })
    const closed = backends.opened(backend)
    let isSent = false
    current = upstream
    upstream.once('socket', (socket) => {
      if (socket.connecting) socket.once('connect', send)
      else send()
    })
    upstream.once('response', (answer) => relay(answer, upstream))
    upstream.on('error', (error) => {
      closed()
      if (response.destroyed || response.writableEnded) return
      if (!isSent) backends.refused(backend)
      const next = isFirst && mayRepeat() ? another() : undefined
      if (next === undefined) refuse(request, response, failureOf(error))
      else begin(next, false)
    })
    upstream.once('close', closed)

    function send(): void {
      isSent = true
      if (exchange.awaitsContinue) response.writeContinue()
      if (!hasBody(request)) return void upstream.end()
      upstream.flushHeaders()
      request.pipe(upstream)
      upstream.once('close', endUnread)
    }

    /** Nothing of it reached a process, or the process had closed the connection that was kept and repeating is safe. */
    const mayRepeat = (): boolean =>
      !isSent || (upstream.reusedSocket && !response.headersSent && isRepeatable(request))

    const another = (): Backend | undefined => backends.choose(isSent ? undefined : backend)
  }

  function relay(answer: IncomingMessage, upstream: ClientRequest): void {
    try {
      const { statusCode = 502, statusMessage = '' } = answer
      response.writeHead(statusCode, statusMessage, headersForCaller(answer))
    } catch (error) {
      upstream.destroy(error as Error)
      return
    }
    answer.pipe(response)
    answer.on('error', () => {})
    answer.once('close', () => {
      if (!answer.complete) response.destroy()
    })
    // What comes piece by piece may take its time: its head shall not wait for the first piece.
    if (answer.headers['content-length'] === undefined)
      setImmediate(() => {
        if (!response.writableEnded) response.flushHeaders()
      })
  }

  /** The process answered and left before it had the whole body: nobody reads the rest. */
  function endUnread(): void {
    if (request.complete) return
    request.unpipe()
    if (response.writableFinished) discardRest(request)
    else response.once('finish', () => discardRest(request))
  }
}

/** Throws `unavailable` when there is none. */
export function chosen(backends: Backends): Backend {
  const backend = backends.choose()
  if (backend !== undefined) return backend
  throw new HatcheryError(
    'unavailable',
    'no process of the application takes requests: one has to run, and its default port has to be tcp',
    { retryAfterSeconds: 2 },
  )
}

export const failureOf = (cause: Error): ProcessFailure =>
  new ProcessFailure(
    (cause as NodeJS.ErrnoException).code === 'ECONNREFUSED'
      ? 'the process refuses connections'
      : 'the process broke the connection off before it answered, or its answer is not valid HTTP',
    { cause },
  )

interface Opening {
  readonly backend: Backend
  readonly headers: readonly string[]
  readonly isFirst: boolean
}

/** The second try takes a new connection: others that were kept may be as dead. */
const open = ({ request, agent }: Exchange, { backend, headers, isFirst }: Opening) =>
  httpRequest({
    agent: isFirst ? agent : false,
    host: backend.host,
    port: backend.port,
    method: request.method ?? 'GET',
    path: pathOf(request),
    headers,
  })

/** The form with a host in it would say two hosts. */
export function pathOf({ url = '', method }: IncomingMessage): string {
  if (url.startsWith('/') || (url === '*' && method === 'OPTIONS')) return url
  throw new HatcheryError('not-now', 'the target of a request has to be a path that begins with /')
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

const isRepeatable = (request: IncomingMessage): boolean =>
  !hasBody(request) && ['GET', 'HEAD', 'OPTIONS'].includes(request.method ?? '')

/** How long the body is, said once and anew, so that the process cannot read another end of it than we do. */
function bodyHeaders({ headers, method }: IncomingMessage): string[] {
  const coding = headers['transfer-encoding']
  if (coding !== undefined && coding.toLowerCase() !== 'chunked')
    throw new HatcheryError(
      'not-now',
      'a body may be chunked; other transfer codings are not taken',
    )
  if (coding !== undefined) return ['Transfer-Encoding', 'chunked']
  const length = headers['content-length']
  if (length !== undefined) return ['Content-Length', length]
  return ['POST', 'PUT', 'PATCH'].includes(method ?? '') ? ['Content-Length', '0'] : []
}
