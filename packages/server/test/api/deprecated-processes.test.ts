/** Processes in the older versions: the same ones, whichever version made them. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { deprecatedPlace, officialOf } from '../support/deprecated-place.ts'
import { eventually } from '../support/eventually.ts'
import { call } from '../support/json-call.ts'
import { untilStatus } from '../support/process-life.ts'
import { refusalIn } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'
import { without } from '../support/without.ts'

const region = 'Seattle'

describe('a process', () => {
  test('of each version is the same in all', async () => {
    const { official, client, server, appId } = await deprecatedPlace()
    const { processesV1, processesV2, processesV3 } = official
    const made = await processesV2.createProcessV2Deprecated(region)
    expect(made).toMatchObject({ status: 'starting', deploymentId: 1, region, roomsPerProcess: 2 })
    await untilStatus(client, made, 'running')
    const V3 = await processesV3.getProcess(made.processId)
    const V2 = { ...without(V3, 'scheduledAt', 'bootedAt', 'fleetId'), deploymentId: 1 }
    expect(await processesV2.getProcessInfoV2Deprecated(made.processId)).toEqual(V2)
    expect(await processesV2.getLatestProcessesV2Deprecated()).toEqual([V2])
    const V1 = await processesV1.getProcessInfoDeprecated(made.processId)
    const asked = expect.any(Date) as Date
    expect(V1).toEqual({
      ...without(V2, 'status', 'createdAt'),
      ...{ startingAt: V2.createdAt, draining: false, idleSince: null },
      ...{ host: V3.exposedPort?.host, port: V3.exposedPort?.port },
      ...{ roomsAllocated: 0, roomsAllocatedUpdatedAt: asked },
      ...{ roomSlotsAvailable: 2, roomSlotsAvailableUpdatedAt: asked },
      ...{ activeConnections: 0, activeConnectionsUpdatedAt: asked },
      egressedBytes: expect.any(Number) as number,
    })
    expect(Math.abs(V1.roomsAllocatedUpdatedAt.getTime() - Date.now())).toBeLessThan(30_000)

    await processesV2.stopProcessV2Deprecated(made.processId)
    await server.settled()
    const ended = await untilStatus(client, made, 'stopped')
    expect(await processesV1.getRunningProcesses()).toEqual([])
    const [stopped, ...others] = await processesV1.getStoppedProcesses()
    expect(others).toEqual([])
    expect(stopped).toEqual(await processesV1.getProcessInfoDeprecated(made.processId))
    expect(stopped).toMatchObject({
      ...{ exposedPort: null, host: '', port: 0, draining: false, roomSlotsAvailable: 0 },
      ...{ stoppingAt: ended.stoppingAt, terminatedAt: ended.terminatedAt },
      ...{ activeConnections: 0, activeConnectionsUpdatedAt: ended.terminatedAt },
      ...{ roomsAllocatedUpdatedAt: ended.terminatedAt },
    })
    expect(await client.processesV2.getLatestProcessesV2Deprecated(appId)).toMatchObject([
      { status: 'stopped', exposedPort: null },
    ])
  })

  test('is listed by V1 as running with its rooms, also while it drains, the newest first', async () => {
    const { official, client, appId } = await deprecatedPlace()
    const { processesV1, processesV3, roomsV2 } = official
    const first = await processesV3.createProcess(region)
    const second = await processesV3.createProcess(region)
    for (const { processId } of [first, second])
      await untilStatus(client, { appId, processId }, 'running')
    for (const roomId of ['a', 'b', 'c']) await roomsV2.createRoom({ region }, appId, roomId)
    await client.hatchery.drainProcess(first.processId, appId)
    const listed = await processesV1.getRunningProcesses()
    expect(listed.map(({ processId }) => processId)).toEqual([second.processId, first.processId])
    const [newer, older] = listed
    expect(newer).toMatchObject({ draining: false, totalRooms: 1, roomSlotsAvailable: 1 })
    expect(older).toMatchObject({ draining: true, totalRooms: 2, roomSlotsAvailable: 0 })
    expect(older?.rooms).toEqual(await roomsV2.getActiveRoomsForProcess(first.processId))
    expect(older?.rooms.map(({ roomId }) => roomId)).toEqual(['a', 'b'])
    const alone = await processesV1.getProcessInfoDeprecated(first.processId)
    expect(Object.keys(older ?? {}).toSorted()).toEqual(
      [...Object.keys(alone), 'rooms', 'totalRooms'].toSorted(),
    )
  })

  test('of more than 1,000 rooms is listed by V1 with the oldest 1,000 and how many there are', async () => {
    const { official, client, appId, first } = await deprecatedPlace()
    const large = deploymentConfig(first.buildId, { roomsPerProcess: 2_000 })
    await client.deploymentsV3.createDeployment(large, appId)
    const made = await official.processesV2.createProcessV2Deprecated(region)
    await untilStatus(client, made, 'running')
    for (let rooms = 0; rooms < 1_001; rooms += 91)
      await Promise.all(
        Array.from({ length: 91 }, () => client.roomsV2.createRoom({ region }, appId)),
      )
    const [listed] = await official.processesV1.getRunningProcesses()
    expect(listed).toMatchObject({ totalRooms: 1_001, roomsAllocated: 1_001 })
    const all = await official.roomsV2.getActiveRoomsForProcess(made.processId)
    expect(listed?.rooms).toEqual(all.slice(0, 1_000))
  })

  test('that starts is in none of the lists of V1', async () => {
    const hatchery = await startWithFakes()
    const env = [{ name: 'FAKE_START', value: 'never-binds' }]
    const { appId } = await deployedApp(hatchery.client, { deployment: { env } })
    const { processesV1, processesV2 } = officialOf(hatchery, appId)
    const { processId } = await processesV2.createProcessV2Deprecated(region)
    expect(await processesV1.getRunningProcesses()).toEqual([])
    expect(await processesV1.getStoppedProcesses()).toEqual([])
    expect(await processesV1.getProcessInfoDeprecated(processId)).toMatchObject({
      ...{ startedAt: null, draining: false, roomSlotsAvailable: 1 },
    })
  })

  test('shows in V1 what was measured of it, and what it sent also after its end', async () => {
    const { official, client, driver } = await deprecatedPlace('--metrics-sample-seconds=1')
    const { processesV1 } = official
    const made = await official.processesV2.createProcessV2Deprecated(region)
    await untilStatus(client, made, 'running')
    driver.connect(made.processId, 3)
    const measured = await eventually('it is measured', async () => {
      const shown = await processesV1.getProcessInfoDeprecated(made.processId)
      return shown.activeConnections === 3 && shown.egressedBytes > 0 && shown
    })
    expect(measured.activeConnectionsUpdatedAt.getTime()).toBeLessThanOrEqual(
      measured.roomsAllocatedUpdatedAt.getTime(),
    )
    await official.processesV2.stopProcessV2Deprecated(made.processId)
    await untilStatus(client, made, 'stopped')
    const [ended] = await processesV1.getStoppedProcesses()
    expect(ended?.activeConnections).toBe(0)
    expect(ended?.egressedBytes).toBeGreaterThanOrEqual(measured.egressedBytes)
  })

  test('is counted and filtered by V2 as by V3', async () => {
    const { official, client } = await deprecatedPlace()
    const { processesV2, processesV3 } = official
    const seattle = await processesV2.createProcessV2Deprecated('Seattle')
    const tokyo = await processesV2.createProcessV2Deprecated('Tokyo')
    for (const made of [seattle, tokyo]) await untilStatus(client, made, 'running')
    await processesV2.stopProcessV2Deprecated(tokyo.processId)
    await untilStatus(client, tokyo, 'stopped')
    const filters = [
      [undefined, undefined],
      [['running' as const], undefined],
      [['running' as const, 'stopped' as const], ['Tokyo' as const]],
      [['failed' as const], undefined],
    ] as const
    const counts: number[] = []
    for (const [statuses, regions] of filters) {
      const given = [undefined, statuses && [...statuses], regions && [...regions]] as const
      const listed = await processesV2.getLatestProcessesV2Deprecated(...given)
      const { count } = await processesV2.getProcessesCountExperimentalV2Deprecated(...given)
      expect(listed.map(({ processId }) => processId)).toEqual(
        (await processesV3.getLatestProcesses(...given)).map(({ processId }) => processId),
      )
      expect(listed).toHaveLength(count)
      counts.push(count)
    }
    expect(counts).toEqual([2, 1, 1, 0])
  })

  test('is found by V1 in its region, and an unknown region is refused', async () => {
    const hatchery = await deprecatedPlace()
    const { official, client, appId } = hatchery
    const { processesV1, processesV2 } = official
    const made = await processesV2.createProcessV2Deprecated('Tokyo')
    await untilStatus(client, made, 'running')
    expect(await processesV1.getRunningProcesses(undefined, 'Tokyo')).toHaveLength(1)
    expect(await processesV1.getRunningProcesses(undefined, 'Seattle')).toEqual([])
    for (const [method, path] of [
      ['GET', `/processes/v1/${appId}/list/running?region=Atlantis`],
      ['GET', `/processes/v1/${appId}/list/stopped?region=Atlantis`],
      ['GET', `/processes/v2/${appId}/list/latest?region=Atlantis`],
      ['GET', `/processes/v2/${appId}/count?region=Atlantis`],
      ['POST', `/processes/v2/${appId}/create/Atlantis`],
    ] as const) {
      const refusal = await refusalIn(await call(hatchery, method, path))
      expect(refusal.status).toBe(422)
      expect(refusal.message).toMatch(/^region must be one of Seattle, .*; got "Atlantis"$/)
    }
  })

  test('is one of ten in every list, and the headers lead to the others', async () => {
    const hatchery = await deprecatedPlace()
    const { client, appId } = hatchery
    for (let made = 0; made < 12; made += 1) await client.processesV3.createProcess(region, appId)
    await hatchery.server.settled()
    for (const path of [
      `/processes/v1/${appId}/list/running`,
      `/processes/v2/${appId}/list/latest`,
    ]) {
      const first = await call(hatchery, 'GET', path)
      const next = first.headers.get('hatchery-next') ?? ''
      const rest = await fetch(`${hatchery.url}${path}`, {
        headers: { authorization: hatchery.token, 'hatchery-cursor': next },
      })
      const pages = [await first.json(), await rest.json()] as { processId: string }[][]
      expect(pages.map((page) => page.length)).toEqual([10, 2])
      expect(new Set(pages.flat().map(({ processId }) => processId)).size).toBe(12)
    }
  })

  test('of a deployment that a restored backup does not have is of number 0', async () => {
    const { server, data, restart, appId, first } = await deprecatedPlace()
    await server.close()
    cpSync(join(data, 'hatchery.db'), join(data, 'hatchery.db.backup'))
    const second = await restart()
    await second.client.deploymentsV3.createDeployment(deploymentConfig(first.buildId), appId)
    const { processId } = await second.client.processesV3.createProcess(region, appId)
    await second.server.settled()
    await second.server.close()
    cpSync(join(data, 'hatchery.db.backup'), join(data, 'hatchery.db'))

    const third = await second.restart()
    await third.server.settled()
    const { processesV1, processesV2 } = officialOf(third, appId)
    for (const [found] of [
      await processesV1.getRunningProcesses(),
      await processesV2.getLatestProcessesV2Deprecated(),
    ])
      expect(found).toMatchObject({ processId, deploymentId: 0 })
  })
})
