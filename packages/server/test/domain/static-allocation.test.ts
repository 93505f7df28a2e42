import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Process } from '../../src/domain/process.ts'
import {
  type Allocation,
  type AllocationPlan,
  backedOff,
  failedEarly,
  planAllocation,
} from '../../src/domain/static-allocation.ts'
import { aProcess, t0 } from '../support/process-fixture.ts'

const allocation: Allocation = { minProcesses: 2, targetProcesses: 4, maxProcesses: 6 }

let made = 0

/** Of the newest deployment, `b`, running, without rooms. */
const kept = (given: Partial<Process> = {}): Process => {
  made += 1
  return aProcess({
    ...{ processId: `process-${made}`, seq: made, isAllocated: true, deploymentId: 'b' },
    ...{ status: 'running', startedAt: t0 },
    ...given,
  })
}

const many = (count: number, given: Partial<Process> = {}): Process[] =>
  Array.from({ length: count }, () => kept(given))

const old = { deploymentId: 'a' }
const leaving: Partial<Process> = {
  ...({ status: 'draining', roomsAllocated: 1 } as const),
  wanted: { kind: 'drain', why: { kind: 'drained' }, at: t0 },
}

function plan(processes: Process[], given: Partial<Parameters<typeof planAllocation>[0]> = {}) {
  const input = {
    ...{ allocation, deploymentId: 'b', backOff: null, now: t0 + 10_000, settleMs: 5_000 },
    ...given,
  }
  return planAllocation({ ...input, processes })
}

const figures = ({ starts, drains }: AllocationPlan) => ({ starts, drains: drains.length })

describe('what is missing is started', () => {
  test.each([
    ['nothing there', [], 4],
    ['some there', many(3), 1],
    ['some that start', many(3, { status: 'starting', startedAt: null }), 1],
    ['enough', many(4), 0],
    [
      'others of the application, which count for the maximum only',
      many(4, { isAllocated: false }),
      2,
    ],
    ['some that go, which count for the maximum only', many(5, leaving), 1],
  ])('%s', (_, processes, starts) => {
    expect(figures(plan(processes))).toEqual({ starts, drains: 0 })
  })

  test('nothing without a deployment', () => {
    expect(figures(plan([], { deploymentId: null }))).toEqual({ starts: 0, drains: 0 })
  })

  test('none while a deployment that fails has to wait, then one at a time', () => {
    const backOff = { failures: 1, until: t0 + 20_000, reason: 'exited with code 1' }
    expect(plan([], { backOff }).starts).toBe(0)
    expect(plan([], { backOff, now: t0 + 20_000 }).starts).toBe(1)
    const trying = many(1, { status: 'starting', startedAt: null })
    expect(plan(trying, { backOff, now: t0 + 20_000 }).starts).toBe(0)
  })
})

describe('what is too many is drained', () => {
  test('the emptiest first, then the newest', () => {
    const [first, full, last] = [kept(), kept({ roomsAllocated: 3 }), kept()]
    const processes = [first, full, last, ...many(3, { roomsAllocated: 1 })]
    expect(plan(processes).drains.map(({ processId }) => processId)).toEqual([
      last?.processId,
      first?.processId,
    ])
  })

  test('all when nothing shall be kept, but nothing that it did not make', () => {
    const none = { minProcesses: 0, targetProcesses: 0, maxProcesses: 0 }
    const processes = [...many(3), ...many(2, { isAllocated: false })]
    expect(figures(plan(processes, { allocation: none }))).toEqual({ starts: 0, drains: 3 })
  })
})

