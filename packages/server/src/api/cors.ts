/** Any origin may call, without credentials: browsers' games do. */
import type { FastifyInstance } from 'fastify'

const allowedHeaders = 'authorization, content-type, hatchery-cursor, idempotency-key'
const exposedHeaders = 'hatchery-next, hatchery-request-id, hatchery-error, retry-after, etag'

export function addCors(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('access-control-allow-origin', '*')
    reply.header('access-control-expose-headers', exposedHeaders)
    if (request.method !== 'OPTIONS') return undefined
    reply.header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
    reply.header('access-control-allow-headers', allowedHeaders)
    reply.header('access-control-max-age', '86400')
    return reply.code(204).send()
  })
}
