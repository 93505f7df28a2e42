/** Following a log by the count of its bytes: a reader that was cut off goes on where it was, and loses nothing unawares. */
import { HatcheryError } from '@hatchery/contract'
import type { FollowRequest, LogFollowers } from './log-followers.ts'
import type { OpenLog } from './open-log.ts'

/**
 * Where reading from `offset` begins. What was dropped from the front reads as one line, which counts as the bytes
 * before the first that is kept. A log that is shorter than `offset` was emptied: it begins anew.
 */
export async function countedFrom(log: OpenLog, offset: number): Promise<number> {
  const { size } = await log.look()
  const wanted = offset > size ? 0 : offset
  return wanted < log.start() ? log.start() - log.notice().byteLength : wanted
}

/**
 * Ends only when the log is over. Throws when the reader is cut off before, and `gone` where bytes were dropped that it
 * did not get: it comes back with its count.
 */
export async function* counted(
  followers: LogFollowers,
  request: FollowRequest,
): AsyncIterable<Uint8Array> {
  let isOver = false
  let count = request.offset
  const pieces = followers.follow({
    ...request,
    isOver: async () => (isOver = await request.isOver()),
  })
  for await (const { bytes, next } of pieces) {
    if (next - bytes.byteLength !== count)
      throw new HatcheryError('gone', `the bytes of this log after ${count} were dropped`)
    count = next
    yield bytes
  }
  if (!isOver)
    throw new HatcheryError('unavailable', `the reading of this log was broken off at ${count}`)
}
