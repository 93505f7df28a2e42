/** The targets of static allocation, moved by requests that are open at once. */
import { once } from 'node:events'
import { type Server, createServer } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deployed, openPlayground, ownPorts } from '../real/playground.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { refusalOf } from '../support/refusal.ts'
import {
  type TestHatchery,
  createFakeDriver,
  createFakePlace,
  startHatchery,
} from '../support/start-hatchery.ts'
import { type Balanced, balancerPorts, heldRequest, stateOnce, webGame } from './balanced-game.ts'

const region = 'Seattle'

interface Scaling {
  readonly min: number
  readonly max: number
  readonly goal: number
}

const configOf = ({ min, max, goal }: Scaling, enabled = true) => ({
  staticProcessAllocation: [
    { region, minProcesses: min, maxProcesses: max, autoscalingEnabled: true },
  ],
  processAutoscalerConfig: {
    targetMetric: { metricName: 'concurrent-requests', metricValue: goal },
  },
  loadBalancer: { enabled },
})

const scaledBy = (
  { client }: Pick<TestHatchery, 'client'>,
  appId: string,
  serviceConfig: object,
): Promise<unknown> => client.appsV2.patchApp({ serviceConfig } as never, appId)

const allocationOf = async ({ client }: Pick<TestHatchery, 'client'>, appId: string) => {
  const [allocation] = await client.hatchery.getAllocations(appId)
  if (allocation === undefined) throw new Error('there is no allocation')
  return allocation
}

const untilRunning = (hatchery: TestHatchery, appId: string, processes: number): Promise<unknown> =>
  eventually(`${processes} run`, async () => {
    await hatchery.server.settled()
    const { running, starting } = await allocationOf(hatchery, appId)
    return running === processes && starting === 0
  })

/** An application on fake processes: requests to them come to servers of this test, which hold them. */
async function aStudio(scaling: Scaling) {
  const clock = createManualClock()
  const place = createFakePlace()
  const driver = () => createFakeDriver({ clock, place })
  let hatchery = await startHatchery({
    ...{ clock, driver, flags: [...balancerPorts(), ...ownPorts()] },
  })
  const { appId } = await deployedApp(hatchery.client, {
    deployment: { transportType: 'tcp', containerPort: 80, idleTimeoutEnabled: true },
  })
  await scaledBy(hatchery, appId, configOf(scaling))
  const servers = new Map<string, Server>()

  /** Those that have none yet get a server on the port that they would have bound. */
  async function serveNew(): Promise<void> {
    const processes = await hatchery.client.processesV3.getLatestProcesses(appId, ['running'])
    for (const { processId, exposedPort } of processes) {
      if (servers.has(processId)) continue
      const server = createServer((_, response) => response.write(processId))
      servers.set(processId, server)
      onTestFinished(() => server.closeAllConnections())
      onTestFinished(() => void server.close())
      server.listen(exposedPort?.port, '127.0.0.1')
      await once(server, 'listening')
    }
  }

  return {
    ...{ appId, clock },
    stands: () => allocationOf(hatchery, appId),
    running: async (processes: number) => {
      await untilRunning(hatchery, appId, processes)
      await serveNew()
    },
    async hold(count: number) {
      const { urls } = await stateOnce({ hatchery, appId }, (state) => state.urls.length > 0)
      const game = { hatchery, appId, url: urls[0] ?? '' } as Balanced
      const held = []
      for (let made = 0; made < count; made += 1) held.push(await heldRequest(game))
      return held
    },
    open: (count: number) =>
      stateOnce({ hatchery, appId }, ({ openRequests }) => openRequests === count),
    /** In steps, so that each look has its time. */
    async pass(seconds: number) {
      for (let passed = 0; passed < seconds; passed += 15) {
        clock.pass(15_000)
        await hatchery.server.settled()
      }
    },
    async restart() {
      hatchery = await hatchery.restart()
    },
    change: (config: object) => scaledBy(hatchery, appId, config),
  }
}

