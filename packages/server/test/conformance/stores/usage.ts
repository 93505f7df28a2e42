import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Process, advance, isFinal } from '../../../src/domain/process.ts'
import type { Store } from '../../../src/domain/store.ts'
import { type Month, monthOf, usedBy } from '../../../src/domain/usage.ts'
import { LimitReachedError } from '../../../src/domain/usage-limits.ts'
import {
  type StandingClock,
  aNewProcess,
  aToken,
  anApplication,
  anOrganization,
  end,
  fill,
  hourMs,
  refusal,
  run,
  t0,
} from './records.ts'
import { aPlace, aRequest } from './rooms.ts'
import type { Subject } from './store-conformance.ts'

const dayMs = 24 * hourMs
const month = '2023-11'
const org = { orgId: 'org-1', month }

export function usageConforms(subject: () => Subject): void {
  const place = (given: Parameters<typeof aRequest>[0] = {}) =>
    subject().store.placeProcess(aRequest({ createdAt: subject().clock.at, ...given }), [aPlace()])

  test('what runs is counted up to now, what has ended up to its end, and both together', async () => {
    const { store, clock } = subject()
    expect(await store.listUsage(org)).toEqual([])
    const first = await place({ cpu: 2, memoryMb: 2048 })
    await place({ cpu: 1, memoryMb: 512 })
    clock.at = t0 + 2 * hourMs
    const both = { vcpuHours: 6, memoryGbHours: 5, egressBytes: 0 }
    expect(await store.listUsage(org)).toEqual([
      { month, appId: 'app-1', appName: 'arena', ...both },
    ])
    expect(await store.findMonthVcpuHours('org-1')).toBe(6)
    await run(store, first.processId)
    await end(store, first.processId, t0 + hourMs)
    clock.at = t0 + 4 * hourMs
    expect(await store.listUsage(org)).toMatchObject([{ vcpuHours: 6, memoryGbHours: 4 }])
    const again = await subject().reopen()
    expect(await again.findMonthVcpuHours('org-1')).toBe(6)
    expect(await again.listUsage({ ...org, month: '2023-10' })).toEqual([])
    expect(await again.listUsage({ ...org, orgId: 'org-2' })).toEqual([])
  })

  test('an application that was deleted keeps what it used, under its name', async () => {
    const { store, clock } = subject()
    const { processId } = await place({ cpu: 1 })
    await store.deleteApplication('org-1', 'app-1', 'someone', t0 + hourMs)
    await end(store, processId, t0 + hourMs)
    await store.insertApplication(anApplication({ appId: 'app-2', createdAt: t0 + hourMs }))
    clock.at = t0 + hourMs
    await place({ appId: 'app-2', cpu: 3 })
    clock.at = t0 + 2 * hourMs
    expect(await store.listUsage(org)).toMatchObject([
      { appId: 'app-1', appName: 'arena', vcpuHours: 1 },
      { appId: 'app-2', appName: 'arena', vcpuHours: 3 },
    ])
  })

  test('egress is added as it grows, once, also over a new start of the server', async () => {
    const { store } = subject()
    const { processId } = await place()
    const egress = async (of: Store) => (await of.listUsage(org))[0]?.egressBytes
    await store.countEgress([{ processId, bytes: 1_000 }])
    await store.countEgress([{ processId, bytes: 1_500 }])
    await store.countEgress([{ processId, bytes: 1_500 }])
    const again = await subject().reopen()
    await again.countEgress([
      { processId, bytes: 1_700 },
      { processId: 'unknown', bytes: 5 },
    ])
    expect(await egress(again)).toBe(1_700)
    // What measures it began anew.
    await again.countEgress([{ processId, bytes: 300 }])
    expect(await egress(again)).toBe(2_000)
    await end(again, processId)
    await again.countEgress([{ processId, bytes: 9_000 }])
    expect(await egress(again)).toBe(2_000)
  })

  test('a limit of what is requested at once holds for requests that race, and gives back what ends', async () => {
    const { store } = subject()
    await store.changeOrganization('org-1', { concurrentVcpusLimit: 2.25 })
    const placed = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => place({ cpu: i % 2 === 0 ? 0.5 : 0.75 })),
    )
    const made = placed.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const errors = placed.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []))
    expect(made.map(({ cpu }) => cpu)).toEqual([0.5, 0.75, 0.5, 0.5])
    expect(errors).toHaveLength(8)
    expect(errors.every((error) => error instanceof LimitReachedError)).toBe(true)
    expect(errors[0]).toMatchObject({
      code: 'limit-reached',
      spots: [{ nodeId: null, free: { cpu: 0.5, memoryMb: Infinity, places: Infinity } }],
      message:
        'the processes of the organization may request 2.25 vCPU at once and request 1.75 now, and this one needs 0.75: ' +
        'end processes, or have concurrentProcessVcpusLimit raised',
    })
    await end(store, made[1]?.processId ?? '')
    await place({ cpu: 0.75 })
    expect((await refusal(place({ cpu: 0.25 }))).code).toBe('limit-reached')
    await store.changeOrganization('org-1', { concurrentVcpusLimit: null })
    await place({ cpu: 100 })
  })

  test('what fits to the hundredth is taken', async () => {
    const { store } = subject()
    await store.changeOrganization('org-1', { concurrentVcpusLimit: 0.29 })
    expect((await refusal(place({ cpu: 0.3 }))).code).toBe('limit-reached')
    await place({ cpu: 0.29 })
  })

  test('a limit of a month refuses new ones once its hours are used, until the next', async () => {
    const { store, clock } = subject()
    await store.changeOrganization('org-1', { monthlyVcpuHoursLimit: 3 })
    const ended = await place({ cpu: 1 })
    await place({ cpu: 1 })
    clock.at = t0 + hourMs
    await end(store, ended.processId, clock.at)
    await place({ cpu: 0.5 })
    clock.at = t0 + 2 * hourMs
    expect(await refusal(place())).toEqual({
      code: 'limit-reached',
      message:
        'the processes of the organization may use 3 vCPU hours in a month and used 3.5 in 2023-11: ' +
        'wait until 2023-12-01, or have monthlyProcessVcpuHoursLimit raised',
    })
    clock.at = Date.parse('2023-12-01T00:00:00Z')
    await place()
    expect(await store.findMonthVcpuHours('org-1')).toBe(0)
  })

  test('a refusal counts nothing, and another organization is not concerned', async () => {
    const { store } = subject()
    await store.changeOrganization('org-1', { concurrentVcpusLimit: 1 })
    await store.insertOrganization(anOrganization({ orgId: 'org-2' }), {
      ...aToken({ orgTokenId: 'token-2', orgId: 'org-2', hash: 'e'.repeat(64) }),
    })
    await store.insertApplication(anApplication({ orgId: 'org-2', appId: 'app-2' }))
    await place({ orgId: 'org-2', appId: 'app-2', cpu: 8 })
    const full = aPlace({ offers: [] })
    expect((await refusal(store.placeProcess(aRequest({ cpu: 1 }), [full]))).code).toBe(
      'no-capacity',
    )
    expect(await store.findPeakVcpus('org-1')).toBe(0)
    await place({ cpu: 1 })
    expect(await store.findPeakVcpus('org-1')).toBe(1)
    expect(await store.findPeakVcpus('org-2')).toBe(8)
  })

  test('the peak is that of today and the six days before, changes or none', async () => {
    const { store, clock } = subject()
    expect(await store.findPeakVcpus('org-1')).toBe(0)
    const [a, b] = [await place({ cpu: 4 }), await place({ cpu: 2 })]
    await end(store, b.processId)
    expect(await store.findPeakVcpus('org-1')).toBe(6)
    clock.at = t0 + 6 * dayMs
    expect(await store.findPeakVcpus('org-1')).toBe(6)
    clock.at = t0 + 7 * dayMs
    expect(await store.findPeakVcpus('org-1')).toBe(4)
    clock.at = t0 + 9 * dayMs
    await end(store, a.processId, clock.at)
    await place({ cpu: 1 })
    // Four were there until that day.
    clock.at = t0 + 15 * dayMs
    expect(await store.findPeakVcpus('org-1')).toBe(4)
    clock.at = t0 + 16 * dayMs
    expect(await store.findPeakVcpus('org-1')).toBe(1)
    await place({ cpu: 1 })
    expect(await store.findPeakVcpus('org-1')).toBe(2)
  })

  test('a list of prices is kept for the month of which it is', async () => {
    const { store } = subject()
    const list = { perVcpuHour: 0.04, perMemoryGbHour: 0.005, perEgressGb: 0.1, currency: 'EUR' }
    await store.keepPriceList({ ...list, month: '2026-12' })
    await store.keepPriceList({ ...list, month: '2026-11', perVcpuHour: 1 })
    await store.keepPriceList({ ...list, month: '2026-11', perVcpuHour: 2 })
    expect(await store.listPriceLists()).toEqual([
      { ...list, month: '2026-11', perVcpuHour: 2 },
      { ...list, month: '2026-12' },
    ])
  })

  test('whatever starts, ends, is removed and is killed: the sum is that of the processes themselves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        const world = await aWorld(subject())
        for (const each of actions) await act(world, each)
        expect(await sums(world.store)).toEqual(sumsOf([...world.known.values()], world.clock.at))
        expect(await world.store.findPeakVcpus('org-1')).toBe(peakOf(world))
        await expectMonthLimit(world)
        await world.store.close()
      }),
      { numRuns: 40 },
    )
  })
}

