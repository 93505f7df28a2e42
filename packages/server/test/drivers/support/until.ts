/** Waits for what must come true, instead of sleeping for luck. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again and again until the answer is neither undefined nor false; fails with `what` after `withinMs`. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}`)
    await sleep(5)
  }
}
