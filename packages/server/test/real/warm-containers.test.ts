/** Containers that wait paused for players, through the official client, on a real engine. */
import { connect } from 'node:net'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { containerName } from '../../src/drivers/docker/container-spec.ts'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { gameImage } from '../support/docker/game-image.ts'
import { type SharedEngine, sharedEngine } from '../support/docker/shared-engine.ts'
import { eventually } from '../support/eventually.ts'
import { textOf } from '../support/upload.ts'
import {
  type Playground,
  deployed,
  openPlayground,
  portOf,
  reopened,
  running,
  stopped,
  until,
} from './playground.ts'

const hindrance = engineHindrance()
const game = { Dockerfile: `FROM ${gameImage}\n` }
const overTcp = { transportType: 'tcp', containerPort: 7_777 } as const

interface Container {
  readonly Id: string
  readonly State: string
  readonly Labels: Readonly<Record<string, string>>
}

describe.skipIf(hindrance !== undefined)(`warm containers ${hindrance ?? ''}`, () => {
  test.for(['bridge', 'host'])(
    'on %s become processes at once, over a restart too',
    async (network) => {
      const engine = await sharedEngine()
      const place = await opened(engine, network)
      const paused = await waiting(engine, place)
      const process = await running(place)
      expect(process.processId).toBe(paused)
      expect(await echo(portOf(process))).toBe('hello')
      const took = Number(process.startedAt) - Number(process.createdAt)
      expect(took).toBeGreaterThanOrEqual(0)

      const next = await waiting(engine, place)
      const later = await reopened(place)
      const again = await later.cloud.processesV3.getProcess(process.processId)
      expect(again).toEqual(process)
      await stopped(later, process.processId)
      const log = await textOf(await later.cloud.logsV1.downloadLogForProcess(process.processId))
      expect(log).toBe('started\n')
      const { processId } = await later.cloud.processesV3.createProcess('Seattle')
      await until(later, processId, 'running')
      // The address of a test's server is another one after a restart, and games are told it.
      expect(await stateOf(engine, next)).toBe('gone')
      await ended(engine, later)
    },
  )

  test('one that was let go on by a server that was killed before it noted that is handed over', async () => {
    const engine = await sharedEngine()
    const place = await opened(engine, 'bridge')
    const paused = await waiting(engine, place)
    const path = `/containers/${containerName(paused)}/unpause`
    await engine.client.call({ method: 'POST', path })
    const process = await running(place)
    expect(process.processId).toBe(paused)
    expect(await echo(portOf(process))).toBe('hello')
    await ended(engine, place)
  })
})

async function opened({ url }: SharedEngine, network: string): Promise<Playground> {
  const place = await openPlayground(
    `--nodes=a docker=${url} network=${network} ports=${network === 'host' ? 19_100 : 19_200}-${network === 'host' ? 19_109 : 19_209}`,
    '--containers-warm-processes=Seattle/arena=1',
  )
  await deployed(place, game, { ...overTcp, env: [{ name: 'GAME_TRANSPORT', value: 'tcp' }] })
  return place
}

const ofApp = async ({ client }: SharedEngine, { appId }: Playground): Promise<Container[]> => {
  const all = await client.call<Container[]>({
    ...{ method: 'GET', path: '/containers/json', query: { all: '1' } },
  })
  return all.filter(({ Labels }) => Labels['dev.hatchery.spec']?.includes(appId))
}

/** The id of the process that a paused container will be. */
const waiting = (engine: SharedEngine, place: Playground): Promise<string> =>
  eventually('one waits', async () => {
    const found = (await ofApp(engine, place)).find(({ State }) => State === 'paused')
    return found?.Labels['dev.hatchery.process']
  })

async function stateOf({ client }: SharedEngine, processId: string): Promise<string> {
  const all = await client.call<Container[]>({
    ...{ method: 'GET', path: '/containers/json', query: { all: '1' } },
  })
  const one = all.find(({ Labels }) => Labels['dev.hatchery.process'] === processId)
  return one?.State ?? 'gone'
}

/** All games end, and what waited with them. */
async function ended(engine: SharedEngine, place: Playground): Promise<void> {
  await place.hatchery.client.hatchery.stopGames()
  await eventually('no container is left', async () => (await ofApp(engine, place)).length === 0)
}

async function echo(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write('hello')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return answer.toString()
}
