import { describe, expect, test } from 'vitest'
import { idleSince, isIdle } from '../../src/domain/idle.ts'

const known = (count: number) => ({ kind: 'known', count }) as const
const unknown = { kind: 'unknown' } as const

describe('whether the idle clock runs', () => {
  test.each([
    ['nobody is connected', known(0), 0, false, true],
    ['nobody is connected to its room', known(0), 1, true, true],
    ['somebody is connected', known(2), 0, false, false],
    ['unknown, and it never had a room', unknown, 0, false, false],
    ['unknown, and it has a room', unknown, 1, true, false],
    ['unknown, and its last room ended', unknown, 0, true, true],
  ])('%s', (_name, activity, roomsAllocated, hadRoom, idle) => {
    expect(isIdle({ activity, roomsAllocated, hadRoom })).toBe(idle)
  })
})

describe('since when a process is idle', () => {
  const nobody = { activity: known(0), roomsAllocated: 0, hadRoom: false }
  test.each([
    ['from the first look', undefined, nobody, 100, 100],
    ['as before while nothing happens', { since: 50, rooms: 0 }, nobody, 100, 50],
    ['anew after somebody was there', { since: null, rooms: 0 }, nobody, 100, 100],
    [
      'anew when a room is placed',
      { since: 50, rooms: 0 },
      { ...nobody, roomsAllocated: 1 },
      100,
      100,
    ],
    [
      'as before when a room ends',
      { since: 50, rooms: 2 },
      { ...nobody, roomsAllocated: 1 },
      100,
      50,
    ],
    [
      'never while somebody is there',
      { since: 50, rooms: 0 },
      { ...nobody, activity: known(1) },
      100,
      null,
    ],
  ])('%s', (_name, before, input, now, since) => {
    expect(idleSince(before, input, now)).toBe(since)
  })
})
