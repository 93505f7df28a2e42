/**
 * Hands every change to all who follow. One reader looks at the store soon after a commit, once for all that came in
 * between, and each event is encoded once. Whoever is behind reads by itself until it has caught up.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { HatcheryError } from '@hatchery/contract'
import { leavingAtTheEnd } from '../domain/leaving.ts'
import type { EventBatch, EventFeed, Following, FollowRequest } from '../domain/events.ts'
import type { Store } from '../domain/store.ts'
import { type EventFollower, createEventFollower } from './event-follower.ts'
import { readPage } from './event-page.ts'
import { type FeedReaderOptions, createFeedReader } from './feed-reader.ts'

export interface EventFeedOptions extends FeedReaderOptions {
  readonly store: Pick<Store, 'listEvents' | 'findEventRange' | 'watchCommits'>
  /** 1,000 unless given. */
  readonly maxFollowers?: number
}

export function createEventFeed(options: EventFeedOptions): EventFeed {
  const { store, maxFollowers = 1_000 } = options
  const reader = createFeedReader(options)
  let count = 0

  /** Its place is given back once, by whatever comes first. */
  function takePlace({ filter, signal, onFailure }: FollowRequest, from: number) {
    const follower = createEventFollower({ filter, from, onFailure })
    const leave = once(() => {
      follower.stop()
      signal.removeEventListener('abort', leave)
      reader.detach(follower)
      count -= 1
    })
    count += 1
    signal.addEventListener('abort', leave)
    if (signal.aborted) leave()
    return { follower, leave }
  }

  /** What is behind the reader page by page, at the follower's own pace; then what the reader hands on. */
  async function* batchesOf(follower: EventFollower): AsyncGenerator<EventBatch, void> {
    for (;;) {
      const page = await readPage(options, follower.seq)
      if (page.length > 0) {
        const batch = page.batchFor(follower.filter, follower.seq)
        follower.seq = batch.seq
        if (batch.bytes.byteLength > 0) yield batch
      }
      if (follower.stopped()) return
      if (!page.isFull && reader.attach(follower)) return yield* follower.received()
      // Reading waits for nothing by itself: others shall have their turn too.
      await nextTurn()
    }
  }

  return {
    async follow(request): Promise<Following> {
      const { after } = request
      if (count >= maxFollowers) throw tooMany(maxFollowers)
      const { oldest, newest } = (await store.findEventRange()) ?? { oldest: 1, newest: 0 }
      if (count >= maxFollowers) throw tooMany(maxFollowers)
      const isReset = after !== null && (after > newest || after < oldest - 1)
      const from = after === null || isReset ? newest : after
      const { follower, leave } = takePlace(request, from)
      return { from, isReset, batches: leavingAtTheEnd(batchesOf(follower), leave) }
    },
  }
}

const tooMany = (most: number): HatcheryError =>
  new HatcheryError(
    'rate-limited',
    `${most} readers follow the events, which is the most: try again when some have left`,
    { retryAfterSeconds: 5 },
  )

function once(action: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    action()
  }
}
