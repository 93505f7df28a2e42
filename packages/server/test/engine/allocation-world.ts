/** An application with a static allocation on a whole server, fake processes, and a clock that a test moves. */
import { ApiError } from '@hatchery/client'
import fc from 'fast-check'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { createFakeDriver, createFakePlace, startHatchery } from '../support/start-hatchery.ts'

const region = 'Seattle'

/** Ways in which a deployment can be: in order, what its processes do and what each requests. */
const kinds = {
  good: { env: {}, requestedCPU: 0.25 },
  'large and good': { env: {}, requestedCPU: 0.5 },
  'too large': { env: {}, requestedCPU: 8 },
  'exits at once': { env: { FAKE_EXIT_CODE: '1' }, requestedCPU: 0.25 },
  'ends at once': { env: { FAKE_EXIT_CODE: '0' }, requestedCPU: 0.25 },
  'exits after half a minute': {
    env: { FAKE_EXIT_CODE: '1', FAKE_EXIT_AFTER_MS: '30000' },
    requestedCPU: 0.25,
  },
  'ends after ten minutes': {
    env: { FAKE_EXIT_CODE: '0', FAKE_EXIT_AFTER_MS: '600000' },
    requestedCPU: 0.25,
  },
  'never binds': { env: { FAKE_START: 'never-binds' }, requestedCPU: 0.25 },
  'cannot be started': { env: { FAKE_START: 'error' }, requestedCPU: 0.25 },
  'starts slowly': { env: { FAKE_BIND_MS: '20000' }, requestedCPU: 0.25 },
  'does not end when asked to': { env: { FAKE_TERMINATE: 'ignored' }, requestedCPU: 0.25 },
}

export type DeploymentKind = keyof typeof kinds

const deeds = [
  ...['room', 'room', 'leave', 'crash', 'exit', 'stop', 'drain', 'create', 'scale'],
  ...['wait', 'wait', 'long wait', 'restart', 'drain node', 'resume node'],
  ...['other comes', 'other comes', 'other goes'],
] as const

export type Action =
  | { readonly do: (typeof deeds)[number]; readonly which: number }
  | { readonly do: 'deploy'; readonly kind: DeploymentKind }

/** Deployments come often: each second one works. */
export const anyAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom(...deeds), which: fc.nat(1_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('deploy' as const),
      kind: fc.oneof(
        fc.constant('good' as const),
        fc.constantFrom(...(Object.keys(kinds) as DeploymentKind[])),
      ),
    }),
  },
)

/** What rooms start ends by itself, once they are over. */
const given = { idleTimeoutEnabled: true }

const node = (name: string, from: number): string =>
  `${name} ports=${from}-${from + 99} cpu=1 memory-mb=100000`

/** By name: one that takes any number, ones that are full after a few, and two of which each is full after four. */
const machines = {
  wide: { flags: [], nodes: ['local'] },
  'one core': { flags: ['--capacity-cpu=1'], nodes: ['local'] },
  'two cores': { flags: ['--capacity-cpu=2'], nodes: ['local'] },
  'two of one core': {
    flags: [`--nodes=${node('left', 20_000)},${node('right', 21_000)}`],
    nodes: ['left', 'right'],
  },
} as const

type Machine = keyof typeof machines

export const anyMachine = fc.constantFrom(...(Object.keys(machines) as Machine[]))

