/** One exchange with the server: ended by the caller's signal or the time limit, with errors that say which. */
import {
  ConnectionError,
  HatcheryClientError,
  RequestAbortedError,
  RequestTimeoutError,
} from './errors.ts'

export interface Attempt {
  readonly signal: AbortSignal
  /** What went wrong, in the client's own errors. */
  explain(error: unknown): HatcheryClientError
  /** Stops the clock; the caller's signal still ends a stream. */
  settle(): void
}

export interface AttemptOptions {
  readonly operation: string
  /** Without path and query, which may hold secrets. */
  readonly origin: string
  readonly timeoutMs: number | undefined
  readonly signal: AbortSignal | undefined
}

/** Starts the clock. */
export function startAttempt({ operation, origin, timeoutMs, signal }: AttemptOptions): Attempt {
  const limit = new AbortController()
  const timer = timeoutMs ? setTimeout(() => limit.abort(), timeoutMs) : undefined
  return {
    signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
    explain(error) {
      if (error instanceof HatcheryClientError) return error
      if (signal?.aborted) {
        return new RequestAbortedError(operation, 'aborted', { cause: signal.reason })
      }
      if (limit.signal.aborted) {
        return new RequestTimeoutError(operation, `no answer from ${origin} within ${timeoutMs} ms`)
      }
      const message = `the connection to ${origin} failed: ${reasonOf(error)}`
      return new ConnectionError(operation, message, { cause: error })
    },
    settle: () => clearTimeout(timer),
  }
}

/** `fetch` says "fetch failed" and puts what happened into the cause, or into the causes of the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}
