/** Static allocation where something is in the way: a clock that is set, others who take the place, limits without room. */
import { describe, expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { anAllocationStudio, exits, region } from './allocation-studio.ts'

const hour = 3_600_000
const minute = 60_000

describe('a wall clock that is set', () => {
  test('forward makes no new process count as settled, and back holds none up', async () => {
    const { clock, keep, pass, deploy, stands } = await anAllocationStudio()
    await keep(2, 4, 5)
    await pass(6_000, 1_000)
    await deploy()
    clock.jump(hour)
    await pass(4_000, 1_000)
    expect(await stands()).toMatchObject({ running: 1, outdated: 4 })
    clock.jump(-2 * hour)
    await pass(minute, 1_000)
    expect(await stands()).toMatchObject({ running: 4, outdated: 0 })
  })

  test('shortens no pause between two tries, and lengthens none', async () => {
    const { clock, keep, pass, made, stands } = await anAllocationStudio(exits(3, 1))
    await keep(0, 1, 1)
    await pass(1)
    clock.jump(hour)
    await pass(900, 100)
    expect(await made()).toBe(1)
    clock.jump(-2 * hour)
    expect((await stands())?.retryAt?.getTime()).toBe(clock.now() + 100)
    await pass(100)
    expect(await made()).toBe(2)
  })
})

test('where something else took the place that old processes gave up, more go after five minutes only', async () => {
  const cpu = ['--capacity-overcommit=false', '--capacity-cpu=1']
  const { client, appId, keep, settle, pass, deploy, stands } = await anAllocationStudio([], ...cpu)
  await keep(1, 4, 10)
  const rooms = []
  for (let room = 0; room < 3; room += 1)
    rooms.push(await client.roomsV2.createRoom({ region }, appId))
  await deploy({ requestedCPU: 0.5 })
  const [leaving] = await client.processesV3.getLatestProcesses(appId, ['draining'])
  expect(await stands()).toMatchObject({ running: 0, outdated: 3 })

  const other = await deployedApp(client, { appName: 'other' })
  await client.processesV3.createProcess(region, other.appId)
  const last = rooms.find(({ processId }) => processId === leaving?.processId)
  await client.roomsV2.destroyRoom(last?.roomId ?? '', appId)
  await settle()
  await pass(4 * minute, 10_000)
  expect(await stands()).toMatchObject({
    ...{ running: 0, outdated: 2 },
    problem: expect.stringContaining('node local has 0.25 CPU'),
  })
  const [next] = await client.hatchery.getRooms(appId)
  await client.roomsV2.destroyRoom(next?.roomId ?? '', appId)
  await pass(2 * minute, 10_000)
  expect(await stands()).toMatchObject({ running: 1, outdated: 1 })
})

describe('limits that leave no room for a new one', () => {
  test('are shown, and once they do it comes', async () => {
    const { keep, pass, deploy, stands } = await anAllocationStudio()
    await keep(3, 5, 3)
    await deploy()
    await pass(minute, 10_000)
    expect(await stands()).toMatchObject({
      ...{ running: 0, outdated: 3, retryAt: null },
      problem:
        'maxProcesses 3 leaves no room for a new one, and minProcesses 3 lets no older one go',
    })
    await keep(2, 5, 3)
    await pass(minute, 1_000)
    expect(await stands()).toMatchObject({ running: 3, outdated: 0, problem: null })
  })

  test('for others of the application are shown', async () => {
    const { client, appId, keep, settle, stands } = await anAllocationStudio()
    await client.processesV3.createProcess(region, appId)
    await keep(0, 1, 1)
    expect(await stands()).toMatchObject({
      ...{ running: 0, retryAt: null },
      problem:
        'maxProcesses 1 leaves no room for a new one: rooms or CreateProcess started what is there',
    })
    const [process] = await client.processesV3.getLatestProcesses(appId)
    await client.processesV3.stopProcess(process?.processId ?? '', appId)
    await settle()
    expect(await stands()).toMatchObject({ running: 1, problem: null })
  })
})