/** Beside the application there is another one, which takes what is free. */
export async function anAllocationWorld(machine: Machine) {
  const { flags, nodes } = machines[machine]
  const clock = createManualClock()
  const place = createFakePlace()
  let driver = createFakeDriver({ clock, place })
  let hatchery = await startHatchery({
    clock,
    driver: () => (driver = createFakeDriver({ clock, place })),
    flags: [...(machine === 'wide' ? [] : ['--capacity-overcommit=false']), ...flags],
  })
  const { appId, deployment } = await deployedApp(hatchery.client, { deployment: given })
  const other = await deployedApp(hatchery.client, { appName: 'other' })
  const others: string[] = []
  const rooms: string[] = []
  const madeByHand: string[] = []
  const drainedByHand = new Set<string>()

  /** One look may lead to others. */
  async function settle(): Promise<void> {
    for (let looks = 0; looks < 12; looks += 1) await hatchery.server.settled()
  }

  async function pass(ms: number, stepMs = ms): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      clock.pass(stepMs)
      await settle()
    }
  }

  async function scale(limits: Limits): Promise<void> {
    await settle()
    const serviceConfig = { staticProcessAllocation: [{ region, ...limits }] }
    await hatchery.client.appsV2.patchApp({ serviceConfig }, appId)
  }

  async function deploy(kind: DeploymentKind): Promise<void> {
    const { env, requestedCPU } = kinds[kind]
    const variables = Object.entries(env).map(([name, value]) => ({ name, value }))
    const config = deploymentConfig(deployment.buildId, {
      ...given,
      ...{ env: variables, requestedCPU },
    })
    await hatchery.client.deploymentsV3.createDeployment(config, appId)
  }

  async function leave(index: number): Promise<void> {
    const [roomId] = rooms.splice(index, 1)
    if (roomId !== undefined) await hatchery.client.roomsV2.destroyRoom(roomId, appId)
  }

  async function leaveOther(): Promise<void> {
    const processId = others.pop()
    if (processId !== undefined)
      await hatchery.client.processesV3.stopProcess(processId, other.appId)
  }

  const nodeOf = (which: number): string => nodes[which % nodes.length] ?? ''

  /** One that starts or runs, in one of these ways. */
  async function endOne(what: Action['do'], which: number): Promise<void> {
    const { processesV3, hatchery: own } = hatchery.client
    const alive = await processesV3.getLatestProcesses(appId, ['starting', 'running'])
    const processId = alive[which % Math.max(1, alive.length)]?.processId
    if (processId === undefined) return
    if (what === 'drain') drainedByHand.add(processId)
    if (what === 'stop') await processesV3.stopProcess(processId, appId)
    if (what === 'drain') await own.drainProcess(processId, appId)
    if (what === 'crash') driver.exit(processId, { kind: 'signal', signal: 'SIGSEGV' })
    if (what === 'exit') driver.exit(processId, { kind: 'code', code: 0 })
  }

  async function act(action: Action): Promise<void> {
    if (action.do === 'deploy') return await deploy(action.kind)
    const { do: what, which } = action
    const { roomsV2, processesV3, hatchery: own } = hatchery.client
    if (what === 'room') rooms.push((await roomsV2.createRoom({ region }, appId)).roomId)
    if (what === 'leave') await leave(which % Math.max(1, rooms.length))
    if (what === 'create')
      madeByHand.push((await processesV3.createProcess(region, appId)).processId)
    if (what === 'scale') await scale(limitsOf(which))
    if (what === 'wait') await pass(6_000, 1_000)
    if (what === 'long wait') await pass(70_000, 10_000)
    if (what === 'restart') hatchery = await hatchery.restart()
    if (what === 'drain node') await drainNode(nodeOf(which))
    if (what === 'resume node') await own.resumeNode(nodeOf(which))
    if (what === 'other comes')
      others.push((await processesV3.createProcess(region, other.appId)).processId)
    if (what === 'other goes') await leaveOther()
    await endOne(what, which)
  }

  /** All that is on it drains, too. */
  async function drainNode(nodeId: string): Promise<void> {
    await settle()
    await hatchery.client.hatchery.drainNode(nodeId)
    for await (const { processId } of hatchery.client.latestProcesses({ appId }))
      drainedByHand.add(processId)
  }

  /** Nobody plays any more, what was made by hand is stopped, and the machine takes what comes. */
  async function calm(): Promise<void> {
    const { processesV3, hatchery: own } = hatchery.client
    for (const nodeId of nodes) await own.resumeNode(nodeId)
    while (others.length > 0) await leaveOther()
    while (rooms.length > 0) await leave(0).catch(ignoreRefusal)
    for (const processId of madeByHand) await processesV3.stopProcess(processId, appId)
  }

  return {
    ...{ appId, pass, scale, deploy, calm, drainedByHand },
    client: () => hatchery.client,
    close: () => hatchery.server.close(),
    /** What is refused, such as a room for which there is no room, is a part of what happens. */
    act: (one: Action) => act(one).catch(ignoreRefusal),
  }
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ApiError) || error.status >= 500) throw error
}

export type AllocationWorld = Awaited<ReturnType<typeof anAllocationWorld>>

export interface Limits {
  readonly minProcesses: number
  readonly targetProcesses: number
  readonly maxProcesses: number
}

/** Also a target of 0, one above the maximum, and a maximum that is the minimum. */
function limitsOf(number: number): Limits {
  const minProcesses = number % 4
  const targetProcesses = number % 11 === 0 ? 0 : minProcesses + 1 + (number % 3)
  const maxProcesses = minProcesses + (number % 5)
  const isNone = targetProcesses === 0
  return { minProcesses: isNone ? 0 : minProcesses, targetProcesses, maxProcesses }
}
