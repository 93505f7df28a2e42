/** The engine on a clock that a test moves: limits of starting, binding, stopping and idling. */
import type { DeploymentConfigV3 } from '@hatchery/client'
import { describe, expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { createFakeDriver, startHatchery } from '../support/start-hatchery.ts'

async function aProcess(deployment: Partial<DeploymentConfigV3>, ...flags: string[]) {
  const clock = createManualClock()
  const driver = createFakeDriver({ clock })
  const { client, server } = await startHatchery({ clock, flags, driver: () => driver })
  const { appId } = await deployedApp(client, { deployment })
  const { processId } = await client.processesV3.createProcess('Seattle', appId)
  await server.settled()
  const process = () => client.processesV3.getProcess(processId, appId)
  const reach = async (status: string) =>
    await eventually(`the process is ${status}`, async () => {
      await server.settled()
      const now = await process()
      return now.status === status && now
    })
  return { client, clock, driver, processId, appId, process, reach, server }
}

const env = (name: string, value: string) => ({ env: [{ name, value }] })

describe('limits', () => {
  test('a process that does not bind within 100 s fails and says which port', async () => {
    const { clock, process, reach } = await aProcess(env('FAKE_START', 'never-binds'))
    clock.pass(99_000)
    expect((await process()).status).toBe('starting')
    clock.pass(1_500)
    const { summaryExitReason } = await reach('failed')
    expect(summaryExitReason).toBe('did not bind 7777/udp within 100 s')
  })

  test('a jump of the wall clock ends nothing early', async () => {
    const { clock, process, reach, server } = await aProcess(env('FAKE_START', 'never-binds'))
    clock.pass(1_000)
    clock.jump(3_600_000)
    clock.pass(90_000)
    await server.settled()
    expect((await process()).status).toBe('starting')
    clock.pass(10_000)
    await reach('failed')
  })

  test('a process that ignores the request to end is forced after the grace time', async () => {
    const { client, clock, process, processId, appId, reach, server } = await aProcess(
      env('FAKE_TERMINATE', 'ignored'),
    )
    await client.processesV3.stopProcess(processId, appId)
    await server.settled()
    clock.pass(29_000)
    expect((await process()).status).toBe('stopping')
    clock.pass(2_000)
    const { summaryExitReason } = await reach('stopped')
    expect(summaryExitReason).toBe('stopped on request')
  })

  test('a start that fails for a passing reason is tried again under the same id, for ten minutes', async () => {
    const { clock, process, reach, server } = await aProcess(env('FAKE_START', 'temporary-error'))
    for (let minute = 0; minute < 9; minute += 1) {
      clock.pass(60_000)
      await server.settled()
    }
    expect((await process()).status).toBe('starting')
    for (let half = 0; half < 4; half += 1) {
      clock.pass(31_000)
      await server.settled()
    }
    expect((await reach('failed')).summaryExitReason).toMatch(/^could not start: /)
  })
})

describe('idleness', () => {
  const idleOn = { idleTimeoutEnabled: true }

  async function pass(
    clock: { pass(ms: number): void },
    server: { settled(): Promise<void> },
    seconds: number,
  ) {
    for (let passed = 0; passed < seconds; passed += 5) {
      clock.pass(5_000)
      await server.settled()
    }
  }

  test('five minutes without a player end a process', async () => {
    const { clock, driver, process, processId, reach, server } = await aProcess(idleOn)
    driver.connect(processId, 0)
    await pass(clock, server, 280)
    expect((await process()).status).toBe('running')
    await pass(clock, server, 60)
    expect((await reach('stopped')).summaryExitReason).toBe('stopped after 5 min idle')
  })

  test('a player keeps a process running, and the five minutes begin when the last one left', async () => {
    const { clock, driver, process, processId, reach, server } = await aProcess(idleOn)
    driver.connect(processId, 1)
    await pass(clock, server, 900)
    expect((await process()).status).toBe('running')
    driver.connect(processId, 0)
    await pass(clock, server, 280)
    expect((await process()).status).toBe('running')
    await pass(clock, server, 60)
    await reach('stopped')
  })

  test('since when nobody plays is told, and stays while it is so', async () => {
    const { client, clock, driver, processId, appId, server } = await aProcess(idleOn)
    const told = async () =>
      (await client.processesV1.getProcessInfoDeprecated(processId, appId)).idleSince?.getTime()
    driver.connect(processId, 1)
    await pass(clock, server, 60)
    expect(await told()).toBeUndefined()
    driver.connect(processId, 0)
    const left = clock.now()
    await pass(clock, server, 60)
    const since = await told()
    expect(since).toBeGreaterThan(left)
    expect(since).toBeLessThanOrEqual(left + 15_000)
    clock.jump(3_600_000)
    await pass(clock, server, 60)
    expect(await told()).toBe(since)
    driver.connect(processId, 1)
    await pass(clock, server, 60)
    expect(await told()).toBeUndefined()
  })

  test('what cannot be measured is not idle', async () => {
    const { clock, driver, process, processId, server } = await aProcess(idleOn)
    driver.connect(processId, null)
    await pass(clock, server, 900)
    expect((await process()).status).toBe('running')
  })

  test('a deployment that turned it off is never idle', async () => {
    const { clock, driver, process, processId, server } = await aProcess({
      idleTimeoutEnabled: false,
    })
    driver.connect(processId, 0)
    await pass(clock, server, 900)
    expect((await process()).status).toBe('running')
  })
})
