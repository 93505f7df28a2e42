/** The life of a process as the API shows it. */
import type { Hatchery, ProcessV3 } from '@hatchery/client'
import { describe, expect, test } from 'vitest'
import { DriverError } from '../../src/domain/driver.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { refusalOf } from '../support/refusal.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

/** The process once it has the status. */
const untilStatus = (
  client: Hatchery,
  { appId, processId }: Pick<ProcessV3, 'appId' | 'processId'>,
  status: ProcessV3['status'],
): Promise<ProcessV3> =>
  eventually(`process ${processId} is ${status}`, async () => {
    const process = await client.processesV3.getProcess(processId, appId)
    return process.status === status && process
  })

/** An application whose processes behave as `env` tells the fake driver. */
async function appWith(
  { client }: Pick<FakeHatchery, 'client'>,
  env: Record<string, string> = {},
  idleTimeoutEnabled = false,
): Promise<string> {
  const list = Object.entries(env).map(([name, value]) => ({ name, value }))
  const { appId } = await deployedApp(client, { deployment: { env: list, idleTimeoutEnabled } })
  return appId
}

const timesOf = (process: ProcessV3): (number | undefined)[] => [
  process.createdAt.getTime(),
  process.scheduledAt?.getTime(),
  process.bootedAt?.getTime(),
  process.startedAt?.getTime(),
  process.stoppingAt?.getTime(),
  process.terminatedAt?.getTime(),
]

