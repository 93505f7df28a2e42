/** From the contract's operations and their handlers to an HTTP server. Nothing outside this folder knows Fastify. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HatcheryError, type Operation, type OperationId, operations } from '@hatchery/contract'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import type { Log } from '../domain/log.ts'
import { answerer } from './answer.ts'
import { limitArrival } from './arrival.ts'
import { type Auth, authenticate } from './auth.ts'
import { answerClientError, isEchoUpgrade, watchUnused } from './connections.ts'
import { allowContentTypes } from './content-types.ts'
import type { Handler, Handlers } from './context.ts'
import { greetEveryRequest, limitEveryRequest, logEveryRequest } from './every-request.ts'
import { answerFailure } from './failure.ts'
import type { HostRules } from './hosts.ts'
import { type PagesOptions, addPages } from './pages/index.ts'
import { addWebSocketEcho } from './ping/websocket-echo.ts'
import { type PlayerAuth, authenticatePlayer } from './player-auth.ts'
import type { RateLimits } from './rate-limits.ts'
import { createInputReader } from './read-input.ts'
import { type ContextOptions, RequestContext } from './request-context.ts'

export interface ApiOptions extends Omit<ContextOptions, 'closing'> {
  readonly handlers: Handlers
  readonly log: Log
  readonly uuid: () => string
  readonly hosts: HostRules
  /** Proxies whose X-Forwarded headers count. */
  readonly trustProxy: readonly string[]
  /** For a request to arrive whole: the default lets a part of 64 MB come over a line of 2 Mbit/s. */
  readonly arriveWithinMs: number
  readonly rateLimits: RateLimits
  /** Checks each answer against its schema: for tests. */
  readonly checkAnswers: boolean
  readonly version: string
  readonly health: PagesOptions['health']
}

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
      const cancel = parts.services.clock.after(closePatienceMs, () =>
        app.server.closeAllConnections(),
      )
      await app.close()
      cancel()
    },
  }
}

/** More than any header can hold, so that an over-long id is refused by our own rule, in our own words. */
const longestPathValue = 100_000

const longestHeadersMs = 60_000
/** How often slow connections are looked for. */
const longestCheckMs = 30_000

type AppOptions = ApiOptions & ContextOptions

async function createApp(options: AppOptions): Promise<FastifyInstance<Server>> {
  const { log } = options
  const app = fastify({
    logger: false,
    genReqId: () => options.uuid(),
    trustProxy: options.trustProxy.length > 0 ? [...options.trustProxy] : false,
    routerOptions: { maxParamLength: longestPathValue, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    requestTimeout: 0,
    http: {
      shouldUpgradeCallback: isEchoUpgrade,
      headersTimeout: Math.min(longestHeadersMs, options.arriveWithinMs),
      connectionsCheckingInterval: Math.min(longestCheckMs, options.arriveWithinMs / 4),
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) =>
      answerFailure({ log, request, reply, error, listed: [] }),
  })
  allowContentTypes(app)
  greetEveryRequest(app, options.hosts)
  limitArrival(app, options.arriveWithinMs)
  limitEveryRequest(app, options.rateLimits)
  await addWebSocketEcho(app)
  logEveryRequest(app, log, addPages(app, options))
  for (const id of Object.keys(operations) as OperationId[]) addOperation(app, options, id)
  app.setNotFoundHandler((request, reply) => {
    const error = new HatcheryError('not-found', noRoute(request))
    answerFailure({ log, request, reply, error, listed: [404] })
  })
  app.setErrorHandler((error, request, reply) =>
    answerFailure({ log, request, reply, error, listed: [401, 404] }),
  )
  return app
}

function addOperation(app: FastifyInstance, options: AppOptions, id: OperationId): void {
  const operation: Operation = operations[id]
  const { errors: listed } = operation
  const respond = responder(options, operation, options.handlers[id] as unknown as AnyHandler)
  app.route({
    method: operation.method.toUpperCase(),
    url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    config: { takesToken: takesToken(operation.access), takesForm: takesForm(operation) },
    handler(request, reply) {
      respond(request, reply).catch((error: unknown) =>
        answerFailure({ log: options.log, request, reply, error, listed }),
      )
    },
  })
}

/** A handler whose types are checked where it is written: here all operations are alike. */
type AnyHandler = (input: unknown, context: unknown) => ReturnType<Handler<OperationId>>

/**
 * Whether a token is looked for in the store. A player's vouches for nobody before it is verified, and players come from
 * everywhere: their requests count by address, like those without a token.
 */
const takesToken = (access: Operation['access']): boolean =>
  access !== 'public' && access !== 'signed' && access !== 'player'

/** As it stands in the path, not held against the schema yet. */
const appIdIn = ({ params }: FastifyRequest): string => (params as { appId?: string }).appId ?? ''

const takesForm = ({ body }: Operation): boolean => body !== undefined && 'form' in body

/** Token, input, handler, answer. */
function responder(options: AppOptions, operation: Operation, handler: AnyHandler) {
  const { access } = operation
  const read = createInputReader(operation)
  const answer = answerer(operation, options.checkAnswers)
  const { rateLimits, services } = options
  const authOf = async (request: FastifyRequest): Promise<Auth | PlayerAuth | undefined> => {
    const { authorization } = request.headers
    if (access === 'player')
      return await authenticatePlayer(services, authorization, appIdIn(request))
    if (!takesToken(access)) return undefined
    return await rateLimits.login(request, () => authenticate(services, authorization, operation))
  }
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const auth = await authOf(request)
    const input = await read(request)
    answer(reply, await handler(input, new RequestContext(options, auth, { request, reply })))
  }
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
