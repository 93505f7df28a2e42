import { expect, test } from 'vitest'
import { aBuild, aNewProcess, end, refusal, run, t0 } from './records.ts'
import type { Subject } from './store-conformance.ts'

export function eventsConform(subject: () => Subject): void {
  test('every change is an event, in the order of the commits, counted without gaps', async () => {
    const { store } = subject()
    const { newest: before = 0 } = (await store.findEventRange()) ?? {}
    await store.insertBuild(aBuild({ buildId: 'bld-2' }))
    await expect(refusal(store.insertBuild(aBuild({ buildId: 'bld-2' })))).resolves.toBeDefined()
    await store.insertProcess(aNewProcess(), null)
    await run(store, 'process-1')
    await end(store, 'process-1')
    const events = await store.listEvents(before, 100)
    expect(events.map(({ seq, kind, subject: of }) => `${seq - before} ${kind} ${of}`)).toEqual([
      '1 build bld-2',
      '2 process process-1',
      '3 process process-1',
      '4 process process-1',
    ])
    const statuses = events
      .slice(1)
      .map(({ body }) => (JSON.parse(body) as { status: string }).status)
    expect(statuses).toEqual(['starting', 'running', 'stopped'])
    expect(events[0]).toMatchObject({ at: t0, orgId: 'org-1', appId: null })
    expect(events[1]).toMatchObject({ at: t0, orgId: 'org-1', appId: 'app-1' })
  })

  test('events are listed behind a number, as many as are asked for, after a restart too', async () => {
    const { store } = subject()
    const all = await store.listEvents(0, 100)
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1))
    expect(await store.listEvents(1, 2)).toEqual(all.slice(1, 3))
    expect(await store.listEvents(all.length, 5)).toEqual([])
    const again = await subject().reopen()
    expect(await again.listEvents(0, 100)).toEqual(all)
  })

  test('their range is that of what is kept, and the newest always is', async () => {
    const { store } = subject()
    const count = (await store.listEvents(0, 100)).length
    expect(await store.findEventRange()).toEqual({ oldest: 1, newest: count })
    await store.pruneEvents(t0 - 1, 2)
    expect(await store.findEventRange()).toEqual({ oldest: count - 1, newest: count })
    await store.pruneEvents(t0 + 1, 0)
    expect(await store.findEventRange()).toEqual({ oldest: count, newest: count })
    const empty = await subject().openEmpty()
    expect(await empty.findEventRange()).toBeUndefined()
    expect(await empty.listEvents(0, 10)).toEqual([])
  })

  test('whoever watches is told of a commit when its events can be read, until it leaves', async () => {
    const { store } = subject()
    const { newest = 0 } = (await store.findEventRange()) ?? {}
    const seen: Promise<unknown>[] = []
    const leave = store.watchCommits(() => void seen.push(store.listEvents(newest, 10)))
    await store.insertBuild(aBuild({ buildId: 'bld-2' }))
    await expect.poll(() => seen.length).toBeGreaterThan(0)
    expect(await seen[0]).toMatchObject([{ kind: 'build', subject: 'bld-2' }])
    leave()
    const told = seen.length
    await store.insertBuild(aBuild({ buildId: 'bld-3' }))
    await store.insertBuild(aBuild({ buildId: 'bld-4' }))
    expect(seen).toHaveLength(told)
  })
}
