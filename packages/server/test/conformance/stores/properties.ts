import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Process, advance, isFinal, stopping } from '../../../src/domain/process.ts'
import type { ProcessQuery, Store } from '../../../src/domain/store.ts'
import { aDemand, aNewProcess, anyProcess, fill, hourMs, idsOf, t0 } from './records.ts'
import type { Subject } from './store-conformance.ts'

const range = { from: 20_000, to: 20_005 }
const statuses = ['starting', 'running', 'draining', 'stopping', 'stopped', 'failed'] as const
const regions = ['Seattle', 'London', 'Tokyo'] as const

const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('insert' as const),
      region: fc.constantFrom(...regions),
      minutes: fc.nat(90),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('schedule' as const),
      at: fc.nat(),
      port: fc.constantFrom(80, 7777, 20_001),
      avoid: fc.uniqueArray(fc.integer({ min: range.from, max: range.to }), { maxLength: 2 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      at: fc.nat(),
      to: fc.constantFrom(...statuses),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stop' as const), at: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('remove' as const),
      limit: fc.integer({ min: 1, max: 3 }),
    }),
  },
)
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

/** What must be: every process that was accepted, also after its record was removed. */
interface World {
  readonly store: Store
  readonly known: Map<string, Process>
  readonly removed: Set<string>
  now: number
  made: number
}

export function propertiesHold(subject: () => Subject): void {
  test('counters, lists and leases are right after any sequence of units', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), { maxLength: 25 }),
        async (turns) => {
          const store = await subject().openEmpty()
          await fill(store)
          const world: World = { store, known: new Map(), removed: new Set(), now: t0, made: 0 }
          for (const turn of turns) {
            await Promise.all(turn.map((each) => act(world, each)))
            expectNoPortTwice(world.known)
          }
          await expectCounts(world)
          await expectLists(world)
          await store.close()
        },
      ),
      { numRuns: 30 },
    )
  })
}

async function act(world: World, each: Action): Promise<void> {
  const { store, known } = world
  if (each.do === 'insert') return insert(world, each)
  if (each.do === 'remove') {
    const old = await store.listUncleaned(world.now + 1, each.limit)
    await store.markCleaned(old.map(({ processId }) => processId))
    for (const processId of await store.removeFinal(world.now + 1, each.limit)) {
      world.removed.add(processId)
    }
    return
  }
  const present = [...known.keys()].filter((processId) => !world.removed.has(processId))
  const processId = present[each.at % Math.max(1, present.length)]
  if (processId === undefined) return
  const process = await changed(world, processId, each).catch((error: Error) => {
    expect(error.message).toMatch(/cannot go from|is not known/)
    return undefined
  })
  if (process !== undefined) known.set(processId, process)
}

async function insert(
  world: World,
  { region, minutes }: { region: string; minutes: number },
): Promise<void> {
  world.now += minutes * 60_000
  const processId = `process-${world.made++}`
  const process = aNewProcess({ processId, region, createdAt: world.now })
  await world.store.insertProcess(process, null).then(
    (made) => world.known.set(processId, made),
    (error: unknown) => expect(error).toMatchObject({ code: 'no-capacity' }),
  )
}

function changed(
  { store, now }: World,
  processId: string,
  each: Exclude<Action, { do: 'insert' | 'remove' }>,
): Promise<Process | undefined> {
  if (each.do === 'schedule') {
    const ports = [{ name: 'default', port: each.port, transportType: 'udp' as const }]
    return store.scheduleProcess(processId, aDemand({ ports, range, avoid: each.avoid, at: now }))
  }
  return store.changeProcess(processId, (process) =>
    each.do === 'stop'
      ? stopping(process, { kind: 'requested' }, now)
      : advance(process, each.to, now, { kind: 'code', code: 1 }),
  )
}

function expectNoPortTwice(known: ReadonlyMap<string, Process>): void {
  const held = [...known.values()]
    .filter(({ status }) => !isFinal(status))
    .flatMap(({ ports }) => ports.map(({ port }) => port))
  expect(new Set(held).size).toBe(held.length)
}

const filters: Partial<ProcessQuery>[] = [
  {},
  { statuses: ['starting', 'failed'] },
  { regions: ['London'] },
  { statuses: ['stopped', 'failed', 'stopping'], regions: ['Tokyo', 'Seattle'] },
]

async function expectCounts({ store, known, removed, now }: World): Promise<void> {
  for (const filter of filters) {
    const matching = [...known.values()].filter(matches(filter))
    expect(await store.countProcesses(anyProcess(filter))).toBe(matching.length)
    for (const before of [t0 + hourMs / 3, t0 + 5 * hourMs, (t0 + now) / 2, now + 1].map(
      Math.floor,
    )) {
      const older = matching.filter(({ createdAt }) => createdAt < before)
      const count = await store.countProcesses(anyProcess({ ...filter, before }))
      const gone = matching.filter(({ processId }) => removed.has(processId)).length
      expect(count).toBeGreaterThanOrEqual(older.length)
      expect(count).toBeLessThanOrEqual(older.length + gone)
    }
  }
}

async function expectLists({ store, known, removed }: World): Promise<void> {
  const present = [...known.values()]
    .filter(({ processId }) => !removed.has(processId))
    .sort((a, b) => b.seq - a.seq)
  for (const filter of filters) {
    const expected = present.filter(matches(filter)).map(({ processId }) => processId)
    expect(await allPages(store, filter)).toEqual(expected)
  }
  const unfinished = present.filter(({ status }) => !isFinal(status))
  expect((await store.listUnfinished()).toSorted()).toEqual(
    unfinished.map(({ processId }) => processId).toSorted(),
  )
}

async function allPages(store: Store, filter: Partial<ProcessQuery>): Promise<string[]> {
  const ids: string[] = []
  let cursor: number | null = null
  do {
    const page = await store.latestProcesses({ ...anyProcess(filter), limit: 3, cursor })
    ids.push(...idsOf(page))
    cursor = page.next
  } while (cursor !== null)
  return ids
}

const matches =
  ({ statuses: of = [], regions: inside = [] }: Partial<ProcessQuery>) =>
  ({ status, region }: Process): boolean =>
    (of.length === 0 || of.includes(status)) && (inside.length === 0 || inside.includes(region))
