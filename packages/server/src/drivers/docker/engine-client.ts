/**
 * A thin client of the Docker engine's API: some 15 calls over its socket. It speaks the newest version of the API that
 * both sides know.
 */
import {
  Agent,
  type AgentOptions,
  type ClientRequest,
  type IncomingMessage,
  request as plainRequest,
} from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DriverError } from '../../domain/driver.ts'
import { type EngineAddress, connectionTo } from './engine-address.ts'
import { EngineError } from './engine-error.ts'

export interface EngineClient {
  readonly url: string
  /** The answer's JSON; undefined where it has none. Throws an EngineError, or a temporary DriverError when nobody answers. */
  call<T>(call: EngineCall): Promise<T>
  /** The answer as it comes, on a connection of its own; destroy it to leave. No time limit. */
  stream(call: EngineCall): Promise<IncomingMessage>
  /** What the engine says of itself. Asked anew after a connection failed: it may be another version then. */
  version(): Promise<EngineVersion>
  close(): void
}

export interface EngineCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Below the version: `/containers/json`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  /** Sent instead of `body`. */
  readonly upload?: { readonly bytes: Readable; readonly contentType: string }
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export interface EngineVersion {
  readonly engine: string
  /** The version of the API that is spoken. */
  readonly api: string
}

const oldestApi = '1.41'
const newestApi = '1.51'

export interface EngineClientOptions extends EngineAddress {
  /** Calls in flight, streams apart: 8 unless given. More only lengthen the engine's own queue. */
  readonly mostCallsAtOnce?: number
}

/**
 * An engine under load takes seconds to start a container; one that hangs is given up. A question is asked again sooner:
 * on a line that was cut while it was on its way nothing else tells.
 */
const answerWithinMs = { GET: 20_000, POST: 120_000, DELETE: 120_000 }

/** The kernel alone would try for two minutes. */
const connectWithinMs = 10_000

export function createEngineClient(options: EngineClientOptions): EngineClient {
  const { mostCallsAtOnce: maxSockets = 8, ...address } = options
  const pooled = agentFor(address, { keepAlive: true, maxSockets })
  const own = agentFor(address, {})
  let negotiated: Promise<EngineVersion> | undefined

  const version = (): Promise<EngineVersion> => {
    negotiated ??= negotiate().catch((error: unknown) => {
      negotiated = undefined
      throw error
    })
    return negotiated
  }

  async function negotiate(): Promise<EngineVersion> {
    const answer = await send({ method: 'GET', path: '/version' }, 'pooled')
    const said = JSON.parse(await textOf(answer)) as EngineSelf
    return { engine: said.Version, api: commonVersion(said) }
  }

  async function send(call: EngineCall, connection: 'pooled' | 'own'): Promise<IncomingMessage> {
    try {
      return await answerTo(open(call, connection), call)
    } catch (error) {
      if (!(error instanceof DriverError)) negotiated = undefined
      throw error instanceof DriverError ? error : unreachable(address.url, error)
    }
  }

  function open(call: EngineCall, connection: 'pooled' | 'own'): ClientRequest {
    const { secure, options } = connectionTo(address)
    const request = secure ? secureRequest : plainRequest
    const limit = AbortSignal.timeout(answerWithinMs[call.method])
    const signals = [call.signal, connection === 'pooled' ? limit : undefined]
    return request({
      ...options,
      method: call.method,
      path: `${call.path}${queryOf(call.query)}`,
      headers: headersOf(call),
      agent: connection === 'own' ? own : pooled,
      signal: AbortSignal.any(signals.filter((signal) => signal !== undefined)),
    })
  }

  const versioned = async (call: EngineCall): Promise<EngineCall> => {
    const { api } = await version()
    return { ...call, path: `/v${api}${call.path}` }
  }

  return {
    url: address.url,
    version,
    async call<T>(call: EngineCall) {
      const answer = await send(await versioned(call), 'pooled')
      const text = await textOf(answer).catch((error: unknown) => {
        throw unreachable(address.url, error)
      })
      // The caller names what the engine's documentation says of this call.
      return (text === '' || !isJson(answer) ? undefined : JSON.parse(text)) as T
    },
    stream: async (call) => await send(await versioned(call), 'own'),
    close() {
      pooled.destroy()
    },
  }
}

/** Which kind it is depends on the address alone. */
function agentFor({ url, certificates }: EngineAddress, options: AgentOptions): Agent {
  const isSecure = url.startsWith('tcp://') && certificates !== undefined
  const agent = isSecure ? new SecureAgent(options) : new Agent(options)
  const open = isSecure ? undefined : connectionTo({ url }).open
  return open === undefined ? agent : Object.assign(agent, { createConnection: open })
}

interface EngineSelf {
  readonly Version: string
  readonly ApiVersion: string
  readonly MinAPIVersion?: string
}

/** The newest version that both sides know. Refuses an engine that is too old or too new. */
export function commonVersion({ Version, ApiVersion, MinAPIVersion }: EngineSelf): string {
  if (compareVersions(ApiVersion, oldestApi) < 0) throw unsuitable('old', Version, ApiVersion)
  if (MinAPIVersion !== undefined && compareVersions(MinAPIVersion, newestApi) > 0) {
    throw unsuitable('new', Version, MinAPIVersion)
  }
  return compareVersions(ApiVersion, newestApi) < 0 ? ApiVersion : newestApi
}

const unsuitable = (how: 'old' | 'new', engine: string, api: string): DriverError =>
  new DriverError(
    `the Docker engine ${engine} is too ${how}: it speaks API ${api}, and ${oldestApi} to ${newestApi} are known`,
    { temporary: true },
  )

function compareVersions(one: string, other: string): number {
  const [major = 0, minor = 0] = one.split('.').map(Number)
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number)
  return major - otherMajor || minor - otherMinor
}

function queryOf(query: EngineCall['query']): string {
  const given = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

const headersOf = ({ body, upload, headers }: EngineCall): Record<string, string> => ({
  ...(body !== undefined && { 'content-type': 'application/json' }),
  ...(upload !== undefined && { 'content-type': upload.contentType }),
  ...headers,
})

/** Sends the body and waits for the head of the answer; an error of the engine is thrown with its words. */
async function answerTo(request: ClientRequest, call: EngineCall): Promise<IncomingMessage> {
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.on('error', reject)
    request.once('socket', (socket) => limitConnecting(request, socket))
  })
  if (call.upload === undefined) {
    request.end(call.body === undefined ? undefined : JSON.stringify(call.body))
  } else {
    // An engine that refuses answers before it has read all; its answer is what counts.
    pipeline(call.upload.bytes, request).catch(() => undefined)
  }
  const answer = await answered
  const { statusCode = 0 } = answer
  if (statusCode < 400) return answer
  throw new EngineError(statusCode, wordsIn(await textOf(answer), statusCode))
}

function limitConnecting(request: ClientRequest, socket: Socket): void {
  if (!socket.connecting) return
  const late = (): void =>
    void request.destroy(new Error(`no connection within ${connectWithinMs / 1_000} s`))
  const timer = setTimeout(late, connectWithinMs)
  socket.once('connect', () => clearTimeout(timer))
  request.once('close', () => clearTimeout(timer))
}

function wordsIn(text: string, status: number): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown }
    if (typeof message === 'string') return message.trim()
  } catch {
    // Not every engine answers JSON.
  }
  return text.trim() || `the engine answered ${status}`
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const isJson = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.startsWith('application/json') === true

function unreachable(url: string, cause: unknown): DriverError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new DriverError(`the Docker engine at ${url} does not answer: ${why}`, {
    ...{ temporary: true, cause },
  })
}
