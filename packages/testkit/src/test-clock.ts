/** The server's time: goes on by itself, and can be advanced by hours in a moment. */
import type { Clock } from '@hatchery/server'

export interface TestClock extends Clock {
  /**
   * Lets `ms` go by: all that is due happens in its order and at its time, and is over when this resolves. An hour takes
   * about half a second, as the server looks at everything as often as in a real one.
   */
  advance(ms: number): Promise<void>
}

interface Timer {
  readonly at: number
  readonly callback: () => void
  real: NodeJS.Timeout | undefined
}

/** `settled` resolves when what a timer began is over. */
export function createTestClock(settled: () => Promise<void>): TestClock {
  const timers = new Set<Timer>()
  // The wall clock follows the monotonic one, so that the same time goes by on both.
  const wallAtZero = Date.now() - performance.now()
  let aheadMs = 0
  const monotonic = (): number => performance.now() + aheadMs

  function fire(timer: Timer): void {
    clearTimeout(timer.real)
    if (timers.delete(timer)) timer.callback()
  }

  /** The real timer of one that is not due yet; anew when time was advanced. */
  function arm(timer: Timer): void {
    clearTimeout(timer.real)
    const ms = Math.min(Math.max(0, timer.at - monotonic()), longestTimerMs)
    timer.real = setTimeout(() => (timer.at <= monotonic() ? fire(timer) : arm(timer)), ms).unref()
  }

  const firstDueBy = (end: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0]

  function goTo(at: number): void {
    aheadMs += Math.max(0, at - monotonic())
  }

  return {
    now: () => Math.floor(wallAtZero + monotonic()),
    monotonic,
    after(ms, callback) {
      const timer: Timer = { at: monotonic() + ms, callback, real: undefined }
      timers.add(timer)
      arm(timer)
      return () => {
        clearTimeout(timer.real)
        timers.delete(timer)
      }
    },
    async advance(ms) {
      await settled()
      const end = monotonic() + ms
      for (let due = firstDueBy(end); due !== undefined; due = firstDueBy(end)) {
        goTo(due.at)
        fire(due)
        await settled()
      }
      goTo(end)
      for (const timer of timers) arm(timer)
    },
  }
}

/** Of `setTimeout`. */
const longestTimerMs = 2 ** 31 - 1
