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
    ...{
      allocation,
      deploymentId: 'b',
      backOff: null,
      full: null,
      now: t0 + 10_000,
      settleMs: 5_000,
    },
    ...given,
  }
  return planAllocation({ ...input, processes })
}

/** One machine with that much free, which is less than new ones need. */
const full = (freeCpu: number, neededCpu: number) => ({
  needs: { cpu: neededCpu, memoryMb: 0, places: 1 },
  spots: [{ nodeId: 'local', free: { cpu: freeCpu, memoryMb: Infinity, places: Infinity } }],
})

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

  test('but none that runs below the minimum, although others are about to run', () => {
    const starting = many(4, { status: 'starting', startedAt: null, roomsAllocated: 1 })
    expect(plan([...many(3), ...starting]).drains).toHaveLength(1)
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
    expect(drains.every(({ why }) => why === 'outdated')).toBe(true)
  })

  test('not before the new ones have run for a while', () => {
    const processes = [
      ...many(4, { ...old, roomsAllocated: 1 }),
      ...many(2, { startedAt: t0 + 6_000 }),
    ]
    expect(plan(processes).drains).toEqual([])
    expect(plan(processes, { now: t0 + 11_000 }).drains).toHaveLength(2)
  })

  describe('where the maximum leaves no room', () => {
    const tight = { minProcesses: 2, targetProcesses: 5, maxProcesses: 5 }
    const rooms = { roomsAllocated: 1 }

    test.each([
      ['one old one goes for the first new one', many(5, old), 1],
      [
        'even one with rooms, where none is empty and none leaves',
        many(5, { ...old, ...rooms }),
        1,
      ],
      [
        'no second one while the first has not settled',
        [...many(4, old), kept({ startedAt: t0 + 6_000 })],
        0,
      ],
      ['then as many as the minimum allows', [...many(4, old), kept()], 3],
      [
        'none with rooms while others are empty',
        [...many(1, old), ...many(3, { ...old, ...rooms }), kept()],
        1,
      ],
      ['none for those whose places come free anyway', [...many(2, old), ...many(3, leaving)], 0],
    ])('%s', (_, processes, drains) => {
      expect(figures(plan(processes, { allocation: tight }))).toEqual({ starts: 0, drains })
    })

    test('or the machines do', () => {
      const wide = { ...tight, maxProcesses: 10 }
      expect(plan(many(5, old), { allocation: wide }).drains).toEqual([])
      expect(plan(many(5, old), { allocation: wide, full: full(0, 0.25) }).drains).toHaveLength(1)
      const one = [...many(4, old), kept()]
      expect(plan(one, { allocation: wide, full: full(0, 0.25) }).drains).toHaveLength(3)
    })

    test('the emptiest goes', () => {
      const [full, empty] = [kept({ ...old, ...rooms }), kept(old)]
      const { drains } = plan([...many(3, { ...old, ...rooms }), full, empty], {
        allocation: tight,
      })
      expect(drains).toEqual([{ processId: empty?.processId, why: 'in-the-way' }])
    })
  })

  describe('that is broken', () => {
    const backOff = { failures: 3, until: t0, reason: 'exited with code 1' }
    const tight = { minProcesses: 2, targetProcesses: 4, maxProcesses: 4 }

    test('takes none of the old ones down', () => {
      expect(plan(many(4, old), { allocation: tight, backOff }).drains).toEqual([])
      const more = { ...tight, maxProcesses: 6 }
      expect(plan([...many(4, old), kept()], { allocation: more, backOff }).drains).toEqual([])
      const starting = many(2, { ...old, status: 'starting', startedAt: null })
      expect(plan(starting, { backOff }).drains).toEqual([])
    })

    test('sometimes, is tried again one at a time although others fill the maximum', () => {
      const full = [...many(3, old), kept()]
      expect(figures(plan(full, { allocation: tight, backOff }))).toEqual({ starts: 0, drains: 1 })
      const waiting = { ...backOff, until: t0 + 20_000 }
      expect(plan(full, { allocation: tight, backOff: waiting }).drains).toEqual([])
      const trying = [...many(2, old), kept(), kept({ status: 'starting', startedAt: null })]
      expect(plan(trying, { allocation: tight, backOff }).drains).toEqual([])
    })
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

test.each([
  ['a failure soon after it ran', { status: 'failed', ranMs: 1_000 }, true],
  ['a failure after a minute', { status: 'failed', ranMs: 60_000 }, false],
  ['a failure before it ran', { status: 'failed', ranMs: null }, true],
  ['an end with code 0 at once', { status: 'stopped', ranMs: 4_999 }, true],
  ['an end with code 0 later', { status: 'stopped', ranMs: 5_000 }, false],
  ['an end that was asked for', { status: 'stopped', ranMs: 0, isWanted: true }, false],
] as const)(
  '%s: whether it speaks against a deployment',
  (_, { status, ranMs, ...given }, expected) => {
    const wanted = { kind: 'stop', why: { kind: 'requested' } } as const
    const process = aProcess({
      status,
      ...(ranMs !== null && { startedAt: t0 }),
      terminatedAt: t0 + (ranMs ?? 0),
      ...('isWanted' in given && { wanted }),
    })
    expect(failedEarly(process)).toBe(expected)
  },
)

const anyAllocation = fc
  .tuple(fc.nat(5), fc.integer({ min: 1, max: 5 }), fc.nat(5))
  .map(([min, more, above]) => ({
    ...{ minProcesses: min, targetProcesses: min + more, maxProcesses: min + more + above },
  }))

const anyProcess = fc
  .record({
    status: fc.constantFrom('starting', 'running', 'draining', 'stopping' as const),
    deploymentId: fc.constantFrom('a', 'b'),
    isAllocated: fc.constantFrom(true, true, true, false),
    roomsAllocated: fc.nat(2),
    ranMs: fc.constantFrom(0, 6_000),
  })
  .map(({ ranMs, ...given }) => {
    const startedAt = given.status === 'starting' ? null : t0 + 10_000 - ranMs
    const isGoing = given.status === 'draining' || given.status === 'stopping'
    return { ...given, startedAt, ...(isGoing && { wanted: leaving.wanted }) }
  })

test('whatever is there, no plan leaves fewer than the minimum running, or more than the maximum', () => {
  const backOffs = fc.option(
    fc.record({ failures: fc.nat(9), until: fc.constantFrom(t0, t0 + 20_000) }),
  )
  fc.assert(
    fc.property(
      anyAllocation,
      fc.array(anyProcess),
      backOffs,
      fc.option(fc.integer({ min: 1, max: 4 })),
      (limits, given, failing, quarters) => {
        const backOff = failing && { ...failing, reason: 'exited with code 1' }
        const processes = given.map(kept)
        const { starts, drains } = plan(processes, {
          allocation: limits,
          backOff,
          full: quarters === null ? null : full(0, quarters / 4),
        })
        const going = drains.map(({ processId }) => processId)
        expect(new Set(going).size).toBe(going.length)
        const gone = processes.filter(({ processId }) => going.includes(processId))
        expect(gone.every(({ isAllocated, wanted }) => isAllocated && wanted.kind === 'run')).toBe(
          true,
        )
        if (starts > 0) expect(processes.length + starts).toBeLessThanOrEqual(limits.maxProcesses)
        const isRunning = ({ status }: Process): boolean => status === 'running'
        const running = processes.filter((one) => one.isAllocated && isRunning(one)).length
        const left = running - gone.filter(isRunning).length
        expect(left).toBeGreaterThanOrEqual(Math.min(limits.minProcesses, running))
        // For a single new one; more than one goes for it where there are more than the maximum.
        const above = Math.max(0, processes.length - limits.maxProcesses)
        if (backOff !== null)
          expect(drains.filter(({ why }) => why !== 'too-many').length).toBeLessThanOrEqual(
            quarters ?? 1 + above,
          )
      },
    ),
    { numRuns: 2_000 },
  )
})

test('whatever happens in between, it comes to the target and stays within min and max', () => {
  const chance = fc.array(fc.nat(), { minLength: 400, maxLength: 400 })
  fc.assert(
    fc.property(anyAllocation, chance, (limit, numbers) => {
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
