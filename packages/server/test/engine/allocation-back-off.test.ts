/** Static allocation on a clock that a test moves: how a deployment that fails is tried again. */
import { describe, expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { anAllocationStudio, exits, region } from './allocation-studio.ts'

describe('a deployment whose processes fail', () => {
  test('is tried again after 1 s, 2 s, 4 s and so on up to 5 minutes, one at a time', async () => {
    const { clock, keep, pass, made, stands } = await anAllocationStudio(exits(3, 1))
    await keep(1, 3, 5)
    await pass(1)
    expect(await made()).toBe(3)
    const pauses: number[] = []
    for (let failures = 1; failures <= 11; failures += 1) {
      const { problem, retryAt } = (await stands()) ?? {}
      expect(problem).toBe('exited with code 3')
      const pauseMs = (retryAt?.getTime() ?? 0) - clock.now()
      pauses.push(pauseMs)
      await pass(pauseMs - 1)
      expect(await made()).toBe(2 + failures)
      await pass(1)
      expect(await made()).toBe(3 + failures)
      await pass(1)
    }
    const doubled = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000]
    expect(pauses).toEqual([...doubled, 300_000, 300_000])
  })

  test('before they run is tried again in the same way', async () => {
    const { keep, pass, made, stands } = await anAllocationStudio([
      { name: 'FAKE_START', value: 'error' },
    ])
    await keep(1, 3, 5)
    await pass(1)
    expect(await made()).toBe(3)
    expect((await stands())?.problem).toMatch(/^could not start: /)
    await pass(20_000, 100)
    expect(await made()).toBe(3 + 4)
  })

  test('on a machine that is nearly full is not tried in a hurry', async () => {
    const start = [{ name: 'FAKE_START', value: 'error' }]
    const cpu = ['--capacity-overcommit=false', '--capacity-cpu=1']
    const { client, appId, keep, pass, made, stands } = await anAllocationStudio(start, ...cpu)
    const other = await deployedApp(client, { appName: 'other' })
    for (let taken = 0; taken < 3; taken += 1)
      await client.processesV3.createProcess(region, other.appId)
    await keep(0, 3, 5)
    await pass(20_000, 100)
    expect(await made()).toBeLessThan(8)
    expect((await stands())?.problem).toMatch(/^could not start: /)
    expect((await client.processesV3.getLatestProcesses(appId, ['starting'])).length).toBe(0)
  })

  test('is not tried in a hurry where they end with code 0 at once', async () => {
    const { keep, pass, made, stands } = await anAllocationStudio(exits(0, 1))
    await keep(0, 1, 1)
    await pass(10_000, 10)
    expect(await made()).toBe(4)
    expect(await stands()).toMatchObject({ problem: 'exited with code 0' })
  })

  test('after they ran for half a minute, takes no more of the old ones down from then on', async () => {
    const { client, appId, keep, pass, deploy, stands } = await anAllocationStudio()
    await keep(3, 6, 8)
    await pass(10_000)
    for (let room = 0; room < 6; room += 1) await client.roomsV2.createRoom({ region }, appId)
    await deploy({ env: exits(1, 30_000) })
    await pass(25_000, 1_000)
    const running = async () =>
      (await client.processesV3.getLatestProcesses(appId, ['running'])).length
    expect({ all: await running(), new: (await stands())?.running }).toEqual({ all: 6, new: 2 })
    await pass(20 * 60_000, 1_000)
    expect(await stands()).toMatchObject({ outdated: 6, problem: 'exited with code 1' })
    const old = await client.processesV3.getLatestProcesses(appId, ['draining'])
    expect(old).toHaveLength(2)
  })

  test('is trusted again once one has run for a minute', async () => {
    const { driver, keep, pass, stands } = await anAllocationStudio()
    await keep(0, 3, 3)
    for (const processId of driver.place.runs.keys())
      driver.exit(processId, { kind: 'code', code: 3 })
    await pass(900)
    expect(await stands()).toMatchObject({ running: 0, problem: 'exited with code 3' })
    await pass(59_000, 1_000)
    expect(await stands()).toMatchObject({ running: 3, problem: 'exited with code 3' })
    await pass(70_000, 1_000)
    expect(await stands()).toMatchObject({ running: 3, problem: null })
  })
})
