/** Static allocation: processes that are kept, and replaced by those of a new deployment within min and max. */
import type { Hatchery } from '@hatchery/client'
import { describe, expect, test } from 'vitest'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { extremes, processHistory } from '../support/process-history.ts'
import { refusalOf } from '../support/refusal.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

const region = 'Seattle'

interface Studio extends FakeHatchery {
  readonly appId: string
  readonly buildId: string
}

async function aStudio(...flags: string[]): Promise<Studio> {
  const hatchery = await startWithFakes(...flags)
  const { appId, deployment } = await deployedApp(hatchery.client, {
    deployment: { roomsPerProcess: 1, idleTimeoutEnabled: true },
  })
  return { ...hatchery, appId, buildId: deployment.buildId }
}

async function keep(
  { client, appId }: Pick<Studio, 'client' | 'appId'>,
  [minProcesses, targetProcesses, maxProcesses]: readonly [number, number, number],
): Promise<void> {
  const allocation = { region, minProcesses, targetProcesses, maxProcesses }
  await client.appsV2.patchApp({ serviceConfig: { staticProcessAllocation: [allocation] } }, appId)
}

async function allocationOf({ client, appId }: Pick<Studio, 'client' | 'appId'>) {
  const [allocation] = await client.hatchery.getAllocations(appId)
  if (allocation === undefined) throw new Error('there is no allocation')
  return allocation
}

async function untilRunning(
  studio: Pick<Studio, 'client' | 'appId'>,
  wanted: number,
): Promise<void> {
  await eventually(`${wanted} are kept and no other`, async () => {
    const { running, starting, outdated } = await allocationOf(studio)
    return running === wanted && starting === 0 && outdated === 0
  })
}

const count = async (
  client: Hatchery,
  appId: string,
  status: ('running' | 'starting' | 'draining' | 'stopping')[],
) => (await client.processesV3.getProcessesCountExperimental(appId, status)).count

const deployAgain = (
  { client, appId, buildId }: Studio,
  env: { name: string; value: string }[] = [],
) =>
  client.deploymentsV3.createDeployment(
    deploymentConfig(buildId, { roomsPerProcess: 1, env }),
    appId,
  )

describe('a target', () => {
  test('is reached, kept when processes end, and followed up and down', async () => {
    const studio = await aStudio()
    await keep(studio, [1, 3, 5])
    await untilRunning(studio, 3)
    const [one] = await studio.client.processesV3.getLatestProcesses(studio.appId)
    await studio.client.processesV3.stopProcess(one?.processId ?? '', studio.appId)
    await untilRunning(studio, 3)
    expect(await count(studio.client, studio.appId, ['running'])).toBe(3)
    await keep(studio, [1, 5, 5])
    await untilRunning(studio, 5)
    await keep(studio, [1, 2, 5])
    await untilRunning(studio, 2)
    await studio.client.appsV2.patchApp(
      { serviceConfig: { staticProcessAllocation: [] } },
      studio.appId,
    )
    await eventually(
      'none is kept',
      async () =>
        (await count(studio.client, studio.appId, [
          'running',
          'starting',
          'draining',
          'stopping',
        ])) === 0,
    )
  })

  test('holds rooms, and the maximum holds for everything', async () => {
    const studio = await aStudio()
    const { client, appId } = studio
    await keep(studio, [1, 2, 3])
    await untilRunning(studio, 2)
    const kept = new Set(
      (await client.processesV3.getLatestProcesses(appId)).map((one) => one.processId),
    )
    const create = async () => (await client.roomsV2.createRoom({ region }, appId)).processId
    const places = [await create(), await create(), await create()]
    expect(places.filter((processId) => kept.has(processId))).toHaveLength(2)
    expect(await refusalOf(create())).toMatchObject({
      ...{
        status: 429,
        message: expect.stringContaining('has the 3 processes of its maxProcesses'),
      },
    })
    expect(await refusalOf(client.processesV3.createProcess(region, appId))).toMatchObject({
      status: 429,
    })
  })

  test('is kept by the next server too', async () => {
    const studio = await aStudio()
    await keep(studio, [1, 3, 5])
    await untilRunning(studio, 3)
    const { client } = await studio.restart()
    const after = { client, appId: studio.appId }
    await untilRunning(after, 3)
    await keep(after, [1, 4, 5])
    await untilRunning(after, 4)
  })
})

