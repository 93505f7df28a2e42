/** What to do when a stream is cut: whether coming back can help, and how long to wait before. */
import { ApiError, ConnectionError, RequestTimeoutError } from './errors.ts'

const firstPauseMs = 500
const longestPauseMs = 5_000
const longestAskedMs = 30_000

/** Waits longer each time, from 0.5 s up to 5 s, half of it by chance, so that many do not come back at once. */
export interface Pauses {
  /** The next is short again. */
  reset(): void
  /** Resolves at once when the signal aborts. A server that was too busy may ask for up to 30 s. */
  next(signal: AbortSignal | undefined, error: unknown): Promise<void>
}

export function createPauses(): Pauses {
  let pauseMs = firstPauseMs
  return {
    reset: () => void (pauseMs = firstPauseMs),
    async next(signal, error) {
      const ms = pauseMs * (0.5 + Math.random() / 2)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      await pause(Math.max(ms, askedMs(error)), signal)
    },
  }
}

function askedMs(error: unknown): number {
  const seconds = error instanceof ApiError ? Number(error.headers.get('Retry-After')) : 0
  return Math.min(seconds * 1_000 || 0, longestAskedMs)
}

/** Resolves at once when the signal aborts. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}

/** Whether it may pass: the server is not there, or has too much to do. */
export function mayPass(error: unknown): boolean {
  if (error instanceof ApiError)
    return error.status >= 500 || error.status === 429 || error.status === 408
  return error instanceof ConnectionError || error instanceof RequestTimeoutError
}
