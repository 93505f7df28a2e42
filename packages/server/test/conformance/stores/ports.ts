import { expect, test } from 'vitest'
import type { ContainerPort } from '../../../src/domain/deployment.ts'
import type { ScheduleDemand } from '../../../src/domain/store.ts'
import { aDemand, aNewProcess, end, refusal, run, t0 } from './records.ts'
import { stopping } from '../../../src/domain/process.ts'
import type { Subject } from './store-conformance.ts'

const three = { from: 20_000, to: 20_002 }

const udp = (port: number, name = 'default'): ContainerPort => ({
  name,
  port,
  transportType: 'udp',
})

export function portsConform(subject: () => Subject): void {
  /** Inserts and schedules; answers the numbers, undefined when there was none free. */
  async function start(
    processId: string,
    demand: Partial<ScheduleDemand> = {},
    nodeId = 'node-1',
  ): Promise<number[] | undefined> {
    await subject().store.insertProcess(aNewProcess({ processId, nodeId }), null)
    return schedule(processId, demand)
  }

  async function schedule(
    processId: string,
    demand: Partial<ScheduleDemand> = {},
  ): Promise<number[] | undefined> {
    const wanted = aDemand({ range: three, ports: [udp(80)], ...demand })
    const process = await subject().store.scheduleProcess(processId, wanted)
    return process?.ports.map(({ port }) => port)
  }

  const finish = (processId: string, at?: number) => end(subject().store, processId, at)

  /** Inserts and schedules in one unit. */
  const insertWithPorts = (processId: string, ports: ContainerPort[] = [udp(80)]) =>
    subject().store.insertProcess(aNewProcess({ processId }), {
      ...{ ports, range: three, host: '127.0.0.1' },
    })

  test('a process gets its container port where that is free, and is scheduled', async () => {
    const { store } = subject()
    await store.insertProcess(aNewProcess(), null)
    const process = await store.scheduleProcess('process-1', aDemand())
    expect(process).toMatchObject({
      scheduledAt: t0 + 1,
      ports: [
        { name: 'default', transport: 'udp', containerPort: 7777, host: '127.0.0.1', port: 7777 },
      ],
    })
    expect(await start('process-2', { ports: [udp(7777)] })).toEqual([20_000])
  })

  test('another node has the same numbers', async () => {
    expect(await start('a', { ports: [udp(7777)] })).toEqual([7777])
    expect(await start('b', { ports: [udp(7777)] }, 'node-2')).toEqual([7777])
  })

  test('each port of a process gets a number of its own, whatever its transport', async () => {
    const tcp: ContainerPort = { name: 'query', port: 7777, transportType: 'tcp' }
    const low: ContainerPort = { name: 'web', port: 443, transportType: 'tls' }
    expect(await start('a', { ports: [udp(7777), tcp, low] })).toEqual([7777, 20_000, 20_001])
  })

  test('a number that ended is free at once as a container port', async () => {
    expect(await start('a', { ports: [udp(7777)] })).toEqual([7777])
    await finish('a')
    expect(await start('b', { ports: [udp(7777)] })).toEqual([7777])
  })

  test('numbers that were never used come first, then the one that is free for the longest', async () => {
    expect(await start('a')).toEqual([20_000])
    expect(await start('b')).toEqual([20_001])
    await finish('b', t0 + 10)
    await finish('a', t0 + 20)
    expect(await start('c')).toEqual([20_002])
    expect(await start('d')).toEqual([20_001])
    expect(await start('e')).toEqual([20_000])
    expect(await start('f')).toBeUndefined()
    await finish('c')
    expect(await schedule('f')).toEqual([20_002])
  })

  test('a process that could not be scheduled is as it was', async () => {
    for (const processId of ['a', 'b']) await start(processId)
    expect(await start('c', { ports: [udp(80), udp(81, 'other')] })).toBeUndefined()
    expect(await subject().store.findProcessById('c')).toMatchObject({
      scheduledAt: null,
      ports: [],
    })
    expect(await schedule('c')).toEqual([20_002])
  })

  test('numbers to avoid are avoided now and given to others later', async () => {
    expect(await start('a', { avoid: [7777, 20_000, 20_001], ports: [udp(7777)] })).toEqual([
      20_002,
    ])
    expect(await start('b', { avoid: [20_000] })).toEqual([20_001])
    expect(await start('c', { avoid: [20_000] })).toBeUndefined()
    expect(await schedule('c')).toEqual([20_000])
  })

  test('a container port inside the range is leased like any other of it', async () => {
    expect(await start('a', { ports: [udp(20_001)] })).toEqual([20_001])
    expect(await start('b')).toEqual([20_000])
    expect(await start('c')).toEqual([20_002])
    expect(await start('d')).toBeUndefined()
  })

  test('scheduling again changes nothing, unless a number is to be avoided before it booted', async () => {
    const both = [udp(7777), udp(80, 'other')]
    expect(await start('a', { ports: both })).toEqual([7777, 20_000])
    expect(await schedule('a', { ports: both, at: t0 + 50 })).toEqual([7777, 20_000])
    expect(await schedule('a', { ports: both, avoid: [20_000], at: t0 + 50 })).toEqual([
      7777, 20_001,
    ])
    expect(await subject().store.findProcessById('a')).toMatchObject({ scheduledAt: t0 + 1 })
    expect(await start('b')).toEqual([20_002])
    expect(await start('c')).toEqual([20_000])
    expect(await schedule('a', { ports: both, avoid: [7777, 20_001] })).toBeUndefined()
    await run(subject().store, 'a')
    expect(await schedule('a', { ports: both, avoid: [7777, 20_001] })).toEqual([7777, 20_001])
  })

  test('a process that is to stop is not scheduled', async () => {
    const { store } = subject()
    await store.insertProcess(aNewProcess(), null)
    await store.changeProcess('process-1', (process) =>
      stopping(process, { kind: 'requested' }, t0),
    )
    expect(await schedule('process-1')).toEqual([])
    expect(await store.findProcessById('process-1')).toMatchObject({ scheduledAt: null })
  })

  test('without a range every process gets its container ports', async () => {
    expect(await start('a', { range: null })).toEqual([80])
    expect(await start('b', { range: null, avoid: [80] })).toEqual([80])
    expect(await schedule('b', { range: null, avoid: [80] })).toEqual([80])
    await finish('a')
    expect(await start('c', { ports: [udp(7777)] })).toEqual([7777])
  })

  test('a process can be scheduled as it is inserted, and is refused when no port is free', async () => {
    const { store } = subject()
    const first = await insertWithPorts('a', [udp(80), udp(81, 'other')])
    expect(first).toMatchObject({ scheduledAt: first.createdAt, status: 'starting' })
    expect(first.ports.map(({ port }) => port)).toEqual([20_000, 20_001])
    expect(await store.findProcessById('a')).toEqual(first)
    await insertWithPorts('b')
    expect(await refusal(insertWithPorts('c'))).toEqual({
      code: 'no-capacity',
      message: 'no free port on node node-1: 3 of 3 are in use; stop processes or widen ports',
    })
    expect(await store.findProcessById('c')).toBeUndefined()
    await expect(insertWithPorts('c')).rejects.toMatchObject({ retryAfterSeconds: 10 })
    await finish('b')
    expect((await insertWithPorts('c')).ports).toMatchObject([{ port: 20_002 }])
    await finish('a')
    await insertWithPorts('d', [udp(80), udp(81, 'other')])
  })

  test('a container port outside the range takes no room in it', async () => {
    expect((await insertWithPorts('a', [udp(7777)])).ports).toMatchObject([{ port: 7777 }])
    await insertWithPorts('b', [udp(80), udp(81, 'two'), udp(82, 'three')])
    expect(await refusal(insertWithPorts('c'))).toMatchObject({ code: 'no-capacity' })
    expect((await insertWithPorts('c', [udp(7778)])).ports).toMatchObject([{ port: 7778 }])
  })

  test('a range that was moved counts from then on', async () => {
    const moved = { from: 20_002, to: 20_003 }
    expect(await start('a')).toEqual([20_000])
    expect(await start('b')).toEqual([20_001])
    expect(await start('c')).toEqual([20_002])
    await finish('b')
    expect(await start('d', { range: moved })).toEqual([20_003])
    expect(await start('e', { range: moved })).toBeUndefined()
    await finish('a')
    await finish('c')
    expect(await schedule('e', { range: moved })).toEqual([20_002])
    expect(await start('f')).toEqual([20_000])
  })

  test('an adopted run keeps its numbers, and one that another holds stays with that one', async () => {
    const { store } = subject()
    await start('a')
    await store.insertProcess(aNewProcess({ processId: 'template' }), null)
    const template = await store.findProcessById('template')
    if (template === undefined) throw new Error('the template was just inserted')
    const { seq: _, ...record } = template
    const lease = (name: string, port: number) =>
      ({ name, transport: 'udp', containerPort: 80, host: '127.0.0.1', port }) as const
    const ports = [lease('default', 20_001), lease('other', 20_000)]
    await store.adoptProcess({ ...record, processId: 'found', scheduledAt: t0 + 1, ports })
    expect(await start('b')).toEqual([20_002])
    expect(await start('c')).toBeUndefined()
    await finish('found')
    expect(await schedule('c')).toEqual([20_001])
    expect(await start('d')).toBeUndefined()
  })
}
