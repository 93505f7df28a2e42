import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NodeOffer, Place } from '../../../src/domain/placement.ts'
import type { ProcessRequest, Store } from '../../../src/domain/store.ts'
import { stopping } from '../../../src/domain/process.ts'
import { aDeployment, aNewProcess, anyProcess, end, fill, refusal, run, t0 } from './records.ts'
import type { Subject } from './store-conformance.ts'

const anOffer = (given: Partial<NodeOffer> = {}): NodeOffer => ({
  nodeId: 'node-1',
  host: '127.0.0.1',
  range: { from: 20_000, to: 20_099 },
  capacity: { cpu: null, memoryMb: null },
  ...given,
})

export const aPlace = (given: Partial<Place> = {}): Place => ({
  region: 'Seattle',
  offers: [anOffer()],
  maxProcesses: null,
  ...given,
})

let made = 0

export const aRequest = (given: Partial<ProcessRequest> = {}): ProcessRequest => {
  const { region: _, nodeId: __, ...process } = aNewProcess({ processId: `process-${(made += 1)}` })
  const ports = [{ name: 'default', port: 80, transportType: 'udp' as const }]
  return { ...process, ports, idempotencyKey: null, ...given }
}

export function roomsConform(subject: () => Subject): void {
  const create = (roomId: string, places = [aPlace()], given: Partial<ProcessRequest> = {}) =>
    createIn(subject().store, roomId, { places, given })

  const release = (roomId: string, to: 'destroyed' | 'suspended' = 'destroyed') =>
    subject().store.releaseRoom({ appId: 'app-1', roomId, to, at: t0 + 9, onlyOn: null })

  test('a room is found as it was answered, with its process', async () => {
    const { store } = subject()
    const placed = await create('room-1')
    expect(placed).toMatchObject({ kind: 'started', process: { roomsAllocated: 1 } })
    expect(placed.process.initialRoom).toEqual({ roomId: 'room-1', roomConfig: null })
    expect(await store.findRoom('app-1', 'room-1')).toEqual({
      ...{ room: placed.room, process: placed.process },
    })
    expect(await store.findRoom('app-2', 'room-1')).toBeUndefined()
    expect(await store.findOpenRoom('app-1', 'room-1')).toMatchObject({ room: placed.room })
    expect((await create('room-2')).kind).toBe('joined')
    expect((await create('room-2')).kind).toBe('found')
  })

  test('it goes to the fullest with a free slot, then to the oldest', async () => {
    const { store } = subject()
    const one = await store.placeProcess(aRequest(), [aPlace()])
    const two = await store.placeProcess(aRequest(), [aPlace()])
    expect((await create('a')).process.processId).toBe(one.processId)
    for (const roomId of ['b', 'c', 'd']) await create(roomId)
    expect((await create('e')).process.processId).toBe(two.processId)
    await release('a')
    expect((await create('f')).process.processId).toBe(one.processId)
  })

  test('nothing goes to a process that is to end, or of another deployment or region', async () => {
    const { store } = subject()
    const one = await store.placeProcess(aRequest(), [aPlace()])
    await store.insertDeployment(aDeployment({ deploymentId: 'dep-2' }))
    const other = await create('a', [aPlace()], { deploymentId: 'dep-2' })
    expect(other.process.processId).not.toBe(one.processId)
    const elsewhere = await create('b', [aPlace({ region: 'Tokyo' })])
    expect(elsewhere.process).toMatchObject({ region: 'Tokyo' })
    await store.changeProcess(one.processId, (process) =>
      stopping(process, { kind: 'requested' }, t0 + 5),
    )
    expect((await create('c')).process.processId).not.toBe(one.processId)
  })

  test('a process takes its rooms with it when it ends, in one commit', async () => {
    const { store } = subject()
    const { process } = await create('a')
    await create('b')
    await release('b', 'suspended')
    await run(store, process.processId)
    const ended = await end(store, process.processId)
    expect(ended.roomsAllocated).toBe(0)
    expect(await store.findRoom('app-1', 'a')).toMatchObject({
      room: { status: 'destroyed', stay: null, endReason: 'exited with code 0' },
      process: { processId: process.processId },
    })
    expect(await store.findRoom('app-1', 'b')).toMatchObject({ room: { status: 'suspended' } })
    expect(await store.listRoomsOn(process.processId)).toEqual([])
    const left = await store.listRoomsThatLeft(process.processId)
    expect(left.map(({ roomId }) => roomId)).toEqual(['a', 'b'])
    expect((await create('a')).kind).toBe('started')
  })

  test('a suspended room keeps its id and config, and has a stay for each process', async () => {
    const { store } = subject()
    const first = await create('a')
    expect(await release('a', 'suspended')).toMatchObject({ roomsAllocated: 0 })
    expect(await release('a', 'suspended')).toBeUndefined()
    await end(store, first.process.processId)
    const order = { roomId: 'a', roomAllocationId: 'stay-2' }
    const again = await store.resumeRoom(order, aRequest(), [aPlace()])
    expect(again.kind).toBe('started')
    expect((await store.resumeRoom(order, aRequest(), [aPlace()])).kind).toBe('found')
    const stays = await store.listRoomStays(again.room)
    expect(stays.map(({ processId }) => processId)).toEqual([
      first.process.processId,
      again.process.processId,
    ])
    expect(stays.map(({ unscheduledAt }) => unscheduledAt !== null)).toEqual([true, false])
    await release('a')
    const resumed = store.resumeRoom(order, aRequest(), [aPlace()])
    expect(await refusal(resumed)).toMatchObject({ code: 'not-found' })
  })

  test('a chosen id is one room while it lives', async () => {
    const { store } = subject()
    await create('a')
    const refused = createIn(store, 'a', { places: [aPlace()], region: 'Tokyo' })
    expect(await refusal(refused)).toMatchObject({ code: 'taken' })
    await store.changeRoomConfig('app-1', 'a', 'new')
    expect((await create('a')).kind).toBe('found')
    await release('a')
    expect(await refusal(store.changeRoomConfig('app-1', 'a', 'x'))).toMatchObject({
      code: 'not-found',
    })
    expect(await refusal(release('never'))).toMatchObject({ code: 'not-found' })
    expect((await create('a')).kind).toBe('joined')
  })

  test('a game server can release only what is on it', async () => {
    const { store } = subject()
    const { process } = await create('a')
    const order = { appId: 'app-1', roomId: 'a', to: 'destroyed', at: t0 } as const
    const other = store.releaseRoom({ ...order, onlyOn: 'another' })
    expect(await refusal(other)).toMatchObject({ code: 'not-found' })
    await store.releaseRoom({ ...order, onlyOn: process.processId })
    expect(await store.listRooms('app-1', 10)).toEqual([])
  })

  test('old rooms that are over are removed, with their stays', async () => {
    const { store } = subject()
    const { room } = await create('a')
    await create('b')
    await release('a')
    expect(await store.removeEndedRooms(t0 + 9, 10)).toBe(0)
    expect(await store.removeEndedRooms(t0 + 10, 10)).toBe(1)
    expect(await store.findRoom('app-1', 'a')).toBeUndefined()
    expect(await store.listRoomStays({ ...room, stay: null })).toEqual([])
    expect(await store.findRoom('app-1', 'b')).toBeDefined()
  })

  test('deleting an application ends its suspended rooms', async () => {
    const { store } = subject()
    await create('a')
    await release('a', 'suspended')
    await store.deleteApplication('org-1', 'app-1', 'someone', t0 + 20)
    expect(await store.findRoom('app-1', 'a')).toMatchObject({ room: { status: 'destroyed' } })
    expect(await store.findOpenRoom('app-1', 'a')).toBeUndefined()
  })
}

