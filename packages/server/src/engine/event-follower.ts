/** One who follows the feed of changes, with what waits for it. A slow one is let go instead of filling the memory. */
import { HatcheryError } from '@hatchery/contract'
import type { EventBatch, EventFilter } from '../domain/events.ts'

export interface EventFollower {
  readonly filter: EventFilter
  /** The same for all whose filter is the same. */
  readonly filterKey: string
  /** Up to which event it has looked at everything. */
  seq: number
  /** Takes a batch that begins right behind `seq`; is cut off when more than 1 MB would wait. */
  push(batch: EventBatch): void
  /** Lets the reader have an empty batch when nothing waits. */
  wake(): void
  /** What was pushed, until it was stopped; throws when it was cut off. */
  received(): AsyncGenerator<EventBatch, void>
  fail(error: unknown): void
  /** At once: what waits is dropped. */
  stop(): void
  stopped(): boolean
}

const mostWaitingBytes = 1_048_576
const nothing = new Uint8Array()

const tooSlow = (): HatcheryError =>
  new HatcheryError('rate-limited', 'the reader was more than 1 MB behind the events: come back')

export interface EventFollowerOptions {
  readonly filter: EventFilter
  readonly from: number
  /** Called at once when it fails, as its reader may not be reading. */
  readonly onFailure: () => void
}

export function createEventFollower(options: EventFollowerOptions): EventFollower {
  const { filter, from, onFailure } = options
  let waiting: EventBatch[] = []
  let waitingBytes = 0
  let isStopped = false
  let failure: { readonly error: unknown } | undefined
  let wake = Promise.withResolvers<void>()

  function stop(): void {
    isStopped = true
    waiting = []
    wake.resolve()
  }

  function fail(error: unknown): void {
    if (isStopped) return
    failure = { error }
    stop()
    onFailure()
  }

  const { orgId, kinds, appId, processId } = filter
  return {
    filter,
    filterKey: JSON.stringify([orgId, kinds, appId, processId]),
    seq: from,
    fail,
    stop,
    stopped: () => isStopped,
    wake: () => wake.resolve(),
    push(batch) {
      if (isStopped) return
      this.seq = batch.seq
      const { byteLength } = batch.bytes
      if (byteLength === 0) return
      if (waitingBytes > 0 && waitingBytes + byteLength > mostWaitingBytes) return fail(tooSlow())
      waiting.push(batch)
      waitingBytes += byteLength
      wake.resolve()
    },
    async *received() {
      for (;;) {
        const batch = waiting.shift()
        if (batch !== undefined) {
          waitingBytes -= batch.bytes.byteLength
          yield batch
          continue
        }
        if (failure !== undefined) throw failure.error
        if (isStopped) return
        wake = Promise.withResolvers()
        await wake.promise
        if (waiting.length === 0 && !isStopped) yield { bytes: nothing, seq: this.seq }
      }
    },
  }
}