describe('the target of an allocation', () => {
  test('goes up with the requests that are open at once, and down 5 minutes after they ended', async () => {
    const studio = await aStudio({ min: 0, max: 4, goal: 2 })
    await studio.running(1)
    expect(await studio.stands()).toMatchObject({ targetProcesses: 1, scaling: { goal: 2 } })
    const held = await studio.hold(5)
    await studio.pass(30)
    await studio.running(3)
    expect(await studio.stands()).toMatchObject({ targetProcesses: 3 })
    await Promise.all(held.map((one) => one.leave()))
    await studio.open(0)
    await studio.pass(30)
    expect(await studio.stands()).toMatchObject({
      targetProcesses: 3,
      scaling: {
        reason:
          '3 have 0 requests each for a goal of 2, which makes 1; 3 were needed in the last 300 s',
      },
    })
    await studio.pass(330)
    await studio.running(1)
    expect(await studio.stands()).toMatchObject({ targetProcesses: 1 })
  })

  test('is the average of the time between two looks, not what is open at one', async () => {
    const studio = await aStudio({ min: 0, max: 9, goal: 2 })
    await studio.running(1)
    await studio.pass(15)
    const held = await studio.hold(6)
    studio.clock.pass(5_000)
    await Promise.all(held.map((one) => one.leave()))
    await studio.open(0)
    await studio.pass(15)
    expect(await studio.stands()).toMatchObject({
      ...{ targetProcesses: 1, scaling: { concurrentRequests: 2 } },
    })
  })

  test('begins after a restart with the processes that are there', async () => {
    const studio = await aStudio({ min: 0, max: 4, goal: 1 })
    await studio.running(1)
    await studio.hold(4)
    await studio.pass(30)
    await studio.running(4)
    await studio.restart()
    await studio.running(4)
    await studio.pass(120)
    expect(await studio.stands()).toMatchObject({ targetProcesses: 4, running: 4 })
    await studio.pass(330)
    await studio.running(1)
  })

  test('stays, and says why, while the load balancer is off or no goal is set', async () => {
    const studio = await aStudio({ min: 0, max: 4, goal: 1 })
    await studio.running(1)
    await studio.change(configOf({ min: 2, max: 4, goal: 1 }, false))
    await studio.pass(15)
    await studio.running(2)
    expect(await studio.stands()).toMatchObject({
      targetProcesses: 2,
      scaling: { reason: 'the load balancer is off, so nothing is measured and the target stays' },
    })
    const { processAutoscalerConfig: _, ...withoutGoal } = configOf({ min: 2, max: 4, goal: 1 })
    await studio.change(withoutGoal)
    expect(await studio.stands()).toMatchObject({
      targetProcesses: 3,
      scaling: {
        ...{ goal: null, concurrentRequests: null },
        reason: 'processAutoscalerConfig is missing, so nothing moves the target',
      },
    })
  })
})

test('a goal that is not above 0 is refused', async () => {
  const hatchery = await startHatchery()
  const { appId } = await deployedApp(hatchery.client)
  const refusal = await refusalOf(scaledBy(hatchery, appId, configOf({ min: 0, max: 2, goal: 0 })))
  expect(refusal).toMatchObject({
    status: 422,
    message:
      'body.serviceConfig.processAutoscalerConfig.targetMetric.metricValue must be above 0; got 0',
  })
})

test('real processes go from 1 to 4 under load, and back', async () => {
  const playground = await openPlayground(
    ...balancerPorts(),
    ...['--autoscaler-every-seconds=1', '--autoscaler-look-back-seconds=2'],
  )
  const { hatchery, appId } = playground
  await deployed(playground, webGame, { transportType: 'tcp' })
  await scaledBy(hatchery, appId, configOf({ min: 0, max: 4, goal: 2 }))
  await untilRunning(hatchery, appId, 1)
  const { urls } = await stateOnce(playground, ({ urls: found }) => found.length > 0)
  const game = { ...playground, url: urls[0] ?? '' }
  await stateOnce(playground, ({ processes }) => processes === 1)
  const held = await Promise.all(Array.from({ length: 9 }, () => heldRequest(game)))
  await untilRunning(hatchery, appId, 4)
  await Promise.all(held.map((one) => one.leave()))
  await untilRunning(hatchery, appId, 1)
})
