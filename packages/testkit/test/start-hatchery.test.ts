/** The test kit as a backend's tests use it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { ApiError, Hatchery, ProcessEndedError } from '@hatchery/client'
import { type TestHatchery, type TestHatcheryOptions, startHatchery } from '@hatchery/testkit'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { eventually } from '../../server/test/support/eventually.ts'

async function aHatchery(options: TestHatcheryOptions = {}): Promise<TestHatchery> {
  const hatchery = await startHatchery(options)
  onTestFinished(hatchery.close)
  return hatchery
}

async function statusOf({ client, settled }: TestHatchery, processId: string): Promise<string> {
  await settled()
  return (await client.processesV3.getProcess(processId)).status
}

const minutes = (count: number): number => count * 60_000

describe('a server in a test', () => {
  test('has an application with a deployment, and runs a room of it', async () => {
    const { client, appId, deployment } = await aHatchery()
    expect((await client.appsV2.getApp(appId)).appName).toBe('test-game')
    expect(await client.deploymentsV3.getLatestDeployment()).toEqual(deployment)
    const { roomId, processId } = await client.roomsV2.createRoom({ region: 'Seattle' })
    const game = await client.waitUntilRunning(processId)
    expect(game).toMatchObject({ status: 'running', exposedPort: { host: '127.0.0.1' } })
    expect((await client.roomsV2.getConnectionInfo(roomId)).status).toBe('active')
  })

  test('takes another name, deployment and settings', async () => {
    const { client, appId, deployment } = await aHatchery({
      ...{ appName: 'arena', deployment: { transportType: 'tcp', roomsPerProcess: 4 } },
      settings: ['--limits-grace-seconds=7'],
    })
    expect(deployment).toMatchObject({
      roomsPerProcess: 4,
      defaultContainerPort: { transportType: 'tcp' },
    })
    expect((await client.appsV2.getApp(appId)).appName).toBe('arena')
  })

  test('says what is wrong with a setting or the deployment, and leaves nothing behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hatchery-kit-'))
    vi.stubEnv('TMPDIR', folder)
    onTestFinished(() => {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true })
    })
    await expect(startHatchery({ settings: ['--limits-grace-secondz=7'] })).rejects.toThrow(
      '--limits-grace-secondz',
    )
    await expect(startHatchery({ deployment: { roomsPerProcess: 0 } })).rejects.toThrow(ApiError)
    expect(readdirSync(folder)).toEqual([])
  })

  test('logs what is asked for', async () => {
    const script = `
      import { startHatchery } from '@hatchery/testkit'
      await using hatchery = await startHatchery({ log: 'info' })`
    const args = ['--input-type=module', '--eval', script]
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      cwd: import.meta.dirname,
    })
    expect(stdout).toBe('')
    expect(stderr).toContain('"event":"server.ready"')
  })

  test('is one for the official client too', async () => {
    const { url, token, appId, settled } = await aHatchery()
    const cloud = new HathoraCloud({ serverURL: url, hathoraDevToken: token, appId })
    const { processId } = await cloud.roomsV2.createRoom({ region: 'Seattle' })
    await settled()
    expect((await cloud.processesV3.getProcess(processId)).status).toBe('running')
  })

  test('is gone when its block ends', async () => {
    let url = ''
    {
      await using hatchery = await startHatchery()
      url = hatchery.url
      expect((await fetch(`${url}/health`)).status).toBe(200)
    }
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed')
  })

  test('can be closed twice', async () => {
    const hatchery = await startHatchery()
    await hatchery.close()
    await hatchery.close()
  })

  test('runs beside others', async () => {
    const [one, other] = await Promise.all([aHatchery(), aHatchery()])
    await one.client.roomsV2.createRoom({ region: 'Seattle' }, undefined, 'match')
    await expect(other.client.roomsV2.getRoomInfo('match')).rejects.toThrow(ApiError)
  })

  test('comes back at the same address after a restart, with the game that went on', async () => {
    const hatchery = await aHatchery()
    const { processId } = await hatchery.client.processesV3.createProcess('Seattle')
    expect(await statusOf(hatchery, processId)).toBe('running')
    await hatchery.restart()
    expect(await statusOf(hatchery, processId)).toBe('running')
    await hatchery.games.exit(processId)
    expect(await statusOf(hatchery, processId)).toBe('stopped')
  })
})

describe('a game', () => {
  test('is ready when the test says so', async () => {
    const hatchery = await aHatchery()
    hatchery.games.startAs('waiting')
    const { processId } = await hatchery.client.processesV3.createProcess('Seattle')
    expect(await statusOf(hatchery, processId)).toBe('starting')
    await hatchery.games.ready(processId)
    expect(await statusOf(hatchery, processId)).toBe('running')
  })

  test('exits and crashes at will, with a reason and its last lines', async () => {
    const hatchery = await aHatchery()
    const { client, games } = hatchery
    games.startAs('waiting')
    const [exited, crashed] = [
      await client.processesV3.createProcess('Seattle'),
      await client.processesV3.createProcess('Tokyo'),
    ]
    const waiting = client.waitUntilRunning(crashed.processId)
    expect((await games.alive()).toSorted()).toEqual(
      [exited.processId, crashed.processId].toSorted(),
    )
    await games.print(crashed.processId, 'the map is broken')
    await Promise.all([games.exit(exited.processId, 3), games.crash(crashed.processId)])
    await expect(waiting).rejects.toThrow(ProcessEndedError)
    await expect(waiting).rejects.toThrow('the map is broken')
    const { summaryExitReason } = await client.processesV3.getProcess(exited.processId)
    expect(summaryExitReason).toBe('exited with code 3')
    expect(await games.alive()).toEqual([])
  })

  test('does not start where the test says so, and is tried again where it is busy', async () => {
    const hatchery = await aHatchery()
    const { client, clock, games } = hatchery
    games.startAs('failing')
    const { processId } = await client.processesV3.createProcess('Seattle')
    expect(await statusOf(hatchery, processId)).toBe('failed')
    games.startAs('busy')
    const { processId: late } = await client.processesV3.createProcess('Seattle')
    expect(await statusOf(hatchery, late)).toBe('starting')
    games.startAs('ready')
    await clock.advance(minutes(1))
    expect(await statusOf(hatchery, late)).toBe('running')
  })

  test('has an environment with which the test plays its part', async () => {
    const { client, games, url } = await aHatchery()
    const { processId, roomId } = await client.roomsV2.createRoom({ region: 'Seattle' })
    const environment = await games.environment(processId)
    expect(environment).toMatchObject({ HATHORA_REGION: 'Seattle', HATCHERY_API_URL: url })
    const ours = new Hatchery({
      ...{ serverURL: url, appId: environment['HATHORA_APP_ID'] },
      hathoraDevToken: environment['HATCHERY_PROCESS_TOKEN'],
    })
    await ours.roomsV2.destroyRoom(roomId)
    expect((await client.roomsV2.getRoomInfo(roomId)).status).toBe('destroyed')
  })

  test('is named once, also one that is asked for later', async () => {
    const { client, games } = await aHatchery()
    const next = games.next()
    const first = await client.processesV3.createProcess('Seattle')
    expect(await next).toBe(first.processId)
    const [second, third] = [
      await client.processesV3.createProcess('Seattle'),
      await client.processesV3.createProcess('Seattle'),
    ]
    expect([await games.next(), await games.next()]).toEqual([second.processId, third.processId])
  })

  test('that is not there is an error that names those that are', async () => {
    const { client, games } = await aHatchery()
    await expect(games.ready('nobody')).rejects.toThrow('there are: none')
    const { processId } = await client.processesV3.createProcess('Seattle')
    await expect(games.crash('nobody')).rejects.toThrow(`there are: ${processId}`)
  })
})

describe('time', () => {
  test('goes on by itself', async () => {
    const { clock } = await aHatchery()
    const began = clock.monotonic()
    await eventually('time goes on', () => clock.monotonic() > began + 5)
  })

  test('goes by in a moment, and what is due happens at its time', async () => {
    const hatchery = await aHatchery()
    const { client, clock, games } = hatchery
    games.startAs('waiting')
    const { processId } = await client.processesV3.createProcess('Seattle')
    const began = clock.now()
    await clock.advance(minutes(60))
    expect(clock.now() - began).toBeGreaterThanOrEqual(minutes(60))
    const { status, summaryExitReason, bootedAt, terminatedAt } =
      await client.processesV3.getProcess(processId)
    expect({ status, summaryExitReason }).toEqual({
      ...{ status: 'failed', summaryExitReason: 'did not bind 7777/udp within 100 s' },
    })
    const lastedMs = Number(terminatedAt) - Number(bootedAt)
    expect(lastedMs).toBeGreaterThanOrEqual(100_000)
    expect(lastedMs).toBeLessThan(minutes(5))
  })

  test('ends an idle game, and not one with players', async () => {
    const hatchery = await aHatchery({ deployment: { idleTimeoutEnabled: true } })
    const { client, clock, games } = hatchery
    const [idle, played] = [
      await client.processesV3.createProcess('Seattle'),
      await client.processesV3.createProcess('Seattle'),
    ]
    await games.connect(played.processId, 2)
    await clock.advance(minutes(4))
    expect(await statusOf(hatchery, idle.processId)).toBe('running')
    await clock.advance(minutes(2))
    expect(await statusOf(hatchery, idle.processId)).toBe('stopped')
    expect(await statusOf(hatchery, played.processId)).toBe('running')
  })
})