describe('starting', () => {
  test('answers at once, with nothing but the time of creation', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const { appId, deployment } = await deployedApp(client, { deployment: { roomsPerProcess: 4 } })
    const process = await client.processesV3.createProcess('Tokyo', appId)
    expect(process).toEqual({
      appId,
      processId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      deploymentId: deployment.deploymentId,
      region: 'Tokyo',
      status: 'starting',
      roomsPerProcess: 4,
      roomsAllocated: 0,
      createdAt: expect.any(Date),
      scheduledAt: null,
      bootedAt: null,
      startedAt: null,
      stoppingAt: null,
      terminatedAt: null,
      exposedPort: null,
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

describe('ending by itself', () => {
  const ends: [string, Parameters<FakeHatchery['driver']['exit']>[1], string, string, number | null][] = [
    ['code 0', { kind: 'code', code: 0 }, 'stopped', 'exited with code 0', 0],
    ['code 3', { kind: 'code', code: 3 }, 'failed', 'exited with code 3', 3],
    ['a signal', { kind: 'signal', signal: 'SIGSEGV' }, 'failed', 'killed by signal SIGSEGV', null],
    ['too much memory', { kind: 'out-of-memory', limitMb: 512 }, 'failed', 'out of memory (limit 512 MB)', null],
  ]

  test.for(ends)('with %s', async ([, exit, status, summaryExitReason, exitCode]) => {
    const hatchery = await startWithFakes()
    const { client, driver } = hatchery
    const appId = await appWith(hatchery)
    const created = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, created, 'running')
    driver.exit(created.processId, exit)
    const ended = await untilStatus(client, created, status)
    expect(ended).toMatchObject({
      summaryExitReason,
      stoppingAt: null,
      terminatedAt: expect.any(Date),
      exposedPort: null,
      additionalExposedPorts: [],
    })
    const view = await client.hatchery.getProcessView(created.processId, appId)
    expect(view).toEqual({
      ...ended,
      wanted: 'run',
      nodeId: 'local',
      exitCode,
      activityMeasure: 'sockets',
      limits: 'counted',
    })
  })

  test('with code 0 before the port was bound is a failure', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const appId = await appWith(hatchery, { FAKE_START: 'never-binds', FAKE_EXIT_CODE: '0' })
    const created = await client.processesV3.createProcess('Chicago', appId)
    const failed = await untilStatus(client, created, 'failed')
    expect(failed).toMatchObject({ summaryExitReason: 'exited with code 0', startedAt: null })
  })

  test('without a trace is lost', async () => {
    const hatchery = await startWithFakes()
    const { client, driver } = hatchery
    const appId = await appWith(hatchery)
    const created = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, created, 'running')
    driver.vanish(created.processId)
    const { summaryExitReason } = await untilStatus(client, created, 'failed')
    expect(summaryExitReason).toBe('lost: no trace of it was found')
  })
})

describe('stopping', () => {
  test('ends in stopped, on request', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const appId = await appWith(hatchery)
    const created = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, created, 'running')
    await client.processesV3.stopProcess(created.processId, appId)
    const stopped = await untilStatus(client, created, 'stopped')
    expect(stopped.summaryExitReason).toBe('stopped on request')
    const times = timesOf(stopped)
    expect(times).not.toContain(undefined)
    expect(times).toEqual(times.toSorted())
  })

  test('shows as stopping as soon as it is answered, and by force ends what does not listen', async () => {
    const hatchery = await startWithFakes('--limits-grace-seconds=1')
    const { client } = hatchery
    const appId = await appWith(hatchery, { FAKE_TERMINATE: 'ignored' })
    const created = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, created, 'running')
    await client.processesV3.stopProcess(created.processId, appId)
    const view = await client.hatchery.getProcessView(created.processId, appId)
    expect(view).toMatchObject({ status: 'stopping', wanted: 'stop', stoppingAt: expect.any(Date) })
    await client.processesV3.stopProcess(created.processId, appId)
    const again = await client.hatchery.getProcessView(created.processId, appId)
    expect(again.stoppingAt).toEqual(view.stoppingAt)
    const stopped = await untilStatus(client, created, 'stopped')
    expect(stopped).toMatchObject({
      stoppingAt: view.stoppingAt,
      summaryExitReason: 'stopped on request',
    })
    const graceMs = (stopped.terminatedAt?.getTime() ?? 0) - (view.stoppingAt?.getTime() ?? 0)
    expect(graceMs).toBeGreaterThanOrEqual(1000)
  })

  test('what has ended changes nothing and succeeds', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const appId = await appWith(hatchery, { FAKE_EXIT_CODE: '7' })
    const created = await client.processesV3.createProcess('Chicago', appId)
    const failed = await untilStatus(client, created, 'failed')
    await client.processesV3.stopProcess(created.processId, appId)
    expect(await client.processesV3.getProcess(created.processId, appId)).toEqual(failed)
  })

  test('before the program runs ends in stopped, and it never runs', async () => {
    const hatchery = await startWithFakes()
    const { client, driver } = hatchery
    const appId = await appWith(hatchery, { FAKE_START: 'slow', FAKE_START_MS: '600000' })
    const created = await client.processesV3.createProcess('Chicago', appId)
    await eventually('the start is accepted', () => driver.place.runs.has(created.processId))
    await client.processesV3.stopProcess(created.processId, appId)
    const stopped = await untilStatus(client, created, 'stopped')
    expect(stopped).toMatchObject({
      bootedAt: null,
      startedAt: null,
      summaryExitReason: 'stopped on request',
    })
  })

  test('right after the creation ends in stopped too', async () => {
    const hatchery = await startWithFakes()
    const { client, driver } = hatchery
    const appId = await appWith(hatchery)
    const all = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const created = await client.processesV3.createProcess('Chicago', appId)
        await client.processesV3.stopProcess(created.processId, appId)
        return created
      }),
    )
    for (const created of all) await untilStatus(client, created, 'stopped')
    await eventually('nothing is left', () => driver.place.runs.size === 0)
  })

  test('comes by itself after a while without players, where the deployment wants it', async () => {
    const hatchery = await startWithFakes('--limits-idle-seconds=1', '--metrics-sample-seconds=1')
    const { client, driver } = hatchery
    const appId = await appWith(hatchery, {}, true)
    const played = await client.processesV3.createProcess('Chicago', appId)
    await eventually('it runs', () => driver.place.runs.has(played.processId))
    driver.connect(played.processId, 1)
    const unknown = await client.processesV3.createProcess('Chicago', appId)
    await eventually('it runs', () => driver.place.runs.has(unknown.processId))
    driver.connect(unknown.processId, null)
    const idle = await client.processesV3.createProcess('Chicago', appId)
    const stopped = await untilStatus(client, idle, 'stopped')
    expect(stopped.summaryExitReason).toMatch(/^stopped after \d+ min idle$/)
    for (const { processId } of [played, unknown]) {
      const { status } = await client.processesV3.getProcess(processId, appId)
      expect(status).toBe('running')
    }
    driver.connect(played.processId, 0)
    await untilStatus(client, played, 'stopped')
  })

  test('of all its processes comes with the end of an application', async () => {
    const hatchery = await startWithFakes()
    const { client, driver } = hatchery
    const appId = await appWith(hatchery)
    const all = await Promise.all(
      Array.from({ length: 5 }, () => client.processesV3.createProcess('Chicago', appId)),
    )
    for (const created of all) await untilStatus(client, created, 'running')
    await client.appsV2.deleteApp(appId)
    await eventually('nothing runs any more', () => driver.place.runs.size === 0)
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

describe('a restart of the server', () => {
  test('leaves what runs as it was, and starts nothing twice', async () => {
    const hatchery = await startWithFakes()
    const appId = await appWith(hatchery)
    const created = await hatchery.client.processesV3.createProcess('Chicago', appId)
    const before = await untilStatus(hatchery.client, created, 'running')
    const { client, server, driver } = await hatchery.restart()
    expect(server.adopted).toBe(1)
    await server.settled()
    expect(await client.processesV3.getProcess(created.processId, appId)).toEqual(before)
    expect(driver.place.started).toBe(1)
    await client.processesV3.stopProcess(created.processId, appId)
    await untilStatus(client, created, 'stopped')
  })

  test('finds how a process ended meanwhile', async () => {
    const hatchery = await startWithFakes()
    const appId = await appWith(hatchery)
    const created = await hatchery.client.processesV3.createProcess('Chicago', appId)
    await untilStatus(hatchery.client, created, 'running')
    await hatchery.server.close()
    hatchery.driver.exit(created.processId, { kind: 'code', code: 9 })
    const { client } = await hatchery.restart()
    const failed = await untilStatus(client, created, 'failed')
    expect(failed.summaryExitReason).toBe('exited with code 9')
  })

  test('goes on with a stop that was asked for', async () => {
    const hatchery = await startWithFakes('--limits-grace-seconds=1')
    const appId = await appWith(hatchery, { FAKE_TERMINATE: 'ignored' })
    const created = await hatchery.client.processesV3.createProcess('Chicago', appId)
    await untilStatus(hatchery.client, created, 'running')
    await hatchery.client.processesV3.stopProcess(created.processId, appId)
    const { client } = await hatchery.restart()
    const stopped = await untilStatus(client, created, 'stopped')
    expect(stopped.summaryExitReason).toBe('stopped on request')
  })
})
