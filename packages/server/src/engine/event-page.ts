/** Some events in a row, read once and encoded once, for all who want some of them. */
import { HatcheryError } from '@hatchery/contract'
import type { EventBatch, EventFilter, RecordedEvent } from '../domain/events.ts'
import type { Store } from '../domain/store.ts'

export interface EventSource {
  readonly store: Pick<Store, 'listEvents'>
  /** An event as its followers get it. */
  readonly encode: (event: RecordedEvent) => Uint8Array
}

export interface EventPage {
  readonly length: number
  /** The number of its last event. */
  readonly seq: number
  /** There may be more. */
  readonly isFull: boolean
  /** What passes the filter of the events after the number `after`. */
  batchFor(filter: EventFilter, after: number): EventBatch
}

const pageLength = 500

/** Throws when the one after `after` is not kept any more: whoever wants it has to come back. */
export async function readPage({ store, encode }: EventSource, after: number): Promise<EventPage> {
  const events = await store.listEvents(after, pageLength)
  const [first] = events
  if (first !== undefined && first.seq !== after + 1) throw noLongerKept()
  const readables = events.map((event) => readableOf(event, encode))
  const { length } = events
  const seq = after + length
  return {
    ...{ length, seq, isFull: length === pageLength },
    batchFor(filter, behind) {
      const passed = readables.filter(
        (readable) => readable.event.seq > behind && passes(readable, filter),
      )
      return { bytes: Buffer.concat(passed.map(({ bytes }) => bytes())), seq }
    },
  }
}

const noLongerKept = (): HatcheryError =>
  new HatcheryError('gone', 'the events after the last one that was read are not kept any more')

/** An event, with what costs something made at most once. */
interface Readable {
  readonly event: RecordedEvent
  readonly bytes: () => Uint8Array
  /** The process it is of, or that the room is or was on. */
  readonly processId: () => string | null
}

function readableOf(event: RecordedEvent, encode: EventSource['encode']): Readable {
  let bytes: Uint8Array | undefined
  let processId: string | null | undefined
  return {
    event,
    bytes: () => (bytes ??= encode(event)),
    processId: () => (processId === undefined ? (processId = processOf(event)) : processId),
  }
}

function processOf({ kind, subject, body }: RecordedEvent): string | null {
  if (kind === 'process') return subject
  if (kind !== 'room') return null
  return (JSON.parse(body) as { processId: string | null }).processId
}

function passes({ event, processId }: Readable, filter: EventFilter): boolean {
  return (
    event.orgId === filter.orgId &&
    filter.kinds.includes(event.kind) &&
    (filter.appId === null || event.appId === filter.appId) &&
    (filter.processId === null || processId() === filter.processId)
  )
}
