/** Draining: a process or a machine takes nothing new, and ends when it is empty. */
import type { Hatchery } from '@hatchery/client'
import { describe, expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { untilStatus } from '../support/process-life.ts'
import { refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const region = 'Seattle'

async function withProcess(roomsPerProcess = 2, ...flags: string[]) {
  const hatchery = await startWithFakes(...flags)
  const { appId } = await deployedApp(hatchery.client, { deployment: { roomsPerProcess } })
  const process = await hatchery.client.processesV3.createProcess(region, appId)
  await untilStatus(hatchery.client, process, 'running')
  return { ...hatchery, appId, process, processId: process.processId }
}

const placeOf = async (client: Hatchery, appId: string): Promise<string> =>
  (await client.roomsV2.createRoom({ region }, appId)).processId

describe('draining a process', () => {
  test('keeps its rooms, takes no new ones, and ends with the last', async () => {
    const { client, appId, process, processId } = await withProcess()
    const { roomId } = await client.roomsV2.createRoom({ region }, appId)
    await client.hatchery.drainProcess(processId, appId)
    await client.hatchery.drainProcess(processId, appId)
    expect(await client.hatchery.getProcessView(processId, appId)).toMatchObject({
      ...{ status: 'draining', wanted: 'drain', roomsAllocated: 1 },
    })
    expect(await placeOf(client, appId)).not.toBe(processId)
    expect((await client.roomsV2.getConnectionInfo(roomId, appId)).status).toBe('active')
    await client.roomsV2.destroyRoom(roomId, appId)
    const ended = await untilStatus(client, process, 'stopped')
    expect(ended.summaryExitReason).toBe('stopped after draining')
    await client.hatchery.drainProcess(processId, appId)
  })

  test('ends one without rooms at once, but not under its players', async () => {
    const { client, driver, appId, process, processId } = await withProcess()
    driver.connect(processId, 3)
    await client.hatchery.drainProcess(processId, appId)
    expect((await client.processesV3.getProcess(processId, appId)).status).toBe('draining')
    driver.connect(processId, 0)
    await untilStatus(client, process, 'stopped')
  })

  test('of another application or an unknown one is 404', async () => {
    const { client, processId } = await withProcess()
    const other = await deployedApp(client, { appName: 'other' })
    const call = client.hatchery.drainProcess(processId, other.appId)
    expect(await refusalOf(call)).toMatchObject({ status: 404 })
  })
})

describe('draining a machine', () => {
  test('drains what is on it and takes nothing new, until it is taken back', async () => {
    const { client, appId, process } = await withProcess()
    await client.hatchery.drainNode('local')
    await untilStatus(client, process, 'stopped')
    expect(await client.hatchery.getNodes()).toMatchObject([
      { nodeId: 'local', status: 'draining', processes: 0 },
    ])
    const refused = client.processesV3.createProcess(region, appId)
    expect(await refusalOf(refused)).toMatchObject({
      ...{ status: 429, code: 'no-capacity' },
      message: expect.stringContaining('node local is draining'),
    })
    await client.hatchery.resumeNode('local')
    await client.processesV3.createProcess(region, appId)
    const unknown = client.hatchery.drainNode('nowhere')
    expect(await refusalOf(unknown)).toMatchObject({
      ...{ status: 404, message: 'there is no node "nowhere"; there is local' },
    })
  })
})