export function placementConforms(subject: () => Subject): void {
  const place = (places: readonly Place[], given: Partial<ProcessRequest> = {}) =>
    subject().store.placeProcess(aRequest(given), places)

  const small = (nodeId: string): NodeOffer =>
    anOffer({ nodeId, capacity: { cpu: 1, memoryMb: 4096 } })

  test('a full node hands on to the next, a full region to the one it spills over to', async () => {
    const places = [
      aPlace({ offers: [small('one'), small('two')] }),
      aPlace({ region: 'Tokyo', offers: [small('three')] }),
    ]
    const nodes: string[] = []
    for (let count = 0; count < 6; count += 1) {
      const { nodeId, region } = await place(places)
      nodes.push(`${region} ${nodeId}`)
    }
    expect(nodes).toEqual([
      ...['Seattle one', 'Seattle one', 'Seattle two', 'Seattle two', 'Tokyo three', 'Tokyo three'],
    ])
    expect(await refusal(place(places))).toEqual({
      code: 'no-capacity',
      message:
        'Seattle, Tokyo cannot take a process now: node one has 0 CPU and 2048 MB free; ' +
        'node two has 0 CPU and 2048 MB free; node three has 0 CPU and 2048 MB free; ' +
        'it needs 0.5 CPU and 1024 MB',
    })
  })

  test('a refusal tells what each machine had free, and what is short is a port where all else is there', async () => {
    const { store } = subject()
    const narrow = anOffer({ nodeId: 'two', range: { from: 20_000, to: 20_000 } })
    const places = [aPlace({ offers: [small('one'), narrow, small('three')] })]
    await store.setNodeDraining('three', true)
    for (let count = 0; count < 3; count += 1) await place(places)
    const error = await place(places).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      machines: [
        { nodeId: 'one', free: { cpu: 0, memoryMb: 2048, places: Infinity } },
        { nodeId: 'two', free: { cpu: Infinity, memoryMb: Infinity, places: 0 } },
      ],
    })
    expect(error).toHaveProperty('message', expect.stringContaining('node three is draining'))
  })

  test('what ends gives back what it requested', async () => {
    const { store } = subject()
    const places = [aPlace({ offers: [small('one')] })]
    const first = await place(places)
    await place(places)
    expect(await refusal(place(places))).toMatchObject({ code: 'no-capacity' })
    await end(store, first.processId)
    await place(places)
    expect(await store.listNodeLoads()).toEqual([
      { nodeId: 'one', cpu: 1, memoryMb: 2048, processes: 2, isDraining: false, knownAt: null },
    ])
  })

  test('where no node takes it, whatever is free, that is said and waiting is no use', async () => {
    const none = aPlace({ offers: [], whyNone: 'no node of Seattle takes it' })
    expect(await refusal(place([none, { ...none, whyNone: 'nor of Tokyo' }]))).toEqual({
      code: 'invalid',
      message: 'no node of Seattle takes it; nor of Tokyo',
    })
    const full = anOffer({ capacity: { cpu: 0.25, memoryMb: null } })
    expect(await refusal(place([none, aPlace({ region: 'Tokyo', offers: [full] })]))).toMatchObject(
      {
        code: 'no-capacity',
        message: expect.stringContaining('no node of Seattle takes it; node node-1 has 0.25 CPU'),
      },
    )
  })

  test('a draining node takes nothing new', async () => {
    const { store } = subject()
    await store.setNodeDraining('one', true)
    const places = [aPlace({ offers: [small('one'), small('two')] })]
    expect(await place(places)).toMatchObject({ nodeId: 'two' })
    await store.setNodeDraining('one', false)
    expect(await place(places)).toMatchObject({ nodeId: 'one' })
  })

  test('a node without a free port is passed over, and nothing of it is counted', async () => {
    const { store } = subject()
    const one = anOffer({ nodeId: 'one', range: { from: 20_000, to: 20_000 } })
    const places = [aPlace({ offers: [one, anOffer({ nodeId: 'two' })] })]
    expect((await place(places)).nodeId).toBe('one')
    expect((await place(places)).nodeId).toBe('two')
    expect((await store.listNodeLoads()).map(({ processes }) => processes)).toEqual([1, 1])
  })

  test('a maximum of processes holds for all in the region', async () => {
    const places = [aPlace({ maxProcesses: 1 })]
    await place(places)
    expect(await refusal(place(places))).toMatchObject({
      code: 'no-capacity',
      message: expect.stringContaining('Seattle has the 1 processes of its maxProcesses'),
    })
  })

  test('the same key is the same process, until keys are forgotten', async () => {
    const { store } = subject()
    const first = await place([aPlace()], { idempotencyKey: 'order-1' })
    const again = await place([aPlace()], { idempotencyKey: 'order-1' })
    expect(again.processId).toBe(first.processId)
    await store.removeOldKeys(t0 + 1)
    const later = await place([aPlace()], { idempotencyKey: 'order-1' })
    expect(later.processId).not.toBe(first.processId)
  })

  test('slots and loads are right after any sequence of units', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), { maxLength: 20 }),
        async (turns) => {
          const store = await subject().openEmpty()
          await fill(store)
          for (const turn of turns) await Promise.allSettled(turn.map((one) => act(store, one)))
          await expectExact(store)
          await store.close()
        },
      ),
      { numRuns: 40 },
    )
  })
}

