import { HatcheryError } from '@hatchery/contract'
import type { Following } from '../../domain/events.ts'
import type { ContextOf, Handler } from '../context.ts'
import { isStillAllowed, stillAllowedMs } from '../still-allowed.ts'
import { livingFrame, openingFrame, resetFrame } from './event-frame.ts'
import { eventFilter } from './event-filter.ts'

const livingMs = 15_000

type Follower = ContextOf<'GetEvents'>

/** Everything that changes and may be seen, until the caller leaves, its token ends, or the server stops. */
export const getEvents: Handler<'GetEvents'> = async ({ query }, context) => {
  const filter = await eventFilter(context, query)
  const after = readLastEventId(context.header('last-event-id'))
  const following = await context.services.events.follow({
    ...{ filter, after, signal: context.signal },
    onFailure: () => context.cut(),
  })
  context.setHeader('cache-control', 'no-cache')
  // Some proxies collect an answer before they hand it on.
  context.setHeader('x-accel-buffering', 'no')
  return framesOf(following, context)
}

function readLastEventId(text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new HatcheryError(
    'invalid',
    'the header last-event-id must be the id of an event of this stream, a whole number',
  )
}

async function* framesOf(following: Following, context: Follower): AsyncIterable<Uint8Array> {
  const { monotonic } = context.services.clock
  const { from, isReset, batches } = following
  yield openingFrame(from)
  if (isReset) yield resetFrame(from)
  let sentAt = monotonic()
  let checkedAt = sentAt
  for await (const { bytes, seq } of batches) {
    if (monotonic() - checkedAt >= stillAllowedMs) {
      if (!(await isStillAllowed(context))) return
      checkedAt = monotonic()
    }
    if (bytes.byteLength > 0) yield bytes
    else if (monotonic() - sentAt >= livingMs) yield livingFrame(seq)
    else continue
    sentAt = monotonic()
  }
}
