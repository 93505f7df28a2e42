/** Bytes on their way from a sender into a file. */
import type { FileHandle } from 'node:fs/promises'

/** What comes, until it ends or `signal` aborts; the latter also while the sender is silent. Throws its reason. */
export async function* stoppable(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  let stop: (reason: unknown) => void = () => {}
  const onAbort = (): void => stop(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    for (;;) {
      signal.throwIfAborted()
      const next = Promise.withResolvers<IteratorResult<Uint8Array>>()
      stop = next.reject
      iterator.next().then(next.resolve, next.reject)
      const result = await next.promise
      if (result.done === true) return
      yield result.value
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    void iterator.return?.().then(undefined, () => undefined)
  }
}

export async function writeAll(
  file: FileHandle,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  let written = 0
  while (written < bytes.byteLength) {
    const { bytesWritten } = await file.write(
      bytes,
      written,
      bytes.byteLength - written,
      position + written,
    )
    written += bytesWritten
  }
}
