/** The only file that knows Fastify: from the contract's operations and their handlers to an HTTP server. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HatcheryError, type Operation, type OperationId, operations } from '@hatchery/contract'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import type { Log } from '../domain/log.ts'
import { type Answerer, answerer } from './answer.ts'
import { type Auth, authenticate } from './auth.ts'
import type { Context, Handler, Handlers, Services } from './context.ts'
import { answerClientError, isEchoUpgrade, watchUnused } from './connections.ts'
import { allowContentTypes, contentTypeOf } from './content-types.ts'
import { addCors } from './cors.ts'
import { problemOf } from './errors.ts'
import { type HostRules, assertHost } from './hosts.ts'
import { type PagesOptions, addPages } from './pages/index.ts'
import type { RequestMeter } from './pages/prometheus.ts'
import { addWebSocketEcho } from './ping/websocket-echo.ts'
import { type RawRequest, createInputReader } from './read-input.ts'
import { bodyOf, discardRest } from './request-body.ts'

export interface ApiOptions {
  readonly services: Services
  readonly handlers: Handlers
  readonly log: Log
  readonly uuid: () => string
  readonly hosts: HostRules
  /** Scheme, host and base path; null: as the request says. */
  readonly publicUrl: string | null
  /** Proxies whose X-Forwarded headers count. */
  readonly trustProxy: readonly string[]
  /** Checks each answer against its schema: for tests. */
  readonly checkAnswers: boolean
  readonly version: string
  readonly health: PagesOptions['health']
}

/** More than any header can hold, so that an over-long id is refused by our own rule, in our own words. */
const longestPathValue = 100_000

export interface Api {
  /** Resolves with the port once it listens. */
  listen(host: string, port: number): Promise<number>
  /** Refuses new connections, lets answers end, then cuts what is still open. */
  close(): Promise<void>
}

/** How long answers that are under way may take to end when the server stops. */
const closePatienceMs = 5_000

export async function createApi(parts: ApiOptions): Promise<Api> {
  const closing = new AbortController()
  const app = await createApp({ ...parts, closing: closing.signal })
  const endUnused = watchUnused(app.server)
  return {
    async listen(host, port) {
      await app.listen({ host, port })
      return (app.server.address() as AddressInfo).port
    },
    async close() {
      closing.abort()
      endUnused()
      const timer = setTimeout(() => app.server.closeAllConnections(), closePatienceMs)
      await app.close()
      clearTimeout(timer)
    },
  }
}

/** For a request to arrive whole: a part of 64 MB over a line of 2 Mbit/s. */
const requestTimeoutMs = 300_000

/** `closing` aborts when the server stops: streams end then. */
type AppOptions = ApiOptions & { readonly closing: AbortSignal }

async function createApp(options: AppOptions): Promise<FastifyInstance<Server>> {
  const app = fastify({
    logger: false,
    genReqId: () => options.uuid(),
    trustProxy: options.trustProxy.length > 0 ? [...options.trustProxy] : false,
    routerOptions: { maxParamLength: longestPathValue, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    requestTimeout: requestTimeoutMs,
    http: { shouldUpgradeCallback: isEchoUpgrade },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) =>
      fail({ options, request, reply, error, listed: [] }),
  })
  allowContentTypes(app)
  addCors(app)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('hatchery-request-id', request.id)
    assertHost(options.hosts, request.headers.host)
  })
  await addWebSocketEcho(app)
  logRequests(app, options.log, addPages(app, options))
  for (const id of Object.keys(operations) as OperationId[]) addOperation(app, options, id)
  app.setNotFoundHandler(async (request, reply) => {
    const error = new HatcheryError('not-found', noRoute(request))
    await fail({ options, request, reply, error, listed: [404] })
  })
  app.setErrorHandler(
    async (error, request, reply) =>
      await fail({ options, request, reply, error, listed: [401, 404] }),
  )
  return app
}

function addOperation(app: FastifyInstance, options: AppOptions, id: OperationId): void {
  const operation: Operation = operations[id]
  const read = createInputReader(operation)
  const answer = answerer(operation, options.checkAnswers)
  const handler = options.handlers[id] as unknown as Handler<OperationId>
  app.route({
    method: operation.method.toUpperCase(),
    url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    handler: async (request, reply) => {
      try {
        await answerRequest({ options, operation, read, handler, answer, request, reply })
      } catch (error) {
        await fail({ options, request, reply, error, listed: operation.errors })
      }
      return reply
    },
  })
}

interface Call {
  readonly options: AppOptions
  readonly operation: Operation
  readonly read: ReturnType<typeof createInputReader>
  readonly handler: Handler<OperationId>
  readonly answer: Answerer
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

async function answerRequest({
  options,
  operation,
  read,
  handler,
  answer,
  request,
  reply,
}: Call): Promise<void> {
  const auth =
    typeof operation.access === 'string'
      ? undefined
      : await authenticate(options.services.store, request.headers.authorization, operation.access)
  const input = await read(rawRequest(request))
  const result = await handler(
    input as never,
    contextOf({ options, request, reply, auth }) as never,
  )
  await answer(reply, result)
}

function rawRequest(request: FastifyRequest): RawRequest {
  const length = request.headers['content-length']
  return {
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string | string[]>,
    contentType: contentTypeOf(request.raw),
    length: length === undefined ? undefined : Number(length),
    body: bodyOf(request.raw),
  }
}

interface Asked {
  readonly options: AppOptions
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly auth: Auth | undefined
}

/** Getters: what costs something is made only for the handlers that ask. */
function contextOf({ options, request, reply, auth }: Asked): Context & { auth: Auth | undefined } {
  return {
    services: options.services,
    auth,
    get baseUrl() {
      return options.publicUrl ?? `${request.protocol}://${request.host}`
    },
    get signal() {
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      return AbortSignal.any([gone.signal, options.closing])
    },
    header(name) {
      const value = request.headers[name.toLowerCase()]
      return Array.isArray(value) ? value[0] : value
    },
    setHeader: (name, value) => void reply.header(name, value),
  }
}

interface Failure {
  readonly options: AppOptions
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly error: unknown
  readonly listed: readonly number[]
}

async function fail({ options, request, reply, error, listed }: Failure): Promise<void> {
  const problem = problemOf(error, listed, request.id)
  if (problem.bug)
    options.log.error(
      { event: 'request.bug', requestId: request.id, err: error },
      'a request failed by a bug',
    )
  if (reply.raw.headersSent) {
    reply.raw.destroy()
    return
  }
  reply.code(problem.status).header('content-type', 'application/json; charset=utf-8')
  reply.header('hatchery-error', problem.code)
  if (problem.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(problem.retryAfterSeconds))
  if (!request.raw.complete) discardRest(request.raw)
  await reply.send(JSON.stringify({ message: problem.message }))
}

/** One structured line per request; the path without its query, which may hold a signature. */
function logRequests(app: FastifyInstance, log: Log, meter: RequestMeter): void {
  app.addHook('onResponse', async (request, reply) => {
    meter.count({
      method: request.method,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    })
    log.info(
      {
        event: 'request',
        requestId: request.id,
        method: request.method,
        path: request.url.split('?', 1)[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    )
  })
}

function noRoute(request: FastifyRequest): string {
  const path = request.url.split('?', 1)[0] ?? ''
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
    (method) => request.server.findRoute({ method, url: path }) !== null,
  )
  return methods.length === 0
    ? `there is no ${path.slice(0, 200)} here; GET /openapi.json lists what there is`
    : `${request.method} is not possible on ${path.slice(0, 200)}; it takes ${methods.join(', ')}`
}
