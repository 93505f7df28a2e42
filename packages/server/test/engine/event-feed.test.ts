/** The feed on a real store: everybody gets everything once and in order, whoever is slow and whenever one comes. */
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import type { EventBatch, EventFilter, RecordedEvent } from '../../src/domain/events.ts'
import type { Store } from '../../src/domain/store.ts'
import { createEventFeed } from '../../src/engine/event-feed.ts'
import { openSqliteStore } from '../../src/stores/sqlite.ts'
import { aBuild, anOrganization, aToken } from '../conformance/stores/records.ts'
import { eventually } from '../support/eventually.ts'
import { aFolder } from '../support/start-hatchery.ts'

const everything: EventFilter = {
  ...{ orgId: 'org-1', kinds: ['build', 'token'], appId: null, processId: null },
}

async function aFeed(given: { maxFollowers?: number } = {}) {
  const store = await openSqliteStore({ file: join(aFolder(), 'a.db'), clock: systemClock })
  onTestFinished(() => store.close())
  await store.insertOrganization(anOrganization(), aToken())
  let encoded = 0
  const encode = ({ seq }: RecordedEvent): Uint8Array => {
    encoded += 1
    return Buffer.from(`${seq}\n`)
  }
  const feed = createEventFeed({ store, encode, ...given })
  const gone = new AbortController()
  onTestFinished(() => gone.abort())
  let failures = 0
  const follow = (
    after: number | null = null,
    given: Partial<EventFilter> = {},
    signal = gone.signal,
  ) =>
    feed.follow({
      filter: { ...everything, ...given },
      after,
      signal,
      onFailure: () => (failures += 1),
    })
  return { store, feed, follow, gone, encoded: () => encoded, failures: () => failures }
}

let made = 0

/** Writes builds, `count` at once. */
const write = (store: Store, count: number, given: Parameters<typeof aBuild>[0] = {}) =>
  Promise.all(
    Array.from({ length: count }, () =>
      store.insertBuild(aBuild({ buildId: `b-${(made += 1)}`, ...given })),
    ),
  )

const numbersIn = ({ bytes }: EventBatch): number[] =>
  Buffer.from(bytes).toString().split('\n').slice(0, -1).map(Number)

/** What comes until event `last`. */
async function readUntil(batches: AsyncIterable<EventBatch>, last: number): Promise<number[]> {
  const numbers: number[] = []
  for await (const batch of batches) {
    numbers.push(...numbersIn(batch))
    if ((numbers.at(-1) ?? 0) >= last) break
  }
  return numbers
}

const newestOf = async (store: Store): Promise<number> =>
  (await store.findEventRange())?.newest ?? 0

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('a follower', () => {
  test('gets what comes from now on, or from where it was', async () => {
    const { store, follow } = await aFeed()
    await write(store, 3)
    const now = await newestOf(store)
    const [fresh, returned] = [await follow(), await follow(now - 2)]
    expect(fresh).toMatchObject({ from: now, isReset: false })
    expect(returned).toMatchObject({ from: now - 2, isReset: false })
    const got = Promise.all([
      readUntil(fresh.batches, now + 4),
      readUntil(returned.batches, now + 4),
    ])
    await write(store, 4)
    expect(await got).toEqual([range(now + 1, now + 4), range(now - 1, now + 4)])
  })

  test('gets nothing that is not for it', async () => {
    const { store, follow } = await aFeed()
    const foreign = await follow(0, { orgId: 'org-2' })
    const tokens = await follow(0, { kinds: ['token'] })
    const got = Promise.all([readUntil(foreign.batches, 3), readUntil(tokens.batches, 5)])
    await write(store, 1)
    await store.insertBuild(aBuild({ buildId: 'foreign', orgId: 'org-2' }))
    await write(store, 1)
    await store.insertToken(aToken({ orgTokenId: 'token-2', name: 'ci', hash: 'c'.repeat(64) }))
    expect(await got).toEqual([[3], [1, 5]])
  })

  test('is told when what it wants is not kept, or was never there', async () => {
    const { store, follow } = await aFeed()
    await write(store, 5)
    const now = await newestOf(store)
    await store.pruneEvents(0, 2)
    expect(await follow(now - 3)).toMatchObject({ from: now, isReset: true })
    expect(await follow(now + 1)).toMatchObject({ from: now, isReset: true })
    expect(await follow(now - 2)).toMatchObject({ from: now - 2, isReset: false })
  })

  test('that is overtaken by the removal of old events is cut off', async () => {
    const { store, follow, failures } = await aFeed()
    await write(store, 1_200)
    const { batches } = await follow(0)
    const reader = batches[Symbol.asyncIterator]()
    expect(numbersIn((await reader.next()).value as EventBatch)).toHaveLength(500)
    await store.pruneEvents(0, 10)
    await expect(reader.next()).rejects.toThrow('not kept any more')
    expect(failures()).toBe(0)
  })

  test('is woken now and then when nothing comes, and knows how far it has looked', async () => {
    const { store, follow } = await aFeed()
    const { batches } = await follow(null, { orgId: 'org-2' })
    const reader = batches[Symbol.asyncIterator]()
    await write(store, 3)
    const newest = await newestOf(store)
    await eventually('it has looked at all', async () => {
      const { value } = (await reader.next()) as { value: EventBatch }
      return value.bytes.byteLength === 0 && value.seq === newest
    })
  })

  test('ends with its signal, also before it began', async () => {
    const { follow, gone } = await aFeed()
    const { batches } = await follow()
    const ended = readUntil(batches, 1_000)
    gone.abort()
    expect(await ended).toEqual([])
    expect(await readUntil((await follow()).batches, 1_000)).toEqual([])
  })
})