describe('a new deployment replaces the old one', () => {
  test('new ones are started as the maximum allows, before any old one goes', () => {
    expect(figures(plan(many(4, { ...old, roomsAllocated: 1 })))).toEqual({ starts: 2, drains: 0 })
  })

  test('old ones go as new ones run', () => {
    const processes = [...many(4, { ...old, roomsAllocated: 1 }), ...many(2)]
    const { drains, starts } = plan(processes)
    expect({ starts, drains: drains.length }).toEqual({ starts: 0, drains: 2 })
    expect(drains.every(({ replaced }) => replaced)).toBe(true)
  })

  test('not before the new ones have run for a while', () => {
    const processes = [
      ...many(4, { ...old, roomsAllocated: 1 }),
      ...many(2, { startedAt: t0 + 6_000 }),
    ]
    expect(plan(processes).drains).toEqual([])
    expect(plan(processes, { now: t0 + 11_000 }).drains).toHaveLength(2)
  })

  test('empty ones make room for new ones, down to the minimum', () => {
    const tight = { minProcesses: 2, targetProcesses: 4, maxProcesses: 4 }
    expect(figures(plan(many(4, old), { allocation: tight }))).toEqual({ starts: 0, drains: 2 })
    const full = many(4, { ...old, roomsAllocated: 1 })
    expect(figures(plan(full, { allocation: tight }))).toEqual({ starts: 0, drains: 0 })
  })

  test('a broken one takes none of the old ones down', () => {
    const backOff = { failures: 3, until: t0, reason: 'exited with code 1' }
    const tight = { minProcesses: 2, targetProcesses: 4, maxProcesses: 4 }
    expect(plan(many(4, old), { allocation: tight, backOff }).drains).toEqual([])
  })

  test('old ones that do not run yet go at once', () => {
    const processes = many(2, { ...old, status: 'starting', startedAt: null })
    expect(plan(processes).drains).toHaveLength(2)
  })
})

test('the pause between tries doubles from 1 s to 5 min', () => {
  let backOff = backedOff(null, 'exited with code 1', t0)
  const pauses = [backOff.until - t0]
  for (let count = 0; count < 10; count += 1) {
    backOff = backedOff(backOff, 'exited with code 1', t0)
    pauses.push(backOff.until - t0)
  }
  expect(pauses.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000])
  expect(pauses.at(-1)).toBe(300_000)
})

test('an end soon after the start counts as a failure, a later one or a wanted one does not', () => {
  const failed = (ranMs: number) =>
    aProcess({ status: 'failed', startedAt: t0, terminatedAt: t0 + ranMs })
  expect(failedEarly(failed(1_000))).toBe(true)
  expect(failedEarly(failed(60_000))).toBe(false)
  expect(failedEarly(aProcess({ status: 'failed', terminatedAt: t0 }))).toBe(true)
  expect(failedEarly(aProcess({ status: 'stopped', startedAt: t0, terminatedAt: t0 }))).toBe(false)
})

test('whatever happens in between, it comes to the target and stays within min and max', () => {
  const chance = fc.array(fc.nat(), { minLength: 400, maxLength: 400 })
  const limits = fc
    .tuple(fc.nat(5), fc.integer({ min: 1, max: 5 }), fc.nat(5))
    .map(([min, more, above]) => ({
      ...{ minProcesses: min, targetProcesses: min + more, maxProcesses: min + more + above },
    }))
  fc.assert(
    fc.property(limits, chance, (limit, numbers) => {
      const next = (below: number): number => (numbers.shift() ?? 0) % below
      const target = limit.targetProcesses
      let processes = many(target, { ...old, roomsAllocated: 1 })
      for (let round = 0; round < 60; round += 1) {
        const { starts, drains } = plan(processes, { allocation: limit })
        processes.push(...many(starts, { status: 'starting', startedAt: null }))
        for (const { processId } of drains) processes = processes.map((one) => gone(one, processId))
        expect(processes.length).toBeLessThanOrEqual(limit.maxProcesses)
        const running = processes.filter(({ status }) => status === 'running').length
        expect(running).toBeGreaterThanOrEqual(limit.minProcesses)
        processes = processes.flatMap((one) => lived(one, next(3)))
      }
      const { starts, drains } = plan(processes, { allocation: limit })
      expect({ starts, drains: drains.length }).toEqual({ starts: 0, drains: 0 })
      const fresh = processes.filter(({ deploymentId }) => deploymentId === 'b')
      expect({ all: processes.length, fresh: fresh.length }).toEqual({ all: target, fresh: target })
    }),
    { numRuns: 100 },
  )
})

/** One of those that drain now: it drains while it has rooms. */
const gone = (process: Process, processId: string): Process =>
  process.processId === processId
    ? { ...process, ...leaving, roomsAllocated: process.roomsAllocated }
    : process

/** A moment of its life: it comes up, its room ends, it ends when it drains and is empty. Late rounds leave nothing to chance. */
function lived(process: Process, chance: number): Process[] {
  if (chance > 0) return [process]
  if (process.status === 'starting') return [{ ...process, status: 'running', startedAt: t0 }]
  if (process.deploymentId === 'a' && process.roomsAllocated > 0)
    return [{ ...process, roomsAllocated: 0 }]
  return process.status === 'draining' ? [] : [process]
}
