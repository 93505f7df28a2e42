/** The feed of changes: every change of a record, in the order of the commits, for all who follow it. */
import type { EventKind } from '@hatchery/contract'
import type { Instant } from './clock.ts'
import type { ProcessId } from './process.ts'

export interface RecordedEvent {
  /** Counts up by one, without gaps. */
  readonly seq: number
  readonly at: Instant
  readonly orgId: string
  /** Null for what belongs to the organization alone. */
  readonly appId: string | null
  readonly kind: EventKind
  /** The id of what changed. */
  readonly subject: string
  /** The record as the API shows it, as JSON, without secrets. */
  readonly body: string
}

/** What of the feed someone may and wants to see. */
export interface EventFilter {
  readonly orgId: string
  readonly kinds: readonly EventKind[]
  /** Null: of any application, and what belongs to none. */
  readonly appId: string | null
  /** Only this process and the rooms on it; null: everything. */
  readonly processId: ProcessId | null
}

export interface EventFeed {
  /**
   * Takes a place among the followers, at most 1,000, else refuses with `rate-limited`. `after`: the last event that
   * was seen; null: from now on. The place is given back when the iteration ends or `signal` aborts.
   */
  follow(request: FollowRequest): Promise<Following>
}

export interface FollowRequest {
  readonly filter: EventFilter
  readonly after: number | null
  readonly signal: AbortSignal
  /** Called when `batches` will throw: whoever does not read would not learn it. */
  readonly onFailure: () => void
}

export interface Following {
  /** What comes is newer than this one. */
  readonly from: number
  /** What came after the last event that was seen is not kept any more: it goes on from now. */
  readonly isReset: boolean
  /**
   * Batches as they come, and an empty one every second or two. Ends when `signal` aborts; throws when the reader is
   * 1 MB behind, or so far that events it did not get are gone: it may come back with the last one it got.
   */
  readonly batches: AsyncIterable<EventBatch>
}

export interface EventBatch {
  /** Events, encoded and joined; none where nothing passed the filter. */
  readonly bytes: Uint8Array
  /** Up to which event all was looked at. */
  readonly seq: number
}