async function fullOfRooms(studio: Studio, rooms: number): Promise<string[]> {
  const made = []
  for (let index = 0; index < rooms; index += 1)
    made.push((await studio.client.roomsV2.createRoom({ region }, studio.appId)).roomId)
  return made
}

describe('a new deployment', () => {
  test.each([
    ['', async (studio: Studio) => studio],
    [
      'over a restart of the server in the middle, ',
      async (studio: Studio) => ({ ...studio, ...(await studio.restart()) }),
    ],
  ])(
    'replaces processes full of rooms within min and max, %sand no room is lost',
    async (_, interrupt) => {
      const before = await aStudio('--limits-settle-seconds=0')
      await keep(before, [15, 20, 25])
      await untilRunning(before, 20)
      const rooms = await fullOfRooms(before, 20)
      const { deploymentId } = await deployAgain(before)
      await eventually('five new ones run beside the old', async () => {
        const { running, outdated } = await allocationOf(before)
        return running === 5 && outdated === 20
      })
      const studio = await interrupt(before)
      const { client, appId } = studio
      for (const roomId of rooms) {
        expect(await client.roomsV2.getRoomInfo(roomId, appId)).toMatchObject({ status: 'active' })
        await client.roomsV2.destroyRoom(roomId, appId)
      }
      await untilRunning(studio, 20)
      const { fewest, most } = extremes(await processHistory(client, appId), 20)
      expect(fewest).toBeGreaterThanOrEqual(15)
      expect(most).toBe(25)
      const processes = await client.processesV3.getLatestProcesses(appId, ['running'])
      expect(new Set(processes.map((process) => process.deploymentId))).toEqual(
        new Set([deploymentId]),
      )
      const gone = await client.processesV3.getLatestProcesses(appId, ['stopped', 'failed'])
      expect(new Set(gone.map((process) => process.summaryExitReason))).toEqual(
        new Set([`replaced by deployment ${deploymentId}`]),
      )
    },
  )

  test('replaces empty processes where the maximum is the target, and never fewer than min run', async () => {
    const studio = await aStudio('--limits-settle-seconds=0')
    await keep(studio, [3, 5, 5])
    await untilRunning(studio, 5)
    await deployAgain(studio)
    await untilRunning(studio, 5)
    const { fewest, most } = extremes(await processHistory(studio.client, studio.appId), 5)
    expect(fewest).toBeGreaterThanOrEqual(3)
    expect(most).toBe(5)
  })

  describe('on a machine that is full', () => {
    const aFullOne = async (...flags: string[]) => {
      const cpu = ['--capacity-overcommit=false', '--capacity-cpu=1']
      const studio = await aStudio(...cpu, '--limits-settle-seconds=0', ...flags)
      await keep(studio, [2, 4, 10])
      await untilRunning(studio, 4)
      return studio
    }
    const requesting = (requestedCPU: number, { client, appId, buildId }: Studio) =>
      client.deploymentsV3.createDeployment(deploymentConfig(buildId, { requestedCPU }), appId)

    test('takes the places of the old one, and never fewer than min run', async () => {
      const studio = await aFullOne()
      await deployAgain(studio)
      await untilRunning(studio, 4)
      const { fewest, most } = extremes(await processHistory(studio.client, studio.appId), 4)
      expect(fewest).toBeGreaterThanOrEqual(2)
      expect(most).toBe(4)
      expect((await allocationOf(studio)).problem).toBeNull()
    })

    test('that needs the places of two takes two, and no third one for nothing', async () => {
      const studio = await aFullOne()
      await requesting(0.5, studio)
      await eventually('one runs beside the two that stay', async () => {
        const { running, outdated, problem } = await allocationOf(studio)
        return running === 1 && outdated === 2 && problem?.includes('has 0 CPU')
      })
      await studio.server.settled()
      expect(await count(studio.client, studio.appId, ['running'])).toBe(3)
      const history = await processHistory(studio.client, studio.appId)
      expect(extremes(history, 4).fewest).toBe(2)
    })

    test('that would need the places of more than may go takes none', async () => {
      const studio = await aFullOne()
      await requesting(0.75, studio)
      await eventually(
        'it is shown',
        async () => (await allocationOf(studio)).problem?.includes('it needs 0.75 CPU') === true,
      )
      await studio.server.settled()
      expect(await count(studio.client, studio.appId, ['running'])).toBe(4)
    })

    test('that is too large for any machine takes none', async () => {
      const studio = await aFullOne()
      await requesting(2, studio)
      await eventually(
        'it is shown',
        async () => (await allocationOf(studio)).problem?.includes('it needs 2 CPU') === true,
      )
      expect(await allocationOf(studio)).toMatchObject({ running: 0, outdated: 4 })
      expect(await count(studio.client, studio.appId, ['running'])).toBe(4)
    })
  })

  test('that is broken leaves the old one alone, and says why and when it tries again', async () => {
    const studio = await aStudio()
    await keep(studio, [3, 4, 5])
    await untilRunning(studio, 4)
    await fullOfRooms(studio, 4)
    await deployAgain(studio, [
      { name: 'FAKE_EXIT_CODE', value: '3' },
      { name: 'FAKE_EXIT_AFTER_MS', value: '1' },
    ])
    // Not while the next one is tried, which runs for a millisecond.
    const shown = await eventually('its failure is shown', async () => {
      const now = await allocationOf(studio)
      return (
        now.problem === 'exited with code 3' && now.retryAt !== null && now.running === 0 && now
      )
    })
    expect(shown.outdated).toBe(4)
    await deployAgain(studio)
    await eventually('the next one is tried at once', async () => {
      const { running, problem } = await allocationOf(studio)
      return running === 1 && problem === null
    })
    const history = await processHistory(studio.client, studio.appId)
    expect(extremes(history, 4)).toEqual({ fewest: 4, most: 5 })
  })
})

