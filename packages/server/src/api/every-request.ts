/** What holds for every request, whatever it asks for: known host names, open to browsers, an id, a line in the log. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Log } from '../domain/log.ts'
import { type HostRules, assertHost } from './hosts.ts'
import type { RequestMeter } from './pages/prometheus.ts'

const allowedHeaders = 'authorization, content-type, hatchery-cursor, idempotency-key'
const exposedHeaders = 'hatchery-next, hatchery-request-id, hatchery-error, retry-after, etag'

export function greetEveryRequest(app: FastifyInstance, hosts: HostRules): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('hatchery-request-id', request.id)
    if (request.headers.origin !== undefined) openToOrigins(reply)
    if (request.method === 'OPTIONS') return answerPreflight(reply)
    const problem = problemWithHost(hosts, request.headers.host)
    if (problem === undefined) done()
    else done(problem)
  })
}

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

function problemWithHost(hosts: HostRules, host: string | undefined): Error | undefined {
  try {
    assertHost(hosts, host)
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