describe('many followers', () => {
  test('get everything once and in order, whenever they come and go, and each event is encoded once for all', async () => {
    const { store, follow, encoded } = await aFeed()
    const total = 3_000
    const first = await newestOf(store)
    const steady = await Promise.all(range(1, 50).map(() => follow()))
    const all = Promise.all(steady.map(({ batches }) => readUntil(batches, first + total)))
    const late: Promise<{ from: number; got: number[] }>[] = []
    for (let written = 0; written < total; written += 100) {
      await write(store, 100)
      if (written % 300 !== 0) continue
      const from = Math.floor(Math.random() * (first + written))
      late.push(
        follow(from).then(async ({ batches }) => ({
          from,
          got: await readUntil(batches, first + total),
        })),
      )
    }
    for (const got of await all) expect(got).toEqual(range(first + 1, first + total))
    for (const { from, got } of await Promise.all(late)) {
      expect(got).toEqual(range(from + 1, first + total))
    }
    // Once for the fifty; the ten that came late read the rest by themselves.
    expect(encoded()).toBeLessThan(total * 12)
  })

  test('have a limit, and one that leaves makes room', async () => {
    const { follow } = await aFeed({ maxFollowers: 2 })
    const one = new AbortController()
    await follow(null, {}, one.signal)
    const { batches } = await follow()
    await expect(follow()).rejects.toMatchObject({ code: 'rate-limited', retryAfterSeconds: 5 })
    one.abort()
    await follow()
    await expect(follow()).rejects.toThrow('2 readers follow the events')
    await batches[Symbol.asyncIterator]().return?.()
    await follow()
  })
})

test('a reader that stands still is cut off 1 MB behind, at once, and costs the others nothing', async () => {
  const { store, feed, gone } = await aFeed()
  const big = createEventFeed({ store, encode: () => Buffer.alloc(100_000) })
  let failed = false
  const request = { filter: everything, after: null, signal: gone.signal }
  const stalled = await big.follow({ ...request, onFailure: () => void (failed = true) })
  const other = await feed.follow({ ...request, onFailure: () => {} })
  const begin = await newestOf(store)
  const got: number[] = []
  const reading = (async () => {
    for await (const batch of other.batches) got.push(...numbersIn(batch))
  })()
  const reader = stalled.batches[Symbol.asyncIterator]()
  const first = reader.next()
  await eventually('it is cut off', async () => {
    await write(store, 1)
    return failed
  })
  expect((await first).value).toMatchObject({ seq: expect.any(Number) as number })
  await expect(reader.next()).rejects.toThrow('more than 1 MB behind')
  const end = await newestOf(store)
  await eventually('the other has all', () => got.at(-1) === end)
  expect(got).toEqual(range(begin + 1, end))
  gone.abort()
  await reading
})
