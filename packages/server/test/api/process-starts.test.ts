/** How processes start, and what becomes of those that cannot. */
import { describe, expect, test } from 'vitest'
import { DriverError } from '../../src/domain/driver.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { appWith, timesOf, untilStatus } from '../support/process-life.ts'
import { refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

describe('starting', () => {
  test('answers at once, scheduled and not started', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const { appId, deployment } = await deployedApp(client, { deployment: { roomsPerProcess: 4 } })
    const process = await client.processesV3.createProcess('Tokyo', appId)
    const [fleet] = (await client.fleetsV2.getFleets()).fleets
    expect(process).toEqual({
      appId,
      fleetId: fleet?.fleetId,
      processId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      deploymentId: deployment.deploymentId,
      region: 'Tokyo',
      status: 'starting',
      roomsPerProcess: 4,
      roomsAllocated: 0,
      createdAt: expect.any(Date),
      scheduledAt: expect.any(Date),
      bootedAt: null,
      startedAt: null,
      stoppingAt: null,
      terminatedAt: null,
      exposedPort: { name: 'default', host: '127.0.0.1', port: 7777, transportType: 'udp' },
      additionalExposedPorts: [],
    })
  })

  test('ends in running, with its ports and all times in order', async () => {
    const { client } = await startWithFakes()
    const { appId } = await deployedApp(client, {
      deployment: {
        additionalContainerPorts: [{ name: 'query', port: 7778, transportType: 'tcp' }],
      },
    })
    const created = await client.processesV3.createProcess('Chicago', appId)
    const running = await untilStatus(client, created, 'running')
    expect(running).toMatchObject({
      exposedPort: { name: 'default', host: '127.0.0.1', transportType: 'udp' },
      additionalExposedPorts: [{ name: 'query', host: '127.0.0.1', transportType: 'tcp' }],
      stoppingAt: null,
      terminatedAt: null,
    })
    expect(running).not.toHaveProperty('summaryExitReason')
    const times = timesOf(running).slice(0, 4)
    expect(times).not.toContain(undefined)
    expect(times).toEqual(times.toSorted())
  })

  test('is starting until the port is bound', async () => {
    const hatchery = await startWithFakes()
    const { client, driver } = hatchery
    const appId = await appWith(hatchery, { FAKE_START: 'never-binds' })
    const created = await client.processesV3.createProcess('Chicago', appId)
    const booted = await eventually('it runs', async () => {
      const process = await client.processesV3.getProcess(created.processId, appId)
      return process.bootedAt !== null && process
    })
    expect(booted).toMatchObject({ status: 'starting', startedAt: null })
    driver.bind(created.processId)
    const running = await untilStatus(client, created, 'running')
    expect({ ...running, startedAt: null, status: 'starting' }).toEqual(booted)
  })

  test('that fails for good is told in the reason', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const appId = await appWith(hatchery, { FAKE_START: 'error' })
    const created = await client.processesV3.createProcess('Chicago', appId)
    expect(await untilStatus(client, created, 'failed')).toMatchObject({
      summaryExitReason: 'could not start: the environment says that it fails to start',
      bootedAt: null,
      startedAt: null,
      stoppingAt: null,
      terminatedAt: expect.any(Date),
      exposedPort: null,
    })
  })

  test('that fails for a passing reason is tried again under the same id', async () => {
    const hatchery = await startWithFakes()
    const { client, driver } = hatchery
    const appId = await appWith(hatchery)
    driver.failNextStart(new DriverError('the engine is busy', { temporary: true }))
    const created = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, created, 'running')
    expect(driver.place.started).toBe(1)
  })

  test('on a port that another program holds goes on with another port', async () => {
    const hatchery = await startWithFakes('--ports-from=21000', '--ports-to=21004')
    const { client, driver } = hatchery
    const { appId } = await deployedApp(client, { deployment: { containerPort: 21_002 } })
    driver.failNextStart(new DriverError('taken', { temporary: true, portTaken: true }))
    const created = await client.processesV3.createProcess('Chicago', appId)
    const { exposedPort } = await untilStatus(client, created, 'running')
    expect(exposedPort?.port).not.toBe(21_002)
    expect([21_000, 21_001, 21_003, 21_004]).toContain(exposedPort?.port)
  })

  test('that does not bind in time fails and says what it bound instead', async () => {
    const hatchery = await startWithFakes('--limits-bind-seconds=1')
    const { client } = hatchery
    const appId = await appWith(hatchery, { FAKE_BINDS: '9999/tcp' })
    const created = await client.processesV3.createProcess('Chicago', appId)
    const failed = await untilStatus(client, created, 'failed')
    expect(failed.summaryExitReason).toMatch(
      /^did not bind \d+\/udp within 1 s: bound 9999\/tcp instead of \d+\/udp: read PORT$/,
    )
  })
})

describe('a process that is not there', () => {
  test('is 404 for every operation on it', async () => {
    const { client } = await startWithFakes()
    const { appId } = await deployedApp(client)
    const other = await deployedApp(client, { appName: 'other' })
    const ofOther = await client.processesV3.createProcess('Chicago', other.appId)
    for (const processId of ['nobody', ofOther.processId]) {
      const calls = [
        client.processesV3.getProcess(processId, appId),
        client.processesV3.stopProcess(processId, appId),
        client.processesV3.getProcessMetrics({ processId, appId }),
        client.hatchery.getProcessView(processId, appId),
        client.logsV1.getLogsForProcess(processId, appId),
        client.logsV1.downloadLogForProcess(processId, appId),
      ]
      for (const refusal of await Promise.all(calls.map(refusalOf))) {
        expect(refusal).toMatchObject({
          status: 404,
          code: 'not-found',
          message: `application arena has no process "${processId}"`,
        })
      }
    }
    await untilStatus(client, ofOther, 'running')
  })
})
