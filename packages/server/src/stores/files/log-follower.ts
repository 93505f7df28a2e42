/** One reader of a followed log, with what waits for it. A slow one is let go instead of slowing the others. */
import { HatcheryError } from '@hatchery/contract'

/** Some bytes of a log, and the offset behind them. */
export interface LogPiece {
  readonly bytes: Uint8Array
  readonly next: number
}

export interface Follower {
  /** Offset of the next byte it wants. */
  next: number
  readonly isOver: () => Promise<boolean>
  /** Takes what of `bytes` (which begin at `at`) it has not got yet; is cut off when more than 1 MB would wait. */
  push(bytes: Buffer, at: number): void
  /** What was pushed, until `finish`, `rewind` or `stop`; throws what `fail` was given, and when it was cut off. */
  received(): AsyncGenerator<LogPiece, void>
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

/** Not an end like others: a reader must not believe that this was all. */
const tooSlow = (): HatcheryError =>
  new HatcheryError(
    'rate-limited',
    'the reader was more than 1 MB behind the log: read on from here',
  )

type State = 'attached' | 'rewound' | 'finished' | 'stopped' | { readonly error: unknown }

export interface FollowerOptions {
  readonly offset: number
  readonly isOver: () => Promise<boolean>
  /** Called when it stopped, by whomever; may be called again. */
  readonly onStop: () => void
}

export function createFollower({ offset, isOver, onStop }: FollowerOptions): Follower {
  let waiting: LogPiece[] = []
  let waitingBytes = 0
  let state: State = 'attached'
  let isCutOff = false
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

  async function* received(): AsyncGenerator<LogPiece, void> {
    for (;;) {
      const piece = waiting.shift()
      if (piece !== undefined) {
        waitingBytes -= piece.bytes.byteLength
        yield piece
      } else if (state === 'attached') {
        wake = Promise.withResolvers()
        await wake.promise
      } else {
        break
      }
    }
    if (isCutOff) throw tooSlow()
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
      if (waitingBytes + wanted.byteLength > mostWaitingBytes) {
        isCutOff = true
        return stop()
      }
      waiting.push({ bytes: wanted, next: end })
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
