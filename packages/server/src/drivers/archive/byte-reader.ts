/** Takes exact amounts from bytes that come in chunks of any size. */

export interface ByteReader {
  /** Exactly `length` bytes; fewer only at the end. */
  take(length: number): Promise<Buffer>
  /** The next `length` bytes as they come; fewer only at the end. */
  pass(length: number): AsyncIterable<Buffer>
  /** Reads the rest and forgets it. */
  drain(): Promise<void>
}

export function createByteReader(bytes: AsyncIterable<Buffer>): ByteReader {
  const iterator = bytes[Symbol.asyncIterator]()
  let chunk: Buffer = Buffer.of()

  /** Up to `most` bytes; none at the end. */
  async function some(most: number): Promise<Buffer> {
    while (chunk.byteLength === 0) {
      const result = await iterator.next()
      if (result.done === true) return Buffer.of()
      chunk = result.value
    }
    const taken = chunk.subarray(0, most)
    chunk = chunk.subarray(taken.byteLength)
    return taken
  }

  async function* pass(length: number): AsyncIterable<Buffer> {
    for (let left = length; left > 0;) {
      const taken = await some(left)
      if (taken.byteLength === 0) return
      left -= taken.byteLength
      yield taken
    }
  }

  return {
    pass,
    async take(length) {
      if (chunk.byteLength >= length) return await some(length)
      const taken: Buffer[] = []
      for await (const part of pass(length)) taken.push(part)
      return Buffer.concat(taken)
    },
    async drain() {
      while ((await some(Number.MAX_SAFE_INTEGER)).byteLength > 0);
    },
  }
}
