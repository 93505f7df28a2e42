/** What holds for every request, whatever it asks for: known host names, open to browsers, an id, a line in the log. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../domain/log.ts'
import { type HostRules, assertHost } from './hosts.ts'
import type { RequestMeter } from './pages/prometheus.ts'
import type { RateLimits } from './rate-limits.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A token is looked at: whoever sends one is counted by it. */
    readonly takesToken?: boolean
  }
}

const allowedHeaders =
  'authorization, content-type, hatchery-cursor, hatchery-log-from, idempotency-key, last-event-id'
const exposedHeaders =
  'hatchery-next, hatchery-request-id, hatchery-error, hatchery-log-offset, retry-after, etag'

export function greetEveryRequest(app: FastifyInstance, hosts: HostRules): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('hatchery-request-id', request.id)
    if (request.headers.origin !== undefined) openToOrigins(reply)
    if (request.method === 'OPTIONS') return answerPreflight(reply)
    done(problemOf(() => assertHost(hosts, request.headers.host)))
  })
}

/** A token that nobody looks at lifts no limit. */
export function limitEveryRequest(app: FastifyInstance, limits: RateLimits): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (sendsToken(request)) done()
    else done(problemOf(() => limits.countAnonymous(request)))
  })
}

const sendsToken = ({ headers, routeOptions }: FastifyRequest): boolean =>
  headers.authorization !== undefined && routeOptions.config.takesToken === true

/** Any origin may call, without credentials: browsers' games do. Others do not ask and are spared the headers. */
function openToOrigins(reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*')
  reply.header('access-control-expose-headers', exposedHeaders)
}

function answerPreflight(reply: FastifyReply): void {
  reply.header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
  reply.header('access-control-allow-headers', allowedHeaders)
  reply.header('access-control-max-age', '86400')
  reply.code(204).send()
}

function problemOf(assert: () => void): Error | undefined {
  try {
    assert()
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** One structured line per request; the path without its query, which may hold a signature. */
export function logEveryRequest(app: FastifyInstance, log: Log, meter: RequestMeter): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { id: requestId, method } = request
    const { statusCode: status, elapsedTime } = reply
    meter.count({ method, status, seconds: elapsedTime / 1000 })
    const path = request.url.split('?', 1)[0]
    const ms = Math.round(elapsedTime * 10) / 10
    log.info({ event: 'request', requestId, method, path, status, ms }, 'request')
    done()
  })
}
