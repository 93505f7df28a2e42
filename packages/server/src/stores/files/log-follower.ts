/** One reader of a followed log, with what waits for it. A slow one is let go instead of slowing the others. */

export interface Follower {
  /** Offset of the next byte it wants. */
  next: number
  readonly isOver: () => Promise<boolean>
  /** Takes what of `bytes` (which begin at `at`) it has not got yet; stops when more than 1 MB would wait. */
  push(bytes: Buffer, at: number): void
  /** What was pushed, until `finish`, `rewind` or `stop`; throws what `fail` was given. */
  received(): AsyncGenerator<Uint8Array, void>
  /** No more comes; what waits is still delivered. */
  finish(): void
  /** It has to read from the beginning again by itself; what waits is still delivered. */
  rewind(): void
  fail(error: unknown): void
  /** At once: what waits is dropped. */
  stop(): void
  stopped(): boolean
}

const mostWaitingBytes = 1_048_576

type State = 'attached' | 'rewound' | 'finished' | 'stopped' | { readonly error: unknown }

export interface FollowerOptions {
  readonly offset: number
  readonly isOver: () => Promise<boolean>
  /** Called when it stopped, by whomever; may be called again. */
  readonly onStop: () => void
}

export function createFollower({ offset, isOver, onStop }: FollowerOptions): Follower {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let state: State = 'attached'
  let wake = Promise.withResolvers<void>()

  function become(next: State): void {
    if (state === 'stopped') return
    state = next
    wake.resolve()
  }

  function stop(): void {
    waiting = []
    waitingBytes = 0
    become('stopped')
    onStop()
  }

  async function* received(): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const bytes = waiting.shift()
      if (bytes !== undefined) {
        waitingBytes -= bytes.byteLength
        yield bytes
      } else if (state === 'attached') {
        wake = Promise.withResolvers()
        await wake.promise
      } else {
        break
      }
    }
    if (typeof state === 'object') throw state.error
    state = state === 'rewound' ? 'attached' : 'stopped'
  }

  return {
    next: offset,
    isOver,
    received,
    push(bytes, at) {
      const end = at + bytes.byteLength
      if (end <= this.next || state !== 'attached') return
      const wanted = at < this.next ? bytes.subarray(this.next - at) : bytes
      this.next = end
      if (waitingBytes + wanted.byteLength > mostWaitingBytes) return stop()
      waiting.push(wanted)
      waitingBytes += wanted.byteLength
      wake.resolve()
    },
    finish: () => become('finished'),
    rewind() {
      this.next = 0
      become('rewound')
    },
    fail: (error) => become({ error }),
    stop,
    stopped: () => state === 'stopped',
  }
}
