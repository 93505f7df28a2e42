/**
 * How long a request may take to arrive whole. Node's own limit is one for all requests; a form with an archive takes as
 * long as its line is slow, so it has a limit of its own (`form-body.ts`), and the others have theirs here.
 */
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { answerClientError } from './connections.ts'
import { hasBody } from './request-body.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a form: it may come for as long as it comes. */
    readonly takesForm?: boolean
  }
}

/** The headers have arrived when this begins to count; their time is Node's affair. */
export function limitArrival(app: FastifyInstance, withinMs: number): void {
  app.addHook('onRequest', ({ raw, routeOptions }, _reply, done) => {
    if (routeOptions.config.takesForm !== true && hasBody(raw)) limit(raw, withinMs)
    done()
  })
}

function limit(request: IncomingMessage, withinMs: number): void {
  const timer = setTimeout(() => {
    if (!request.complete) answerClientError(tooLate(), request.socket)
  }, withinMs)
  request.once('close', () => clearTimeout(timer))
}

const tooLate = (): Error =>
  Object.assign(new Error('the request did not arrive in time'), {
    code: 'ERR_HTTP_REQUEST_TIMEOUT',
  })