const action = fc.oneof(
  fc.record({
    do: fc.constant('start' as const),
    cpu: fc.integer({ min: 25, max: 400 }),
    /** How long ago it was asked for. */
    agoMs: fc.constantFrom(0, 0, 0, 5, 60_000),
  }),
  fc.record({ do: fc.constant('unscheduled' as const) }),
  fc.record({ do: fc.constant('end' as const), at: fc.nat(), lateMs: fc.nat(40 * hourMs) }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.nat(20 * dayMs) }),
  fc.record({ do: fc.constant('remove' as const), limit: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('open again' as const) }),
)
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

interface World {
  store: Store
  readonly clock: StandingClock
  readonly reopen: () => Promise<Store>
  /** Every process that ever was, as it is or was last. */
  readonly known: Map<string, Process>
  /** The load after each change and at the begin of each day, in hundredths. */
  readonly loads: { at: number; cpu: number }[]
}

async function aWorld({ clock, openPlace }: Subject): Promise<World> {
  clock.at = t0
  const { store, reopen } = await openPlace()
  await fill(store)
  return { store, clock, reopen, known: new Map(), loads: [] }
}

async function act(world: World, each: Action): Promise<void> {
  const { store, clock, known } = world
  switch (each.do) {
    case 'start': {
      const cpu = each.cpu / 100
      const createdAt = clock.at - each.agoMs
      const request = aRequest({ cpu, memoryMb: 512 + each.cpu, createdAt })
      const made = await store.placeProcess(request, [aPlace()])
      known.set(made.processId, made)
      break
    }
    case 'unscheduled': {
      const processId = aRequest().processId
      const made = await store.insertProcess(aNewProcess({ processId, createdAt: clock.at }), null)
      known.set(processId, made)
      break
    }
    case 'end':
      await endOne(world, each)
      break
    case 'pass':
      clock.at += each.ms
      break
    case 'remove': {
      const old = await store.listUncleaned(clock.at, each.limit)
      await store.markCleaned(old.map(({ processId }) => processId))
      await store.removeFinal(clock.at, each.limit)
      break
    }
    case 'open again':
      world.store = await world.reopen()
  }
  world.loads.push({ at: clock.at, cpu: loadOf(world) })
}