const action = fc.record({
  do: fc.constantFrom('create', 'destroy', 'suspend', 'resume', 'end', 'stop'),
  room: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
})

const places = [aPlace({ offers: [anOffer({ capacity: { cpu: 1.5, memoryMb: null } })] })]

async function act(store: Store, one: { do: string; room: string }): Promise<unknown> {
  const roomId = one.room
  const release = { appId: 'app-1', roomId, at: t0, onlyOn: null }
  if (one.do === 'create') return await createIn(store, roomId, { places })
  if (one.do === 'destroy') return await store.releaseRoom({ ...release, to: 'destroyed' })
  if (one.do === 'suspend') return await store.releaseRoom({ ...release, to: 'suspended' })
  if (one.do === 'resume')
    return await store.resumeRoom({ roomId, roomAllocationId: 'again' }, aRequest(), places)
  const processId = (await store.findRoom('app-1', roomId))?.process?.processId ?? ''
  if (one.do === 'end') return await end(store, processId)
  return await store.changeProcess(processId, (process) =>
    stopping(process, { kind: 'requested' }, t0 + 5),
  )
}

async function expectExact(store: Store): Promise<void> {
  const processes = await store.listByStatus(['starting', 'running', 'draining', 'stopping'])
  for (const { processId, roomsAllocated, roomsPerProcess } of processes) {
    expect(await store.listRoomsOn(processId)).toHaveLength(roomsAllocated)
    expect(roomsAllocated).toBeLessThanOrEqual(roomsPerProcess)
  }
  const { records } = await store.latestProcesses({ ...anyProcess(), limit: 1_000, cursor: null })
  for (const record of records) {
    const shown = JSON.parse(record) as { processId: string; roomsAllocated: number }
    expect(await store.listRoomsOn(shown.processId)).toHaveLength(shown.roomsAllocated)
  }
  const cpu = processes.reduce((sum, process) => sum + process.cpu, 0)
  expect(cpu).toBeLessThanOrEqual(1.5)
  for (const load of await store.listNodeLoads())
    expect(load).toMatchObject({ cpu, processes: processes.length })
}

const createIn = (
  store: Store,
  roomId: string,
  given: { places: readonly Place[]; region?: string; given?: Partial<ProcessRequest> },
) =>
  store.createRoom(
    {
      ...{ roomId, isChosen: true, region: given.region ?? 'Seattle', roomConfig: null },
      roomAllocationId: `stay of ${roomId}`,
    },
    aRequest(given.given),
    given.places,
  )
