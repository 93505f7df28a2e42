/** The body of an answer, chunk by chunk. Not every browser can iterate over a stream. */

/** Gives the connection back when the reader leaves. Throws when nothing comes for `silenceMs`. */
export async function* chunksOf(
  body: ReadableStream<Uint8Array> | null,
  silenceMs?: number,
): AsyncGenerator<Uint8Array, void> {
  const reader = body?.getReader()
  if (reader === undefined) return
  try {
    for (;;) {
      const { value } = await (silenceMs === undefined
        ? reader.read()
        : within(silenceMs, reader.read()))
      if (value === undefined) return
      yield value
    }
  } finally {
    // What is not read to its end is given up; of what broke there is nothing to give up.
    await reader.cancel().catch(() => undefined)
  }
}

async function within<T>(ms: number, read: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([read, silence])
  } finally {
    clearTimeout(timer)
  }
}
