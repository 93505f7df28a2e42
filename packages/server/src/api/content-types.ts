/** Every content type gets as far as the operation, one that is none at all too: who takes no body ignores it. */
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

const mediaType = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(;|$)/

/** What Fastify would refuse by itself is kept here, out of its sight. */
const odd = new WeakMap<IncomingMessage, string>()

/** Bodies are not read: the operations do that. */
export function allowContentTypes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    const type = raw.headers['content-type']
    if (type !== undefined && !mediaType.test(type)) {
      odd.set(raw, type)
      delete raw.headers['content-type']
    }
    done()
  })
}

export const contentTypeOf = (request: IncomingMessage): string | undefined =>
  request.headers['content-type'] ?? odd.get(request)
