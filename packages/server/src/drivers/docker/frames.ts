/** Output of a container as the engine sends it: each piece behind 8 bytes that name its stream and its length. */

export interface Frame {
  readonly stream: 'stdout' | 'stderr'
  readonly bytes: Buffer
}

const headBytes = 8

/** A frame that is cut off at the end is left out. */
export async function* framesOf(source: AsyncIterable<Buffer>): AsyncIterable<Frame> {
  for await (const frames of frameBatchesOf(source)) yield* frames
}

/** All frames that came whole with one chunk. */
export async function* frameBatchesOf(source: AsyncIterable<Buffer>): AsyncIterable<Frame[]> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const { frames, end } = takeFrames(bytes)
    rest = bytes.subarray(end)
    if (frames.length > 0) yield frames
  }
}

function takeFrames(bytes: Buffer): { frames: Frame[]; end: number } {
  const frames: Frame[] = []
  let at = 0
  while (at + headBytes <= bytes.length) {
    const end = at + headBytes + bytes.readUInt32BE(at + 4)
    if (end > bytes.length) break
    const stream = bytes[at] === 2 ? 'stderr' : 'stdout'
    frames.push({ stream, bytes: bytes.subarray(at + headBytes, end) })
    at = end
  }
  return { frames, end: at }
}
