import { expect, test } from 'vitest'
import { aNewProcess, anyProcess, end, hourMs, idsOf, run, t0 } from './records.ts'
import type { Subject } from './store-conformance.ts'

/** An hour begins here. */
const hour = Math.floor(t0 / hourMs) * hourMs

export function processListsConform(subject: () => Subject): void {
  const insert = (processId: string, region: string, createdAt: number) =>
    subject().store.insertProcess(aNewProcess({ processId, region, createdAt }), null)

  const list = async (given: object): Promise<{ ids: string[]; next: number | null }> => {
    const query = { ...anyProcess(), limit: 10, cursor: null, ...given }
    const page = await subject().store.latestProcesses(query)
    return { ids: idsOf(page), next: page.next }
  }

  const count = (given: object): Promise<number> =>
    subject().store.countProcesses(anyProcess(given))

  /** a running in Seattle, b starting in London, c failed in London, d starting in Seattle. */
  async function four(): Promise<void> {
    await insert('a', 'Seattle', hour)
    await insert('b', 'London', hour + 10)
    await insert('c', 'London', hour + 10)
    await insert('d', 'Seattle', hour + hourMs)
    await run(subject().store, 'a', hour + 20)
    await end(subject().store, 'c', hour + 20)
  }

  test('the newest process comes first, through any filter', async () => {
    await four()
    expect((await list({})).ids).toEqual(['d', 'c', 'b', 'a'])
    expect((await list({ statuses: ['starting'] })).ids).toEqual(['d', 'b'])
    expect((await list({ statuses: ['starting', 'running', 'starting'] })).ids).toEqual([
      'd',
      'b',
      'a',
    ])
    expect((await list({ regions: ['London'] })).ids).toEqual(['c', 'b'])
    expect((await list({ regions: ['London', 'Seattle', 'Tokyo'] })).ids).toEqual([
      'd',
      'c',
      'b',
      'a',
    ])
    expect((await list({ statuses: ['failed'], regions: ['London'] })).ids).toEqual(['c'])
    expect((await list({ statuses: ['failed'], regions: ['Seattle'] })).ids).toEqual([])
    expect((await list({ appId: 'app-2' })).ids).toEqual([])
  })

  test('before is strict, and a cursor goes on right below the last record', async () => {
    await four()
    expect((await list({ before: hour + 10 })).ids).toEqual(['a'])
    expect((await list({ before: hour + 11, regions: ['London'] })).ids).toEqual(['c', 'b'])
    const first = await list({ limit: 2 })
    expect(first).toEqual({ ids: ['d', 'c'], next: 3 })
    const second = await list({ limit: 2, cursor: first.next })
    expect(second).toEqual({ ids: ['b', 'a'], next: 1 })
    expect(await list({ limit: 2, cursor: second.next })).toEqual({ ids: [], next: null })
    expect(await list({ cursor: 4, before: hour + 10 })).toEqual({ ids: ['a'], next: null })
  })

  test('a cursor whose record was removed meanwhile still leads on', async () => {
    await four()
    await subject().store.markCleaned(['c'])
    await subject().store.removeFinal(hour + 21, 10)
    expect((await list({ cursor: 3 })).ids).toEqual(['b', 'a'])
    expect((await list({ cursor: 0 })).ids).toEqual([])
  })

  test('a filter of very many regions is answered too', async () => {
    const regions = Array.from({ length: 500 }, (_, index) => `region-${index}`)
    await Promise.all(regions.map((region, index) => insert(region, region, hour + index)))
    expect((await list({ regions, limit: 3 })).ids).toEqual([
      'region-499',
      'region-498',
      'region-497',
    ])
    expect(await count({ regions, before: hour + 100 })).toBe(100)
  })

  test('counts follow filter and time', async () => {
    await four()
    expect(await count({})).toBe(4)
    expect(await count({ statuses: ['starting'] })).toBe(2)
    expect(await count({ regions: ['London'] })).toBe(2)
    expect(await count({ statuses: ['starting', 'failed'], regions: ['London'] })).toBe(2)
    expect(await count({ before: hour })).toBe(0)
    expect(await count({ before: hour + 1 })).toBe(1)
    expect(await count({ before: hour + 10, statuses: ['starting'] })).toBe(0)
    expect(await count({ before: hour + 11, regions: ['London'] })).toBe(2)
    expect(await count({ before: hour + hourMs })).toBe(3)
    expect(await count({ before: hour + 2_000 * hourMs })).toBe(4)
    expect(await count({ appId: 'app-2' })).toBe(0)
  })
}
