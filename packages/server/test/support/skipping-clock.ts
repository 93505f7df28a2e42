/** The clock of the machine, on which a test can leave time out: for limits of real programs that nobody waits for. */
import { type Clock, systemClock } from '../../src/domain/clock.ts'

export interface SkippingClock extends Clock {
  /** So much time has gone by at once, and what is due then is called soon. */
  skip(ms: number): void
}

interface Timer {
  readonly at: number
  readonly callback: () => void
  cancel: () => void
}

export function createSkippingClock(): SkippingClock {
  let skipped = 0
  const timers = new Set<Timer>()
  const monotonic = (): number => systemClock.monotonic() + skipped

  function set(timer: Timer): void {
    timer.cancel = systemClock.after(Math.max(0, timer.at - monotonic()), () => {
      timers.delete(timer)
      timer.callback()
    })
  }

  return {
    now: () => systemClock.now() + skipped,
    monotonic,
    after(ms, callback) {
      const timer: Timer = { at: monotonic() + ms, callback, cancel: () => undefined }
      timers.add(timer)
      set(timer)
      return () => {
        timers.delete(timer)
        timer.cancel()
      }
    },
    skip(ms) {
      skipped += ms
      for (const timer of timers) {
        timer.cancel()
        set(timer)
      }
    },
  }
}
