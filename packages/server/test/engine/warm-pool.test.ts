/** Runs that wait for processes: kept, taken, replaced, ended; and what a server that was killed finds of them. */
import { expect, test } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import { type Driver, DriverError } from '../../src/domain/driver.ts'
import { freePort } from '../drivers/support/free-port.ts'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import {
  type FakeDriver,
  createFakeDriver,
  createFakePlace,
  startHatchery,
} from '../support/start-hatchery.ts'
import { succeededBuild } from '../support/upload.ts'

interface Wish {
  readonly count?: number
  readonly flags?: readonly string[]
  /** What stands between the engine and the fake driver, at each start. */
  readonly wrap?: (driver: Driver, start: number) => Driver
}

/** Wants warm runs in Tokyo. */
async function aServer({ count = 2, flags = [], wrap = (driver) => driver }: Wish = {}) {
  const place = createFakePlace()
  const drivers: FakeDriver[] = []
  const open = (): Driver => {
    const driver = createFakeDriver({ clock: systemClock, place })
    return wrap(driver, drivers.push(driver))
  }
  const hatchery = await startHatchery({
    driver: open,
    flags: [...['--docker', ...flags], `--containers-warm-processes=Tokyo=${count}`],
  })
  const held = () => [...place.runs.values()].filter((run) => run.isHeld)
  const ready = () => held().filter((run) => run.boundAt !== null && run.end === null)
  const full = (wanted = count): Promise<true> =>
    eventually(`${wanted} wait`, () => held().length === wanted && ready().length === wanted)
  const exit = (processId: string) =>
    drivers.at(-1)?.exit(processId, { kind: 'signal', signal: 'SIGKILL' })
  return { ...hatchery, place, held, full, exit }
}

async function withApp(wish: Wish = {}) {
  const server = await aServer(wish)
  const { appId } = await deployedApp(server.client)
  await server.full(wish.count ?? 2)
  return { ...server, appId }
}

test('a process takes one, runs at once since it was asked for, and another one is made', async () => {
  const { client, place, held, full, appId } = await withApp()
  const waiting = held().map(({ spec }) => spec.processId)
  const started = place.started
  const { processId } = await client.processesV3.createProcess('Tokyo', appId)
  expect(waiting).toContain(processId)
  const process = await eventually('it runs', async () => {
    const found = await client.processesV3.getProcess(processId, appId)
    return found.status === 'running' && found
  })
  expect(Number(process.startedAt)).toBeGreaterThanOrEqual(Number(process.createdAt))
  await full()
  expect(place.started).toBe(started + 1)
})

test('what waits is no process, counts for the machine, and takes no more than there is', async () => {
  const { client, held, server } = await aServer({
    count: 3,
    flags: [
      '--nodes=a docker=unix:///nowhere.sock cpu=1 memory-mb=1100',
      '--capacity-overcommit=false',
    ],
  })
  const { appId } = await deployedApp(client)
  await eventually('two fit', () => held().length === 2)
  await server.settled()
  expect(held()).toHaveLength(2)
  expect(await client.processesV3.getLatestProcesses(appId)).toEqual([])
  const [node] = await client.hatchery.getNodes()
  expect(node).toMatchObject({ processes: 0 })
  const made = [
    await client.processesV3.createProcess('Tokyo', appId),
    await client.processesV3.createProcess('Tokyo', appId),
  ]
  expect(new Set(made.map(({ processId }) => processId)).size).toBe(2)
  await expect(client.processesV3.createProcess('Tokyo', appId)).rejects.toThrow(/cannot take/)
})

test('requests that race get each a process of its own', async () => {
  const { client, held, appId, server } = await withApp({ count: 4 })
  const waiting = new Set(held().map(({ spec }) => spec.processId))
  const made = await Promise.all(
    Array.from({ length: 20 }, () => client.processesV3.createProcess('Tokyo', appId)),
  )
  const ids = new Set(made.map(({ processId }) => processId))
  expect(ids.size).toBe(20)
  expect([...waiting].every((id) => ids.has(id))).toBe(true)
  await server.settled()
  const found = await Promise.all(
    [...ids].map((processId) => client.processesV3.getProcess(processId, appId)),
  )
  expect(found.map(({ status }) => status)).toEqual(found.map(() => 'running'))
})

test('a room takes one, and so does a static allocation', async () => {
  const { client, held, full, appId } = await withApp({ count: 1 })
  const [first] = held()
  const room = await client.roomsV2.createRoom({ region: 'Tokyo' }, appId)
  expect(room.processId).toBe(first?.spec.processId)
  await eventually('another waits', () => held()[0]?.spec.processId !== first?.spec.processId)
  await full()
  const [second] = held()
  const allocation = { region: 'Tokyo', minProcesses: 1, targetProcesses: 2, maxProcesses: 9 }
  await client.appsV2.patchApp({ serviceConfig: { staticProcessAllocation: [allocation] } }, appId)
  await eventually('it is taken', async () => {
    const processes = await client.processesV3.getLatestProcesses(appId, ['running'])
    return processes.some(({ processId }) => processId === second?.spec.processId)
  })
})

