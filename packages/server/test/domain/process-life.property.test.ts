import fc from 'fast-check'
import { expect, test } from 'vitest'
import { absorb, decide, failedToStart } from '../../src/domain/decide.ts'
import type { Observation } from '../../src/domain/driver.ts'
import {
  type Process,
  canAdvance,
  isFinal,
  lastTime,
  scheduled,
  stopping,
} from '../../src/domain/process.ts'
import {
  aProcess,
  aSpec,
  limits,
  port,
  seenEnded,
  seenRunning,
  t0,
} from '../support/process-fixture.ts'

/** Any time, also one before the process was made: clocks of other machines are like that. */
const anyTime = fc.integer({ min: t0 - 5_000, max: t0 + 1_000_000 })

const anyObservation: fc.Arbitrary<Observation> = fc.oneof(
  fc.constant<Observation>({ state: 'absent', processId: aProcess().processId }),
  fc.constant<Observation>({ state: 'starting', processId: aProcess().processId, spec: aSpec() }),
  fc.record({ bootedAt: anyTime, boundAt: fc.option(anyTime) }).map(seenRunning),
  fc
    .record({
      bootedAt: fc.option(anyTime),
      boundAt: fc.option(anyTime),
      endedAt: anyTime,
      code: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ code, ...times }) => seenEnded({ ...times, exit: { kind: 'code', code } })),
)

const anyChange: fc.Arbitrary<(process: Process) => Process> = fc.oneof(
  anyTime.map(
    (at) => (process: Process) => (canSchedule(process) ? scheduled(process, [port], at) : process),
  ),
  anyTime.map((at) => (process: Process) => stopping(process, { kind: 'requested' }, at)),
  anyTime.map((at) => (process: Process) => failedToStart(process, 'no reason', at)),
  fc.tuple(anyObservation, anyTime).map(
    ([seen, now]) =>
      (process: Process) =>
        absorb(process, seen, now, limits),
  ),
)

test('whatever is seen and asked, a status never goes back and times never go backwards', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 12 }), (changes) => {
      let process = aProcess()
      for (const change of changes) {
        const next = change(process)
        const moved = next.status !== process.status
        // More than one transition may happen in one look, so a move is a path in the table.
        if (moved) expect(reachable(process.status, next.status)).toBe(true)
        if (isFinal(process.status)) expect(next).toBe(process)
        expect(lastTime(next)).toBeGreaterThanOrEqual(lastTime(process))
        process = next
      }
      const { createdAt, scheduledAt, bootedAt, startedAt, stoppingAt, terminatedAt } = process
      const all = [createdAt, scheduledAt, bootedAt, startedAt, stoppingAt, terminatedAt]
      const times = all.filter((time) => time !== null)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    }),
    { numRuns: 2_000 },
  )
})

test('writing down what is seen comes to rest: the same look a second time changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(anyChange, { maxLength: 8 }),
      anyObservation,
      anyTime,
      (changes, seen, now) => {
        const before = changes.reduce((process, change) => change(process), aProcess())
        const once = absorb(before, seen, now, limits)
        expect(absorb(once, seen, now, limits)).toBe(once)
        expect(decide(once, seen, now, limits).kind).not.toBe('absorb')
      },
    ),
    { numRuns: 2_000 },
  )
})

/** As the store does it: not once it ran, and not once it ended. */
function canSchedule({ bootedAt, status }: Process): boolean {
  return bootedAt === null && !isFinal(status)
}

const statuses = ['starting', 'running', 'draining', 'stopping', 'stopped', 'failed'] as const

function reachable(from: Process['status'], to: Process['status']): boolean {
  return (
    canAdvance(from, to) ||
    statuses.some((middle) => canAdvance(from, middle) && canAdvance(middle, to))
  )
}
