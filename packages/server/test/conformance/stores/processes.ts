import { expect, test } from 'vitest'
import { type Process, advance, stopping } from '../../../src/domain/process.ts'
import { processV3 } from '../../../src/domain/wire.ts'
import { aNewProcess, aDemand, anyProcess, end, idsOf, refusal, run, t0 } from './records.ts'
import type { Subject } from './store-conformance.ts'

const privileged = { name: 'default', port: 80, transportType: 'udp' } as const

const stop = (process: Process): Process => stopping(process, { kind: 'requested' }, t0 + 9)

export function processesConform(subject: () => Subject): void {
  test('a new process is starting, wanted to run, and found as it was answered', async () => {
    const { store } = subject()
    const made = await store.insertProcess(aNewProcess(), null)
    expect(made).toEqual({
      ...aNewProcess(),
      seq: 1,
      status: 'starting',
      wanted: { kind: 'run' },
      roomsAllocated: 0,
      initialRoom: null,
      isAllocated: false,
      fleetId: null,
      scheduledAt: null,
      bootedAt: null,
      startedAt: null,
      stoppingAt: null,
      terminatedAt: null,
      ports: [],
      exitCode: null,
      exitReason: null,
    })
    expect(await store.findProcess('app-1', 'process-1')).toEqual(made)
    expect(await store.findProcessById('process-1')).toEqual(made)
    expect(await store.findProcess('app-2', 'process-1')).toBeUndefined()
    expect(await store.findProcessById('process-2')).toBeUndefined()
  })

  test('times of creation never go backwards with the order', async () => {
    const { store } = subject()
    await store.insertProcess(aNewProcess({ createdAt: t0 + 50 }), null)
    const later = await store.insertProcess(aNewProcess({ processId: 'process-2' }), null)
    expect(later).toMatchObject({ seq: 2, createdAt: t0 + 50 })
  })

  test('an application of another organization, or an id that exists, is refused', async () => {
    const { store } = subject()
    await store.insertProcess(aNewProcess(), null)
    expect(await refusal(store.insertProcess(aNewProcess(), null))).toEqual({
      code: 'taken',
      message: 'process process-1 exists already',
    })
    const stranger = aNewProcess({ processId: 'process-2', orgId: 'org-2' })
    expect(await refusal(store.insertProcess(stranger, null))).toEqual({
      code: 'not-found',
      message: 'application app-1 is not known',
    })
    expect(await store.countProcesses(anyProcess())).toBe(1)
  })

  test('a drain leaves as many running as it has to, however many race', async () => {
    const { store } = subject()
    const ids = ['one', 'two', 'three', 'four'].map((name) => `process-${name}`)
    for (const processId of ids) {
      await store.insertProcess(aNewProcess({ processId }), null)
      await run(store, processId)
    }
    await store.insertProcess(aNewProcess({ processId: 'starting' }), null)
    const other = aNewProcess({ processId: 'elsewhere', region: 'Chicago' })
    await store.insertProcess(other, null)
    await run(store, 'elsewhere')
    const order = { why: { kind: 'drained' }, at: t0 + 20, minRunning: 2 } as const
    await Promise.all(ids.map((processId) => store.drainProcess(processId, order)))
    expect((await store.listByStatus(['draining'])).map(({ processId }) => processId)).toEqual(
      ids.slice(0, 2),
    )
    expect((await store.listUnfinishedIn('app-1', 'Seattle')).map(({ status }) => status)).toEqual([
      ...['draining', 'draining', 'running', 'running', 'starting'],
    ])
    expect(await store.drainProcess('starting', order)).toMatchObject({ status: 'stopping' })
    expect(await store.drainProcess('elsewhere', { ...order, minRunning: 0 })).toMatchObject({
      ...{ status: 'draining', wanted: { kind: 'drain', why: { kind: 'drained' }, at: t0 + 20 } },
    })
  })

  test('a change is written whole and answered', async () => {
    const { store } = subject()
    await store.insertProcess(aNewProcess(), null)
    await run(store, 'process-1')
    const ended = await store.changeProcess('process-1', (process) => ({
      ...advance(process, 'failed', t0 + 3, { kind: 'code', code: 7 }),
      exitCode: 7,
    }))
    expect(ended).toMatchObject({ status: 'failed', exitReason: 'exited with code 7' })
    expect(await store.findProcessById('process-1')).toEqual(ended)
    const { records } = await store.latestProcesses({ ...anyProcess(), limit: 10, cursor: null })
    expect(JSON.parse(records[0] ?? '')).toEqual(processV3(ended))
  })

  test('changes of one turn each see the one before', async () => {
    const { store } = subject()
    await store.insertProcess(aNewProcess(), null)
    const more = (process: Process): Process => ({
      ...process,
      roomsAllocated: process.roomsAllocated + 1,
    })
    await Promise.all(Array.from({ length: 20 }, () => store.changeProcess('process-1', more)))
    expect(await store.findProcessById('process-1')).toMatchObject({ roomsAllocated: 20 })
  })

  test('a change that throws, or of an unknown process, leaves all as it was', async () => {
    const { store } = subject()
    const made = await store.insertProcess(aNewProcess(), null)
    const impossible = store.changeProcess('process-1', (process) =>
      advance(process, 'draining', t0),
    )
    await expect(impossible).rejects.toThrow('cannot go from starting to draining')
    expect(await store.findProcessById('process-1')).toEqual(made)
    const unknown = store.changeProcess('process-9', (process) => process)
    expect(await refusal(unknown)).toEqual({
      code: 'not-found',
      message: 'process process-9 is not known',
    })
  })

  test('a unit that fails leaves nothing and does not disturb its neighbours', async () => {
    const { store } = subject()
    const room = aDemand({ ports: [privileged], range: { from: 20_000, to: 20_002 } })
    const insert = (processId: string) => store.insertProcess(aNewProcess({ processId }), room)
    const outcomes = await Promise.allSettled([
      insert('before'),
      insert('before'),
      store.changeProcess('before', () => {
        throw new Error('no')
      }),
      insert('after'),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ])
    expect(await store.listUnfinished()).toEqual(['before', 'after'])
    expect(await store.countProcesses(anyProcess())).toBe(2)
    await insert('one more that there is room for')
  })

  test('what is unfinished is found for the engine', async () => {
    const { store } = subject()
    for (const processId of ['a', 'b', 'c', 'd']) {
      await store.insertProcess(aNewProcess({ processId }), null)
    }
    await run(store, 'b')
    await store.changeProcess('c', stop)
    await end(store, 'd')
    expect(await store.listUnfinished()).toEqual(['a', 'b', 'c'])
    expect(await store.countsByStatus()).toEqual({ starting: 1, running: 1, stopping: 1 })
    const found = await store.listByStatus(['running', 'starting', 'failed'])
    expect(found.map(({ processId }) => processId)).toEqual(['a', 'b'])
    expect(await store.listByStatus([])).toEqual([])
  })

  test('a run without a record is adopted once, with its time of creation', async () => {
    const { store } = subject()
    const first = await store.insertProcess(aNewProcess({ createdAt: t0 + 100 }), null)
    const { seq: _, ...record } = first
    const found = { ...record, processId: 'found', createdAt: t0, scheduledAt: t0 + 1 }
    expect(await store.adoptProcess(found)).toBe(true)
    expect(await store.adoptProcess({ ...found, region: 'London' })).toBe(false)
    expect(await store.findProcessById('found')).toEqual({ ...found, seq: 2 })
    expect(await store.countProcesses(anyProcess({ before: t0 + 1 }))).toBe(1)
    const page = await store.latestProcesses({ ...anyProcess(), limit: 10, cursor: null })
    expect(idsOf(page)).toEqual(['process-1', 'found'])
  })

  test('old final processes are cleaned, then removed, and still counted', async () => {
    const { store } = subject()
    for (const processId of ['a', 'b', 'c']) {
      await store.insertProcess(aNewProcess({ processId }), null)
    }
    await end(store, 'a', t0 + 10)
    await end(store, 'b', t0 + 20)
    expect(await store.listUncleaned(t0 + 20, 10)).toEqual([{ processId: 'a', nodeId: 'node-1' }])
    await store.markCleaned(['a', 'unknown'])
    expect(await store.listUncleaned(t0 + 21, 10)).toEqual([{ processId: 'b', nodeId: 'node-1' }])
    expect(await store.removeFinal(t0 + 21, 10)).toEqual(['a'])
    await store.markCleaned(['b', 'c'])
    expect(await store.removeFinal(t0 + 21, 0)).toEqual([])
    expect(await store.removeFinal(t0 + 21, 1)).toEqual(['b'])
    expect(await store.removeFinal(t0 + 21, 10)).toEqual([])
    expect(await store.findProcessById('a')).toBeUndefined()
    expect(await store.listUnfinished()).toEqual(['c'])
    expect(await store.countProcesses(anyProcess())).toBe(3)
    expect(await store.countProcesses(anyProcess({ statuses: ['failed'] }))).toBe(2)
  })

  test('everything is there after closing and opening again', async () => {
    const { store } = subject()
    await store.insertProcess(aNewProcess(), null)
    const scheduled = await store.scheduleProcess('process-1', aDemand())
    const again = await subject().reopen()
    expect(await again.findProcessById('process-1')).toEqual(scheduled)
    expect(await refusal(store.listUnfinished())).toMatchObject({ code: 'unavailable' })
  })

  test('events are pruned without disturbing anything else', async () => {
    const { store, clock } = subject()
    await store.insertProcess(aNewProcess(), null)
    clock.at = t0 + 1_000
    await run(store, 'process-1')
    await store.pruneEvents(t0 + 500, 1_000)
    await store.pruneEvents(0, 1)
    expect(await store.findProcessById('process-1')).toMatchObject({ status: 'running' })
  })
}