test('one that is drained by hand, with rooms that go on, is replaced at once', async () => {
  const studio = await aStudio()
  const { client, appId } = studio
  await keep(studio, [1, 2, 4])
  await untilRunning(studio, 2)
  const { processId } = await client.roomsV2.createRoom({ region }, appId)
  await client.hatchery.drainProcess(processId, appId)
  await untilRunning(studio, 2)
  expect(await count(client, appId, ['draining'])).toBe(1)
})

test('where machines have no room for what is kept, that is shown, and it comes once there is', async () => {
  const studio = await aStudio('--capacity-overcommit=false', '--capacity-cpu=1')
  await keep(studio, [1, 5, 5])
  await untilRunning(studio, 4)
  const { problem } = await eventually('why no other comes is shown, and when', async () => {
    const now = await allocationOf(studio)
    return now.problem !== null && now.retryAt !== null && now
  })
  expect(problem).toMatch(/^Seattle cannot take a process now: node local has 0 CPU and /)
  await keep(studio, [1, 4, 5])
  await eventually('nothing is amiss', async () => (await allocationOf(studio)).problem === null)
})

test('when all games are stopped none comes back, until the next start', async () => {
  const studio = await aStudio()
  const { client, appId } = studio
  await keep(studio, [1, 3, 5])
  await untilRunning(studio, 3)
  await client.hatchery.stopGames()
  await eventually('all are gone', async () => {
    const alive = await count(client, appId, ['running', 'starting', 'draining', 'stopping'])
    return alive === 0
  })
  expect(await refusalOf(client.roomsV2.createRoom({ region }, appId))).toMatchObject({
    ...{ status: 503, code: 'unavailable' },
  })
  expect((await client.processesV3.getProcessesCountExperimental(appId)).count).toBe(3)
  const next = await studio.restart()
  await untilRunning({ client: next.client, appId }, 3)
})
