import { describe, expect, test } from 'vitest'
import { type Step, absorb, decide } from '../../src/domain/decide.ts'
import type { Observation } from '../../src/domain/driver.ts'
import { type Process, stopping } from '../../src/domain/process.ts'
import {
  aProcess,
  aSpec,
  bootedProcess,
  limits,
  runningProcess,
  scheduledProcess,
  seenEnded,
  seenRunning,
  t0,
} from '../support/process-fixture.ts'

const absent: Observation = { state: 'absent', processId: aProcess().processId }
const accepted: Observation = { state: 'starting', processId: aProcess().processId, spec: aSpec() }
const requested = (process: Process, at = t0 + 10): Process =>
  stopping(process, { kind: 'requested' }, at)
const idle = (process: Process): Process => stopping(process, { kind: 'idle', minutes: 5 }, t0 + 10)

describe('the next step', () => {
  const table: [string, Process, Observation, number, Step][] = [
    ['a new process gets its ports', aProcess(), absent, t0, { kind: 'schedule' }],
    ['one with ports is started', scheduledProcess(), absent, t0 + 5, { kind: 'start' }],
    [
      'one that the place accepted is waited for',
      scheduledProcess(),
      accepted,
      t0 + 5,
      { kind: 'wait', until: t0 + 600_000 },
    ],
    [
      'one whose program runs is written down',
      scheduledProcess(),
      seenRunning(),
      t0 + 5,
      { kind: 'absorb' },
    ],
    [
      'one that runs unbound is waited for until the bind limit',
      bootedProcess(),
      seenRunning(),
      t0 + 5,
      { kind: 'wait', until: t0 + 2 + 100_000 },
    ],
    [
      'one that never bound is stopped',
      bootedProcess(),
      seenRunning(),
      t0 + 2 + 100_000,
      { kind: 'absorb' },
    ],
    [
      'a bound one is written down',
      bootedProcess(),
      seenRunning({ boundAt: t0 + 9 }),
      t0 + 9,
      { kind: 'absorb' },
    ],
    [
      'a running one is left alone',
      runningProcess(),
      seenRunning({ boundAt: t0 + 3 }),
      t0 + 99,
      { kind: 'wait', until: null },
    ],
    [
      'a stop asks first',
      requested(runningProcess()),
      seenRunning(),
      t0 + 10,
      { kind: 'terminate', killAt: t0 + 30_010 },
    ],
    [
      'a stop forces after the grace time',
      requested(runningProcess()),
      seenRunning(),
      t0 + 30_010,
      { kind: 'kill' },
    ],
    [
      'a stop before anything was started is done at once',
      requested(aProcess()),
      absent,
      t0 + 10,
      { kind: 'absorb' },
    ],
    ['an end is written down', runningProcess(), seenEnded(), t0 + 60, { kind: 'absorb' }],
    [
      'a final one that still runs is killed',
      runningProcess({ status: 'stopped' }),
      seenRunning(),
      t0,
      { kind: 'kill' },
    ],
    [
      'a final one that is gone needs nothing',
      runningProcess({ status: 'failed' }),
      absent,
      t0,
      { kind: 'done' },
    ],
    [
      'one that was accepted too long ago is given up',
      scheduledProcess(),
      accepted,
      t0 + 600_000,
      { kind: 'absorb' },
    ],
  ]
  test.each(table)('%s', (_name, process, seen, now, step) => {
    expect(decide(process, seen, now, limits)).toEqual(step)
  })
})

describe('the end of a process', () => {
  const signal = { kind: 'signal', signal: 'SIGSEGV' } as const
  const table: [string, Process, Observation, string, string][] = [
    ['code 0 while running', runningProcess(), seenEnded(), 'stopped', 'exited with code 0'],
    [
      'another code while running',
      runningProcess(),
      seenEnded({ exit: { kind: 'code', code: 3 } }),
      'failed',
      'exited with code 3',
    ],
    [
      'code 0 before it was bound',
      bootedProcess(),
      seenEnded({ boundAt: null }),
      'failed',
      'exited with code 0',
    ],
    [
      'a crash',
      runningProcess(),
      seenEnded({ exit: signal }),
      'failed',
      'killed by signal SIGSEGV',
    ],
    [
      'too little memory',
      runningProcess(),
      seenEnded({ exit: { kind: 'out-of-memory', limitMb: 512 } }),
      'failed',
      'out of memory (limit 512 MB)',
    ],
    [
      'a stop on request, whatever the code',
      requested(runningProcess()),
      seenEnded({ exit: signal }),
      'stopped',
      'stopped on request',
    ],
    ['idleness', idle(runningProcess()), seenEnded(), 'stopped', 'stopped after 5 min idle'],
    ['a stop before the start', requested(aProcess()), absent, 'stopped', 'stopped on request'],
    ['no trace of a run', runningProcess(), absent, 'failed', 'lost: no trace of it was found'],
    [
      'a restart of the machine',
      runningProcess(),
      seenEnded({ exit: { kind: 'lost', cause: 'machine restarted' } }),
      'failed',
      'lost: machine restarted',
    ],
  ]
  test.each(table)('%s', (_name, process, seen, status, reason) => {
    const next = absorb(process, seen, t0 + 60, limits)
    expect([next.status, next.exitReason]).toEqual([status, reason])
    expect(next.terminatedAt).toBeGreaterThanOrEqual(t0)
  })

  test('a process that never bound fails with the port it should have bound', () => {
    const stopped = absorb(bootedProcess(), seenRunning(), t0 + 2 + 100_000, limits)
    expect(stopped.status).toBe('stopping')
    const next = absorb(stopped, seenEnded({ boundAt: null }), t0 + 200_000, limits)
    expect([next.status, next.exitReason]).toEqual([
      'failed',
      'did not bind 20013/udp within 100 s',
    ])
  })

  test('a process that bound another port is told which', () => {
    const seen = seenRunning({ boundInstead: '7777/udp' })
    const stopped = absorb(bootedProcess(), seen, t0 + 2 + 100_000, limits)
    const next = absorb(stopped, seenEnded({ boundAt: null }), t0 + 200_000, limits)
    expect(next.exitReason).toBe(
      'did not bind 20013/udp within 100 s: bound 7777/udp instead of 20013/udp: read PORT',
    )
  })

  test('a process that bound its port over the wrong transport is told what to change', () => {
    const seen = seenRunning({ boundInstead: '20013/tcp' })
    const stopped = absorb(bootedProcess(), seen, t0 + 2 + 100_000, limits)
    const next = absorb(stopped, seenEnded({ boundAt: null }), t0 + 200_000, limits)
    expect(next.exitReason).toBe(
      'did not bind 20013/udp within 100 s: bound 20013/tcp instead of 20013/udp: deploy it with transportType tcp',
    )
  })

  test('a program that began to run after the request to stop counts as running from then', () => {
    const next = absorb(
      requested(scheduledProcess()),
      seenEnded({ bootedAt: t0 + 18 }),
      t0 + 60,
      limits,
    )
    expect(next).toMatchObject({ bootedAt: t0 + 10, stoppingAt: t0 + 10, terminatedAt: t0 + 50 })
  })

  test('an end that nobody saw coming still tells that the process ran', () => {
    const next = absorb(scheduledProcess(), seenEnded(), t0 + 60, limits)
    expect(next).toMatchObject({
      status: 'stopped',
      bootedAt: t0 + 2,
      startedAt: t0 + 3,
      terminatedAt: t0 + 50,
      exitCode: 0,
    })
  })
})
