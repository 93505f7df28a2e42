import { describe, expect, test } from 'vitest'
import { type RoomWanted, type Space, makingRoom } from '../../src/domain/making-room.ts'
import type { Process } from '../../src/domain/process.ts'
import { aProcess } from '../support/process-fixture.ts'

const unlimited: Space = { cpu: Infinity, memoryMb: Infinity, places: Infinity }

const machine = (nodeId: string, free: Partial<Space>) => ({
  nodeId,
  free: { ...unlimited, ...free },
})

/** Named, on the machine `left`, a quarter of a core. */
const on = (processId: string, given: Partial<Process> = {}): Process =>
  aProcess({ processId, nodeId: 'left', cpu: 0.25, memoryMb: 512, ...given })

const going = (given: Partial<RoomWanted>): string[] =>
  makingRoom({
    count: 1,
    needs: { cpu: 0.5, memoryMb: 512, places: 1 },
    spots: [machine('left', { cpu: 0 })],
    leaving: [],
    candidates: [],
    ...given,
  }).map(({ processId }) => processId)

const right = { nodeId: 'right' }

describe('those that go make room', () => {
  test.each<[string, Partial<RoomWanted>, string[]]>([
    ['as few as are enough', { candidates: [on('a'), on('b'), on('c')] }, ['a', 'b']],
    ['none where all are not enough', { candidates: [on('a')] }, []],
    [
      'none where what leaves is enough',
      { leaving: [on('x'), on('y')], candidates: [on('a')] },
      [],
    ],
    ['with what leaves', { leaving: [on('x')], candidates: [on('a'), on('b')] }, ['a']],
    [
      'on one machine, not a half on each',
      {
        spots: [machine('left', { cpu: 0 }), machine('right', { cpu: 0 })],
        candidates: [on('a'), on('b', right), on('c', right)],
      },
      ['b', 'c'],
    ],
    [
      'where the fewest have to go',
      {
        spots: [machine('left', { cpu: 0 }), machine('right', { cpu: 0.25 })],
        candidates: [on('a'), on('b'), on('c', right)],
      },
      ['c'],
    ],
    [
      'where the fewest rooms are',
      {
        spots: [machine('left', { cpu: 0.25 }), machine('right', { cpu: 0 })],
        candidates: [on('a', right), on('b', right), on('c', { roomsAllocated: 1 })],
      },
      ['a', 'b'],
    ],
    ['none on machines that take nothing new', { spots: [], candidates: [on('a'), on('b')] }, []],
    [
      'for several new ones, as many as are possible',
      { count: 3, candidates: [on('a'), on('b'), on('c'), on('d'), on('e')] },
      ['a', 'b', 'c', 'd'],
    ],
    [
      'where only a port is missing, one that gives it back',
      { spots: [machine('left', { places: 0 })], candidates: [on('a'), on('b')] },
      ['a'],
    ],
    [
      'on any machine, where only their number is limited',
      {
        spots: [{ nodeId: null, free: { ...unlimited, places: -1 } }],
        candidates: [on('a', right), on('b'), on('c')],
      },
      ['a', 'b'],
    ],
    [
      'although sums of fractions of a core are not exact',
      {
        needs: { cpu: 0.3, memoryMb: 0, places: 1 },
        candidates: [on('a', { cpu: 0.1 }), on('b', { cpu: 0.1 }), on('c', { cpu: 0.1 })],
        spots: [machine('left', { cpu: 1 - 0.9 - 0.1 })],
      },
      ['a', 'b', 'c'],
    ],
  ])('%s', (_, given, expected) => {
    expect(going(given)).toEqual(expected)
  })
})
