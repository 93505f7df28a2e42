/** Reads new events, once for all followers that have caught up. It looks at nothing while there are none. */
import type { EventBatch } from '../domain/events.ts'
import type { Store } from '../domain/store.ts'
import type { EventFollower } from './event-follower.ts'
import { type EventPage, type EventSource, readPage } from './event-page.ts'

export interface FeedReaderOptions extends EventSource {
  readonly store: Pick<Store, 'listEvents' | 'watchCommits'>
}

export interface FeedReader {
  /** False when the follower is behind what was handed on: it must read that itself, and try again. */
  attach(follower: EventFollower): boolean
  /** One that is not attached may be detached. */
  detach(follower: EventFollower): void
}

/** What is committed within this time is handed on together. */
const togetherMs = 5
/** How often followers that get nothing are woken. */
const wakeMs = 1_000

export function createFeedReader(options: FeedReaderOptions): FeedReader {
  const followers = new Set<EventFollower>()
  let position = 0
  let lastReadAt = 0
  let timer: NodeJS.Timeout | undefined
  let sleep = (): void => {}

  function begin(seq: number): void {
    position = seq
    const unwatch = options.store.watchCommits(hint)
    const waking = setInterval(wakeAll, wakeMs).unref()
    sleep = () => {
      unwatch()
      clearInterval(waking)
      clearTimeout(timer)
      timer = undefined
    }
  }

  function wakeAll(): void {
    for (const follower of followers) follower.wake()
  }

  function hint(): void {
    const waitMs = Math.max(0, lastReadAt + togetherMs - performance.now())
    timer ??= setTimeout(() => void read(), waitMs)
  }

  async function read(): Promise<void> {
    timer = undefined
    lastReadAt = performance.now()
    try {
      const after = position
      const page = await readPage(options, after)
      if (page.length === 0) return
      // Another may have read in between, or all may have left and others come.
      if (position === after) handOn(page)
      hint()
    } catch (error) {
      for (const follower of followers) follower.fail(error)
    }
  }

  function handOn(page: EventPage): void {
    const batches = new Map<string, EventBatch>()
    for (const follower of followers) {
      const { seq, filter, filterKey } = follower
      if (seq >= page.seq) continue
      const key = `${seq} ${filterKey}`
      const batch = batches.get(key) ?? page.batchFor(filter, seq)
      batches.set(key, batch)
      follower.push(batch)
    }
    position = page.seq
  }

  return {
    attach(follower) {
      if (followers.size > 0 && follower.seq < position) return false
      if (followers.size === 0) begin(follower.seq)
      followers.add(follower)
      // For what was committed since it read last.
      hint()
      return true
    },
    detach(follower) {
      if (followers.delete(follower) && followers.size === 0) sleep()
    },
  }
}
