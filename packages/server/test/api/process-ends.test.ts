/** How processes end: by themselves, on request, for idleness, and over a restart of the server. */
import { describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { appWith, timesOf, untilStatus } from '../support/process-life.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

describe('ending by itself', () => {
  const ends: [
    string,
    Parameters<FakeHatchery['driver']['exit']>[1],
    string,
    string,
    number | null,
  ][] = [
    ['code 0', { kind: 'code', code: 0 }, 'stopped', 'exited with code 0', 0],
    ['code 3', { kind: 'code', code: 3 }, 'failed', 'exited with code 3', 3],
    ['a signal', { kind: 'signal', signal: 'SIGSEGV' }, 'failed', 'killed by signal SIGSEGV', null],
    [
      'too much memory',
      { kind: 'out-of-memory', limitMb: 512 },
      'failed',
      'out of memory (limit 512 MB)',
      null,
    ],
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
