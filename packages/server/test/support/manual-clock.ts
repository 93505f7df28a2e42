/** A clock that goes only when it is told to. */
import type { Clock } from '../../src/domain/clock.ts'

export interface ManualClock extends Clock {
  /** Lets time go by on both clocks and calls what is due, in order. */
  pass(ms: number): void
  /** Sets the wall clock forward or back, as a person or a time server does; deadlines do not notice. */
  jump(ms: number): void
}

export function createManualClock(start = 1_700_000_000_000): ManualClock {
  let monotonic = 0
  let wall = start
  const due = new Set<{ at: number; callback: () => void }>()

  function next(until: number): { at: number; callback: () => void } | undefined {
    const ripe = [...due].filter(({ at }) => at <= until)
    return ripe.toSorted((a, b) => a.at - b.at)[0]
  }

  return {
    now: () => wall,
    monotonic: () => monotonic,
    after(ms, callback) {
      const timer = { at: monotonic + ms, callback }
      due.add(timer)
      return () => void due.delete(timer)
    },
    pass(ms) {
      const end = monotonic + ms
      for (let timer = next(end); timer !== undefined; timer = next(end)) {
        due.delete(timer)
        wall += timer.at - monotonic
        monotonic = timer.at
        timer.callback()
      }
      wall += end - monotonic
      monotonic = end
    },
    jump(ms) {
      wall += ms
    },
  }
}
