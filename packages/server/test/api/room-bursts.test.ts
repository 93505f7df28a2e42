/** Rooms under race: exact, whatever comes at once. */
import type { Hatchery } from '@hatchery/client'
import { expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { recordedEvents } from '../support/process-history.ts'
import { refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const region = 'Seattle'
const clients = 50

/** Runs `work` from many clients at once until `count` calls are made; answers what each gave. */
async function race<T>(
  count: number,
  work: (index: number) => Promise<T>,
): Promise<PromiseSettledResult<T>[]> {
  const results: PromiseSettledResult<T>[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let index = next++; index < count; index = next++) {
        const [result] = await Promise.allSettled([work(index)])
        results[index] = result
      }
    }),
  )
  return results
}

async function processesOf(client: Hatchery, appId: string): Promise<Map<string, number>> {
  const rooms = await client.hatchery.getRooms(appId)
  const counts = new Map<string, number>()
  for (const { processId } of rooms)
    if (processId !== null) counts.set(processId, (counts.get(processId) ?? 0) + 1)
  return counts
}

test('racing rooms never overfill a process and never make more processes than needed', async () => {
  const { client } = await startWithFakes()
  const roomsPerProcess = 7
  const { appId } = await deployedApp(client, { deployment: { roomsPerProcess } })
  const count = 300
  const results = await race(count, () => client.roomsV2.createRoom({ region }, appId))
  expect(results.filter(({ status }) => status === 'rejected')).toEqual([])
  const counts = await processesOf(client, appId)
  expect([...counts.values()].every((rooms) => rooms <= roomsPerProcess)).toBe(true)
  expect(counts.size).toBe(Math.ceil(count / roomsPerProcess))
  expect((await client.processesV3.getProcessesCountExperimental(appId)).count).toBe(counts.size)
})

test('1,000 slots are filled exactly by 1,000 of 1,500 requests, none twice, while others come and go', async () => {
  const { client } = await startWithFakes()
  const [processes, roomsPerProcess] = [50, 20]
  const { appId } = await deployedApp(client, { deployment: { roomsPerProcess } })
  const allocation = { region, minProcesses: 0, targetProcesses: 1, maxProcesses: processes }
  await client.appsV2.patchApp({ serviceConfig: { staticProcessAllocation: [allocation] } }, appId)
  const other = await deployedApp(client, { appName: 'other', deployment: { roomsPerProcess } })
  const results = await race(1_500, async (index) => {
    if (index % 4 === 0) await comeAndGo(client, other.appId)
    return await client.roomsV2.createRoom({ region }, appId, `room-${index}`)
  })
  const made = results.filter((result) => result.status === 'fulfilled')
  expect(made).toHaveLength(processes * roomsPerProcess)
  const refused = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as Error] : [],
  )
  expect(new Set(refused.map((error) => (error as { statusCode?: number }).statusCode))).toEqual(
    new Set([429]),
  )
  const counts = await processesOf(client, appId)
  expect([...counts.values()]).toEqual(Array.from({ length: processes }, () => roomsPerProcess))
  const rooms = await client.hatchery.getRooms(appId)
  expect(new Set(rooms.map(({ roomId }) => roomId)).size).toBe(processes * roomsPerProcess)
})

test(
  '50 clients get 1,000 slots of warm processes, each once, while 20 others end rooms and make new ones on the same',
  { timeout: 120_000 },
  async () => {
    const { client } = await startWithFakes()
    const [processes, roomsPerProcess, churning] = [51, 20, 20]
    const { appId } = await deployedApp(client, { deployment: { roomsPerProcess } })
    const allocation = {
      region,
      minProcesses: 0,
      targetProcesses: processes,
      maxProcesses: processes,
    }
    await client.appsV2.patchApp(
      { serviceConfig: { staticProcessAllocation: [allocation] } },
      appId,
    )
    await eventually('all are warm', async () => {
      const [stands] = await client.hatchery.getAllocations(appId)
      return stands?.running === processes
    })
    const create = () => client.roomsV2.createRoom({ region }, appId)
    let isOver = false
    const comingAndGoing = Array.from({ length: churning }, async () => {
      let { roomId } = await create()
      do {
        await client.roomsV2.destroyRoom(roomId, appId)
        roomId = (await create()).roomId
      } while (!isOver)
    })
    const results = await race(1_000, create)
    isOver = true
    await Promise.all(comingAndGoing)
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([])
    expect(await refusalOf(create())).toMatchObject({ status: 429 })
    const { most, places } = await occupancy(client, appId)
    expect(most).toBe(roomsPerProcess)
    expect(places.size).toBe(processes * roomsPerProcess)
    expect(new Set(places.values()).size).toBe(processes)
    for (const made of results.filter((result) => result.status === 'fulfilled'))
      expect(places.get(made.value.roomId)).toBe(made.value.processId)
  },
)

/** By what was recorded, room by room: where each is now, and the most that a process ever had at once. */
async function occupancy(
  client: Hatchery,
  appId: string,
): Promise<{ most: number; places: Map<string, string> }> {
  const places = new Map<string, string>()
  const counts = new Map<string, number>()
  let most = 0
  for await (const event of recordedEvents(client, appId)) {
    if (event.kind !== 'room') continue
    const { roomId, status, processId } = event.record
    const before = places.get(roomId)
    if (before !== undefined) counts.set(before, (counts.get(before) ?? 0) - 1)
    places.delete(roomId)
    if (status !== 'active' || processId === null) continue
    const rooms = (counts.get(processId) ?? 0) + 1
    places.set(roomId, processId)
    counts.set(processId, rooms)
    most = Math.max(most, rooms)
  }
  return { most, places }
}

async function comeAndGo(client: Hatchery, appId: string): Promise<void> {
  const { roomId } = await client.roomsV2.createRoom({ region }, appId)
  await client.roomsV2.destroyRoom(roomId, appId)
}

test('a chosen id that many ask for at once is one room', async () => {
  const { client } = await startWithFakes()
  const { appId } = await deployedApp(client, { deployment: { roomsPerProcess: 3 } })
  const results = await race(100, () => client.roomsV2.createRoom({ region }, appId, 'the-one'))
  const processes = results.flatMap((result) =>
    result.status === 'fulfilled' ? [result.value.processId] : [],
  )
  expect(processes).toHaveLength(100)
  expect(new Set(processes).size).toBe(1)
  expect(await client.hatchery.getRooms(appId)).toHaveLength(1)
})
