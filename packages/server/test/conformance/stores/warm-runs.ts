import { expect, test } from 'vitest'
import type { Place } from '../../../src/domain/placement.ts'
import type { ProcessRequest } from '../../../src/domain/store.ts'
import type { WarmRun } from '../../../src/domain/warm-runs.ts'
import { aDeployment, anyProcess, refusal } from './records.ts'
import { aPlace, aRequest } from './rooms.ts'
import type { Subject } from './store-conformance.ts'

export function warmRunsConform(subject: () => Subject): void {
  const plan = (place = aPlace(), given: Partial<ProcessRequest> = {}) =>
    subject().store.planWarmRun({ request: aRequest(given), place, avoid: [] })

  /** One that a process may take. */
  async function ready(place = aPlace(), given: Partial<ProcessRequest> = {}): Promise<WarmRun> {
    const run = await plan(place, given)
    if (run === undefined) throw new Error('there is no room')
    await subject().store.offerWarmRun(run.process.processId)
    return run
  }

  const place = (places: Place[] = [aPlace()], given: Partial<ProcessRequest> = {}) =>
    subject().store.placeProcess(aRequest(given), places)

  const loadOf = async (nodeId = 'node-1') =>
    (await subject().store.listNodeLoads()).find((load) => load.nodeId === nodeId)

  test('one that is ready becomes the next process, with its id, node and ports', async () => {
    const { process } = await ready()
    const made = await place()
    const { processId, nodeId, ports } = process
    expect(made).toMatchObject({ processId, nodeId, ports, status: 'starting' })
    expect(made.scheduledAt).toBe(made.createdAt)
    expect(await subject().store.listWarmRuns()).toEqual([])
    expect((await place()).processId).not.toBe(processId)
  })

  test('it is no process until then, and nobody takes one that is not ready or was withdrawn', async () => {
    const { store } = subject()
    const run = await plan()
    const { processId = '' } = run?.process ?? {}
    expect(await store.findProcessById(processId)).toBeUndefined()
    expect(await store.countProcesses(anyProcess())).toBe(0)
    expect((await place()).processId).not.toBe(processId)
    expect(await store.offerWarmRun(processId)).toBe(true)
    expect(await store.withdrawWarmRun(processId)).toBe(true)
    expect((await place()).processId).not.toBe(processId)
    expect(await store.listWarmRuns()).toEqual([run])
  })

  test('of those that race for one only one gets it, and whoever withdraws it is told', async () => {
    const { process } = await ready()
    const made = await Promise.all(Array.from({ length: 10 }, () => place()))
    expect(made.filter(({ processId }) => processId === process.processId)).toHaveLength(1)
    expect(new Set(made.map(({ processId }) => processId)).size).toBe(10)
    expect(await subject().store.withdrawWarmRun(process.processId)).toBe(false)
    expect(await subject().store.offerWarmRun(process.processId)).toBe(false)
  })

  test('a room is placed on one, and a lobby; its process was not started for a room', async () => {
    const { process } = await ready()
    const room = { roomId: 'room-1', isChosen: false, region: 'Seattle', roomConfig: null }
    const placed = await subject().store.createRoom(
      { ...room, roomAllocationId: 'allocation-1' },
      aRequest(),
      [aPlace()],
    )
    expect(placed).toMatchObject({
      kind: 'started',
      process: { processId: process.processId, roomsAllocated: 1, initialRoom: null },
    })
  })

  test('only a process of its deployment and its region takes it, on a node that is offered', async () => {
    const { store } = subject()
    const { process } = await ready()
    await store.insertDeployment(aDeployment({ deploymentId: 'dep-2' }))
    const others = [
      await place([aPlace()], { deploymentId: 'dep-2' }),
      await place([aPlace({ region: 'Tokyo' })]),
      await place([aPlace({ offers: aPlace().offers.map((one) => ({ ...one, nodeId: 'b' })) })]),
    ]
    expect(others.map(({ processId }) => processId)).not.toContain(process.processId)
    await store.setNodeDraining('node-1', true)
    await refusal(place())
    await store.setNodeDraining('node-1', false)
    expect((await place()).processId).toBe(process.processId)
  })

  test('its capacity and ports are counted from its plan on, and pass to the process', async () => {
    const small = aPlace({
      offers: aPlace().offers.map((one) => ({
        ...{ ...one, range: { from: 20_000, to: 20_001 } },
        capacity: { cpu: 1, memoryMb: 4096 },
      })),
    })
    const run = await ready(small)
    expect(await loadOf()).toMatchObject({ cpu: 0.5, memoryMb: 1024, processes: 0 })
    await ready(small)
    expect(await plan(small)).toBeUndefined()
    await place([small])
    expect(await loadOf()).toMatchObject({ cpu: 1, memoryMb: 2048, processes: 1 })
    await place([small])
    await refusal(place([small]))
    expect(run.process.ports).toHaveLength(1)
  })

  test('one that is removed gives back what was counted, once', async () => {
    const { store } = subject()
    const one = {
      offers: aPlace().offers.map((offer) => ({ ...offer, range: { from: 20_000, to: 20_000 } })),
    }
    const { processId = '' } = (await plan(aPlace(one)))?.process ?? {}
    await refusal(place([aPlace(one)]))
    await store.removeWarmRun(processId)
    await store.removeWarmRun(processId)
    expect(await loadOf()).toMatchObject({ cpu: 0, memoryMb: 0, processes: 0 })
    expect((await place([aPlace(one)])).ports).toMatchObject([{ port: 20_000 }])
  })

  test('it is there when the store is opened again', async () => {
    const run = await ready()
    const store = await subject().reopen()
    expect(await store.listWarmRuns()).toEqual([{ ...run, isReady: true }])
    const made = await store.placeProcess(aRequest(), [aPlace()])
    expect(made.processId).toBe(run.process.processId)
  })

  test('a record that was rebuilt from a running game keeps the ports of its run', async () => {
    const { store } = subject()
    const { process } = await ready()
    await store.adoptProcess(process)
    await store.removeWarmRun(process.processId)
    const [{ port } = { port: 0 }] = process.ports
    const other = await place()
    expect(other.ports.map((leased) => leased.port)).not.toContain(port)
    expect(await loadOf()).toMatchObject({ processes: 2 })
  })
}
