/** A request's body, read so that whoever refuses it can still answer. */
import type { IncomingMessage } from 'node:http'
import { HatcheryError } from '@hatchery/contract'

/** What is read of a refused body, so that its sender gets to read why; then the connection is cut. */
const mostDiscardedBytes = 64 * 1_048_576
const longestDiscardMs = 3_000

/**
 * Leaving the loop early leaves the connection open: by default it would be cut, and the answer with it. Throws
 * `timeout` when the caller leaves before its end, which nobody gets to read.
 */
export async function* bodyOf(request: IncomingMessage): AsyncGenerator<Uint8Array, void> {
  try {
    yield* request.iterator({ destroyOnReturn: false })
  } catch (cause) {
    throw new HatcheryError('timeout', 'the connection ended before the body did', { cause })
  }
}

/** What Content-Length says; undefined where a body comes in chunks, or none does. */
export function lengthOf({ headers }: IncomingMessage): number | undefined {
  const length = headers['content-length']
  return length === undefined ? undefined : Number(length)
}

/** Whether there is a body, as the headers say. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'

/** Reads the rest of a body that nobody wants, within bounds. */
export function discardRest(request: IncomingMessage): void {
  let discarded = 0
  const timer = setTimeout(() => request.destroy(), longestDiscardMs)
  request.on('data', (chunk: Uint8Array) => {
    discarded += chunk.byteLength
    if (discarded > mostDiscardedBytes) request.destroy()
  })
  request.on('error', () => {})
  request.once('close', () => clearTimeout(timer))
  request.resume()
}
