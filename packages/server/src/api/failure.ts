/** Answers what went wrong, in the one form that errors have. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../domain/log.ts'
import { problemOf } from './errors.ts'
import { discardRest } from './request-body.ts'

export interface Failure {
  readonly log: Log
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly error: unknown
  /** The error statuses of the operation. */
  readonly listed: readonly number[]
}

/** An answer that is under way already is cut off. */
export function answerFailure({ log, request, reply, error, listed }: Failure): void {
  const problem = problemOf(error, listed, request.id)
  if (problem.bug) {
    const fields = { event: 'request.bug', requestId: request.id, err: error }
    log.error(fields, 'a request failed by a bug')
  }
  if (reply.raw.headersSent) {
    reply.raw.destroy()
    return
  }
  reply.code(problem.status).header('content-type', 'application/json; charset=utf-8')
  reply.header('hatchery-error', problem.code)
  if (problem.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(problem.retryAfterSeconds))
  if (!request.raw.complete) discardRest(request.raw)
  reply.send(JSON.stringify({ message: problem.message }))
}
