import { expect, test } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import { createWorkQueue } from '../../src/engine/work-queue.ts'

function aQueue(work: (id: string) => Promise<void>, concurrency = 8) {
  const errors: string[] = []
  const queue = createWorkQueue({
    ...{ clock: systemClock, concurrency, work },
    onError: (id, error) => errors.push(`${id}: ${(error as Error).message}`),
  })
  return { queue, errors }
}

test('an id is never worked on twice at once, and one added meanwhile is worked on again', async () => {
  let active = 0
  let most = 0
  let times = 0
  const gate = Promise.withResolvers<void>()
  const { queue } = aQueue(async () => {
    active += 1
    times += 1
    most = Math.max(most, active)
    if (times === 1) await gate.promise
    active -= 1
  })
  queue.add('a')
  queue.add('a')
  queue.add('a')
  gate.resolve()
  await queue.settled()
  expect({ most, times }).toEqual({ most: 1, times: 2 })
})

test('no more ids are worked on at once than allowed', async () => {
  let active = 0
  let most = 0
  const { queue } = aQueue(async () => {
    active += 1
    most = Math.max(most, active)
    await Promise.resolve()
    active -= 1
  }, 3)
  for (let id = 0; id < 20; id += 1) queue.add(String(id))
  await queue.settled()
  expect(most).toBe(3)
})

test('a failing id is tried again and never stops the others', async () => {
  const done: string[] = []
  const tries = new Map<string, number>()
  const recovered = Promise.withResolvers<void>()
  const { queue, errors } = aQueue(async (id) => {
    const count = (tries.get(id) ?? 0) + 1
    tries.set(id, count)
    if (id === 'bad' && count < 3) throw new Error(`try ${count}`)
    done.push(id)
    if (id === 'bad') recovered.resolve()
  }, 1)
  queue.add('bad')
  queue.add('good')
  await recovered.promise
  expect(done).toEqual(['good', 'bad'])
  expect(errors).toEqual(['bad: try 1', 'bad: try 2'])
})

test('closing waits for what is under way and starts nothing more', async () => {
  const gate = Promise.withResolvers<void>()
  let times = 0
  const { queue } = aQueue(async () => {
    times += 1
    await gate.promise
  }, 1)
  queue.add('a')
  queue.add('b')
  const closed = queue.close()
  gate.resolve()
  await closed
  queue.add('c')
  expect(times).toBe(1)
})
