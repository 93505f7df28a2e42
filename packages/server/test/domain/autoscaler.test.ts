/** The formula of the autoscaler, case by case. */
import { describe, expect, test } from 'vitest'
import {
  type Recommendation,
  type ScalingInput,
  scale,
  within,
} from '../../src/domain/autoscaler.ts'

const bounds = { minProcesses: 1, maxProcesses: 10 }

const input = (given: Partial<ScalingInput>): ScalingInput => ({
  ...{ target: 4, running: 4, value: 8, goal: 8, bounds, before: [], now: 0 },
  lookBackMs: 300_000,
  ...given,
})

describe('the target', () => {
  const rows: [string, Partial<ScalingInput>, number][] = [
    ['stays where the value is the goal', {}, 4],
    ['stays where it is 10 % above', { value: 8.8 }, 4],
    ['stays where it is 10 % below', { value: 7.2 }, 4],
    ['goes up where it is more than 10 % above', { value: 8.9 }, 5],
    ['goes down where it is more than 10 % below and nothing was before', { value: 5.9 }, 3],
    ['is rounded up', { running: 3, value: 9, goal: 10 }, 4],
    ['goes up by any number at once', { running: 1, target: 1, value: 40 }, 5],
    ['is never above the maximum', { value: 1_000 }, 10],
    ['is never below the minimum', { value: 0, bounds: { minProcesses: 2, maxProcesses: 10 } }, 2],
    ['is never none', { value: 0, bounds: { minProcesses: 0, maxProcesses: 10 } }, 1],
    ['is none where none may be', { value: 9, bounds: { minProcesses: 0, maxProcesses: 0 } }, 0],
    ['stays while none runs', { running: 0, value: 0 }, 4],
    ['is not raised again for processes that start', { running: 1, value: 32 }, 4],
    ['follows a maximum that was lowered', { bounds: { minProcesses: 1, maxProcesses: 3 } }, 3],
    ['takes a goal below one', { running: 1, value: 1, goal: 0.25 }, 4],
    ['takes a goal that is next to nothing', { value: 1, goal: Number.MIN_VALUE }, 10],
  ]

  test.for(rows)('%s', ([, given, target]) => {
    expect(scale(input(given)).target).toBe(target)
  })

  test('goes down to the highest that was needed in the time looked back on', () => {
    const before: Recommendation[] = [
      { at: 0, processes: 9 },
      { at: 100_000, processes: 5 },
      { at: 200_000, processes: 6 },
    ]
    const idle = { target: 9, running: 9, value: 0, before }
    expect(scale(input({ ...idle, now: 299_999 })).target).toBe(9)
    expect(scale(input({ ...idle, now: 300_000 })).target).toBe(6)
    expect(scale(input({ ...idle, now: 500_000 })).target).toBe(1)
  })

  test('is not raised by what was needed before', () => {
    const before = [{ at: 0, processes: 9 }]
    expect(scale(input({ target: 4, value: 4, before, now: 1_000 }))).toMatchObject({
      ...{ target: 4, recommended: 2 },
    })
  })

  test('remembers what is recent alone', () => {
    const before = [
      { at: 0, processes: 9 },
      { at: 200_000, processes: 5 },
    ]
    const { recommendations } = scale(input({ before, now: 300_000 }))
    expect(recommendations).toEqual([
      { at: 200_000, processes: 5 },
      { at: 300_000, processes: 4 },
    ])
  })
})

test('a number is put within its bounds', () => {
  expect([0, 3, 99].map((processes) => within(processes, bounds))).toEqual([1, 3, 10])
})
