/** Waits for what happens by itself: looks again and again, and says what did not come true in time. */
import { setTimeout as pause } from 'node:timers/promises'

const deadlineMs = 30_000
const betweenMs = 10

/** What `look` answers once that is neither undefined nor false. Rejects naming `what` after 30 s. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = performance.now() + deadlineMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > deadline) throw new Error(`not within ${deadlineMs} ms: ${what}`)
    await pause(betweenMs)
  }
}
