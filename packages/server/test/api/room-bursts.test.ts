/** Rooms under race: exact, whatever comes at once. */
import type { Hatchery } from '@hatchery/client'
import { expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
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