test('a new deployment replaces them, and a deleted application ends them', async () => {
  const { client, held, full, appId } = await withApp()
  const before = new Set(held().map(({ spec }) => spec.deploymentId))
  const build = await succeededBuild(client, 'another game server')
  const config = deploymentConfig(build.buildId)
  const { deploymentId } = await client.deploymentsV3.createDeployment(config, appId)
  expect(before).not.toContain(deploymentId)
  await eventually('all are of the new one', () =>
    held().every(({ spec }) => spec.deploymentId === deploymentId),
  )
  await full()
  await client.appsV2.deleteApp(appId)
  await eventually('none is left', () => held().length === 0)
})

test('those that were told an old secret are replaced', async () => {
  const { client, held, full, appId } = await withApp({ count: 1 })
  await client.hatchery.rotateAppSecret(appId)
  const { appSecret } = await client.appsV2.getApp(appId)
  await eventually('it knows the new one', () =>
    held().some(({ spec }) => spec.env['HATHORA_APP_SECRET'] === appSecret),
  )
  await full()
})

test('one that ends is replaced', async () => {
  const { held, full, exit } = await withApp()
  const { processId = '' } = held()[0]?.spec ?? {}
  exit(processId)
  await eventually('it is gone', () => held().every(({ spec }) => spec.processId !== processId))
  await full()
})

test('a drained node keeps none, and none are kept once all games are to end', async () => {
  const { client, held, full } = await withApp()
  const [node] = await client.hatchery.getNodes()
  await client.hatchery.drainNode(node?.nodeId ?? '')
  await eventually('none is left', () => held().length === 0)
  await client.hatchery.resumeNode(node?.nodeId ?? '')
  await full()
  await client.hatchery.stopGames()
  expect(held()).toEqual([])
})

test('a server that comes later takes them back, and shows none of them as a process', async () => {
  // What games are told of the server's address must be the same after a restart.
  const { held, restart, appId } = await withApp({ flags: [`--port=${await freePort()}`] })
  const before = held().map(({ spec }) => spec.processId)
  const { client, server } = await restart()
  await server.settled()
  expect(held().map(({ spec }) => spec.processId)).toEqual(before)
  expect(await client.processesV3.getLatestProcesses(appId)).toEqual([])
  const { processId } = await client.processesV3.createProcess('Tokyo', appId)
  expect(before).toContain(processId)
})

test('one that was accepted and not handed over when the server died is, by the next one', async () => {
  const refusing = async () => {
    throw new DriverError('the server dies here', { temporary: true })
  }
  const wrap = (driver: Driver, start: number): Driver =>
    start === 1 ? { ...driver, start: refusing } : driver
  const { client, place, held, restart, appId } = await withApp({ wrap })
  const { processId } = await client.processesV3.createProcess('Tokyo', appId)
  expect(place.runs.get(processId)?.isHeld).toBe(true)
  const startedBefore = place.started
  const next = await restart()
  await eventually('it runs', async () => {
    const { status } = await next.client.processesV3.getProcess(processId, appId)
    return status === 'running'
  })
  expect(place.runs.get(processId)?.isHeld).toBe(false)
  expect(place.started - startedBefore).toBeLessThanOrEqual(2)
  expect(held().map(({ spec }) => spec.processId)).not.toContain(processId)
})

test('one that a killed server left half made is ended or finished, never forgotten', async () => {
  const { place, held, full, server, restart } = await withApp({ count: 1 })
  await server.close()
  const [run] = held()
  if (run === undefined) throw new Error('none waits')
  const stray = { ...run, spec: { ...run.spec, processId: 'stray' } }
  place.runs.set('stray', stray)
  place.runs.set(run.spec.processId, { ...run, boundAt: null })
  await restart()
  await eventually('only what is whole is left', () => {
    const ids = held().map(({ spec }) => spec.processId)
    return ids.length === 1 && !ids.includes('stray') && !ids.includes(run.spec.processId)
  })
  await full()
})

test('one that is stopped before it was handed over ends, and leaves nothing', async () => {
  const refusing = async () => {
    throw new DriverError('not now', { temporary: true })
  }
  const { client, place, appId } = await withApp({
    wrap: (driver) => ({ ...driver, start: refusing }),
  })
  const { processId } = await client.processesV3.createProcess('Tokyo', appId)
  await client.processesV3.stopProcess(processId, appId)
  await eventually('it is stopped', async () => {
    const { status } = await client.processesV3.getProcess(processId, appId)
    return status === 'stopped'
  })
  await eventually('nothing is left', () => !place.runs.has(processId))
})

test('a deployment that cannot be prepared is tried again later and later, and processes start as ever', async () => {
  const { client, place, held, server } = await aServer({ count: 1 })
  const { appId } = await deployedApp(client, {
    deployment: {
      env: [
        { name: 'FAKE_START', value: 'never-binds' },
        { name: 'FAKE_EXIT_CODE', value: '1' },
      ],
    },
  })
  await eventually('it was tried', () => place.started > 0)
  const { processId } = await client.processesV3.createProcess('Tokyo', appId)
  await eventually('it has failed by itself', async () => {
    const { status } = await client.processesV3.getProcess(processId, appId)
    return status === 'failed'
  })
  await server.close()
  expect(held()).toEqual([])
})
