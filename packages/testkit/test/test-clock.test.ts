/** The clock alone, without a server. */
import { expect, test } from 'vitest'
import { eventually } from '../../server/test/support/eventually.ts'
import { createTestClock } from '../src/test-clock.ts'

const nothingToSettle = async (): Promise<void> => {}
const hour = 3_600_000

test('what is due happens in its order and at its time', async () => {
  const clock = createTestClock(nothingToSettle)
  const began = clock.monotonic()
  const happened: { what: string; after: number }[] = []
  const note = (what: string) => () =>
    happened.push({ what, after: Math.round((clock.monotonic() - began) / hour) })
  clock.after(3 * hour, note('third'))
  clock.after(hour, note('first'))
  clock.after(2 * hour, note('second'))
  clock.after(5 * hour, note('too late'))
  await clock.advance(4 * hour)
  expect(happened).toEqual([
    { what: 'first', after: 1 },
    { what: 'second', after: 2 },
    { what: 'third', after: 3 },
  ])
  expect(Math.round((clock.monotonic() - began) / hour)).toBe(4)
})

test('what follows from something due is due in its turn', async () => {
  let under = Promise.resolve()
  const clock = createTestClock(() => under)
  let rounds = 0
  const plan = () =>
    clock.after(hour, () => {
      under = new Promise(setImmediate).then(() => {
        rounds += 1
        plan()
      })
    })
  plan()
  await clock.advance(3.5 * hour)
  expect(rounds).toBe(3)
})

test('what was cancelled does not happen', async () => {
  const clock = createTestClock(nothingToSettle)
  let happened = 0
  const cancel = clock.after(hour, () => (happened += 1))
  clock.after(hour / 2, () => (happened += 10))
  cancel()
  await clock.advance(2 * hour)
  expect(happened).toBe(10)
})

test('both clocks go on together, and what is left happens by itself in time', async () => {
  const clock = createTestClock(nothingToSettle)
  const began = { wall: clock.now(), monotonic: clock.monotonic() }
  let happened = false
  clock.after(hour + 20, () => (happened = true))
  await clock.advance(hour)
  const passed = {
    wall: clock.now() - began.wall,
    monotonic: clock.monotonic() - began.monotonic,
  }
  expect(Math.abs(passed.wall - passed.monotonic)).toBeLessThan(1_000)
  expect(passed.monotonic).toBeGreaterThanOrEqual(hour)
  await eventually('the rest of the time is over', () => happened)
})
