import { describe, expect, test } from 'vitest'
import { absorb, decide } from '../../src/domain/decide.ts'
import { drained, draining } from '../../src/domain/process.ts'
import {
  aProcess,
  bootedProcess,
  limits,
  runningProcess,
  seenEnded,
  seenRunning,
  t0,
} from '../support/process-fixture.ts'

const why = { kind: 'drained' } as const
const at = t0 + 10

describe('a drain that is asked for', () => {
  test('has a running process drain at once', () => {
    expect(draining(runningProcess(), why, at)).toMatchObject({
      ...{ status: 'draining', wanted: { kind: 'drain', why, at } },
    })
  })

  test('has one that starts for a room go on, and drain once it is bound', () => {
    const waiting = draining(bootedProcess({ roomsAllocated: 1 }), why, at)
    expect(waiting).toMatchObject({ status: 'starting', wanted: { kind: 'drain' } })
    const seen = seenRunning({ boundAt: t0 + 20 })
    expect(absorb(waiting, seen, t0 + 20, limits)).toMatchObject({
      ...{ status: 'draining', startedAt: t0 + 20, roomsAllocated: 1 },
    })
  })

  test('stops one that starts without a room', () => {
    expect(draining(bootedProcess(), why, at)).toMatchObject({
      ...{ status: 'stopping', stoppingAt: at, wanted: { kind: 'stop', why } },
    })
  })

  test.each([
    aProcess({ status: 'stopped', terminatedAt: t0 }),
    runningProcess({ status: 'stopping', wanted: { kind: 'stop', why: { kind: 'requested' } } }),
    draining(runningProcess(), { kind: 'replaced', deploymentId: 'dep-2' }, t0 + 5),
  ])('changes nothing for one that is $status', (process) => {
    expect(draining(process, why, at)).toBe(process)
  })
})

describe('a draining process', () => {
  const process = draining(runningProcess({ roomsAllocated: 1 }), why, at)
  const seen = seenRunning({ boundAt: t0 + 3 })

  test('waits for its time to be over, then is stopped although it has rooms', () => {
    const until = at + limits.drainMs
    expect(decide(process, seen, at, limits)).toEqual({ kind: 'wait', until })
    expect(decide(process, seen, until, limits)).toEqual({ kind: 'absorb' })
    expect(absorb(process, seen, until, limits)).toMatchObject({ status: 'stopping' })
  })

  test('ends in stopped for the reason of the drain', () => {
    const stopping = drained(process, t0 + 20)
    expect(stopping).toMatchObject({ status: 'stopping', wanted: { kind: 'stop', why } })
    expect(absorb(stopping, seenEnded(), t0 + 50, limits)).toMatchObject({
      ...{ status: 'stopped', exitReason: 'stopped after draining' },
    })
  })

  test('that crashes has failed', () => {
    const crash = seenEnded({ exit: { kind: 'signal', signal: 'SIGSEGV' } })
    expect(absorb(process, crash, t0 + 50, limits)).toMatchObject({
      ...{ status: 'failed', exitReason: 'killed by signal SIGSEGV' },
    })
  })
})