/** Sometimes it is found long after it happened, as when no server ran. */
async function endOne(
  { store, clock, known }: World,
  { at, lateMs }: { at: number; lateMs: number },
): Promise<void> {
  const alive = [...known.values()].filter(({ status }) => !isFinal(status))
  const process = alive[at % Math.max(1, alive.length)]
  if (process === undefined) return
  const { processId, createdAt } = process
  const endedAt = Math.max(createdAt, clock.at - lateMs)
  const reason = { kind: 'code', code: 1 } as const
  const ended = await store.changeProcess(processId, (one) =>
    advance(one, 'failed', endedAt, reason),
  )
  known.set(processId, ended)
}

const loadOf = ({ known }: World): number =>
  [...known.values()].reduce(
    (sum, { status, cpu }) => (isFinal(status) ? sum : sum + Math.round(cpu * 100)),
    0,
  )

/** The most on the last seven days; the last load before them reaches into them. */
function peakOf({ loads, clock }: World): number {
  const from = (Math.floor(clock.at / dayMs) - 6) * dayMs
  const before = loads.findLast(({ at }) => at < from)?.cpu ?? 0
  return Math.max(before, ...loads.filter(({ at }) => at >= from).map(({ cpu }) => cpu)) / 100
}

/** The limit of the month is what is used, to the millisecond: one less is refused, one more is not. */
async function expectMonthLimit({ store, known, clock }: World): Promise<void> {
  const used = sumsOf([...known.values()].map(fromCreation), clock.at)[monthOf(clock.at)]
  const limits = [used?.vcpuHours ?? 0, (used?.vcpuHours ?? 0) + 1e-9]
  for (const [i, monthlyVcpuHoursLimit] of limits.entries()) {
    await store.changeOrganization('org-1', { monthlyVcpuHoursLimit })
    const placed = store.placeProcess(aRequest({ createdAt: clock.at }), [aPlace()])
    if (i === 0) await expect(placed).rejects.toMatchObject({ code: 'limit-reached' })
    else await placed
  }
}

/** What lives without ever having been scheduled counts for the limit. */
const fromCreation = (process: Process): Process =>
  isFinal(process.status) ? process : { ...process, scheduledAt: process.createdAt }

interface Sum {
  vcpuHours: number
  memoryGbHours: number
}

async function sums(store: Store): Promise<Record<Month, Sum>> {
  const usages = await store.listUsage({ orgId: 'org-1', month: null })
  return Object.fromEntries(
    usages.map(({ month: of, vcpuHours, memoryGbHours }) => [of, { vcpuHours, memoryGbHours }]),
  )
}

function sumsOf(processes: readonly Process[], now: number): Record<Month, Sum> {
  const months: Record<Month, { cpu: number; memory: number }> = {}
  for (const process of processes) {
    for (const { month: of, cpu, memory } of usedBy(process, now)) {
      const sum = (months[of] ??= { cpu: 0, memory: 0 })
      sum.cpu += cpu
      sum.memory += memory
    }
  }
  const inHours = ({ cpu, memory }: { cpu: number; memory: number }): Sum => ({
    vcpuHours: cpu / 100 / hourMs,
    memoryGbHours: memory / 1_024 / hourMs,
  })
  return Object.fromEntries(Object.entries(months).map(([of, sum]) => [of, inHours(sum)]))
}
