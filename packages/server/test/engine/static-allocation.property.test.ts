/** Static allocation under everything that can happen to it, on a clock that the test moves. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { processHistory } from '../support/process-history.ts'
import { createFakeDriver, createFakePlace, startHatchery } from '../support/start-hatchery.ts'

const region = 'Seattle'

const action = fc.record({
  do: fc.constantFrom(
    ...['room', 'room', 'leave', 'crash', 'exit', 'stop', 'drain', 'create'],
    ...['deploy', 'break', 'scale', 'wait', 'wait', 'long wait', 'restart'],
  ),
  which: fc.nat(1_000),
})

type Action = typeof action extends fc.Arbitrary<infer One> ? One : never

const maxProcesses = 6

async function aWorld() {
  const clock = createManualClock()
  const place = createFakePlace()
  let driver = createFakeDriver({ clock, place })
  let hatchery = await startHatchery({
    clock,
    driver: () => (driver = createFakeDriver({ clock, place })),
  })
  const { appId, deployment } = await deployedApp(hatchery.client)
  const rooms: string[] = []

  async function pass(ms: number, stepMs = ms): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      clock.pass(stepMs)
      for (let looks = 0; looks < 20; looks += 1) await hatchery.server.settled()
    }
  }

  async function scale(targetProcesses: number): Promise<void> {
    const minProcesses = Math.max(0, targetProcesses - 2)
    const allocation = { region, minProcesses, targetProcesses, maxProcesses }
    const serviceConfig = { staticProcessAllocation: [allocation] }
    await hatchery.client.appsV2.patchApp({ serviceConfig }, appId)
  }

  async function deploy(code: string | null): Promise<void> {
    const env = code === null ? [] : [{ name: 'FAKE_EXIT_CODE', value: code }]
    const config = deploymentConfig(deployment.buildId, { env })
    await hatchery.client.deploymentsV3.createDeployment(config, appId)
  }

  async function leave(roomId: string | undefined): Promise<void> {
    if (roomId !== undefined) await hatchery.client.roomsV2.destroyRoom(roomId, appId)
  }

  async function act({ do: what, which }: Action): Promise<void> {
    const { client } = hatchery
    const alive = await client.processesV3.getLatestProcesses(appId, ['starting', 'running'])
    const processId = alive[which % Math.max(1, alive.length)]?.processId
    if (what === 'room') rooms.push((await client.roomsV2.createRoom({ region }, appId)).roomId)
    if (what === 'leave') await leave(rooms.splice(which % Math.max(1, rooms.length), 1)[0])
    if (what === 'create') await client.processesV3.createProcess(region, appId)
    if (what === 'scale') await scale(1 + (which % 5))
    if (what === 'deploy') await deploy(null)
    if (what === 'break') await deploy(String(which % 2))
    if (what === 'wait') await pass(6_000, 1_000)
    if (what === 'long wait') await pass(70_000, 10_000)
    if (what === 'restart') hatchery = await hatchery.restart()
    if (processId === undefined) return
    if (what === 'stop') await client.processesV3.stopProcess(processId, appId)
    if (what === 'drain') await client.hatchery.drainProcess(processId, appId)
    if (what === 'crash') driver.exit(processId, { kind: 'signal', signal: 'SIGSEGV' })
    if (what === 'exit') driver.exit(processId, { kind: 'code', code: 0 })
  }

  return {
    ...{ appId, pass, scale, deploy, leave, rooms },
    client: () => hatchery.client,
    /** What is refused, such as a room for which there is no room, is a part of what happens. */
    act: (one: Action) => act(one).catch(() => undefined),
    close: () => hatchery.server.close(),
  }
}

test('whatever happens, the maximum holds, and the target is reached once it is calm', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 25 }), async (actions) => {
      const { act, appId, client, leave, pass, scale, deploy, rooms, close } = await aWorld()
      await scale(3)
      for (const one of actions) await act(one)
      await scale(4)
      await deploy(null)
      for (const roomId of rooms) await leave(roomId).catch(() => undefined)
      await pass(30_000, 1_000)
      // Those that were made by hand never end for being idle.
      const running = await client().processesV3.getLatestProcesses(appId, ['running'])
      for (const { processId } of running) await client().processesV3.stopProcess(processId, appId)
      await pass(120_000, 1_000)
      const [stands] = await client().hatchery.getAllocations(appId)
      expect(stands).toMatchObject({ running: 4, starting: 0, outdated: 0, problem: null })
      const history = await processHistory(client(), appId)
      expect(Math.max(...history.map(({ alive }) => alive))).toBeLessThanOrEqual(maxProcesses)
      await close()
    }),
    { numRuns: 10 },
  )
}, 60_000)
