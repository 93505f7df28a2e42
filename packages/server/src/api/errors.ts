/** Any error as an answer: callers' errors in their words, everything else as a bug without detail. */
import { type ErrorCode, HatcheryError, statusOf } from '@hatchery/contract'

export interface Problem {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
  readonly retryAfterSeconds: number | undefined
  /** Worth a line in the log with its cause. */
  readonly bug: boolean
}

/** `listed`: the error statuses of the operation that failed. */
export function problemOf(error: unknown, listed: readonly number[], requestId: string): Problem {
  if (error instanceof HatcheryError) {
    const { code, message } = error
    const status = statusOf(code, listed)
    const retryAfterSeconds =
      error.retryAfterSeconds ?? (status === 429 || status === 503 ? 1 : undefined)
    return { status, code, message, retryAfterSeconds, bug: code === 'internal' }
  }
  const status = frameworkStatus(error)
  if (status !== undefined && status < 500) {
    return {
      status: 404,
      code: 'not-found',
      message: 'the path is not a valid URL path',
      retryAfterSeconds: undefined,
      bug: false,
    }
  }
  const message = `an error of the server; its log has the cause under request id ${requestId}`
  return { status: 500, code: 'internal', message, retryAfterSeconds: undefined, bug: true }
}

/** The status that the HTTP framework gave an error of its own, such as an undecodable path. */
function frameworkStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('statusCode' in error))
    return undefined
  const ours = String(error.code).startsWith('FST_ERR_') && typeof error.statusCode === 'number'
  return ours ? Number(error.statusCode) : undefined
}
