/** Engines on other machines, through the official client: over TCP, TLS and SSH, and when the line is cut. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import { containerName } from '../../src/drivers/docker/container-spec.ts'
import { engineAbilities } from '../../src/drivers/docker/engine-abilities.ts'
import { createEngineClient } from '../../src/drivers/docker/engine-client.ts'
import { listen } from '../../src/drivers/docker/events.ts'
import { until } from '../drivers/support/until.ts'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { gameImage } from '../support/docker/game-image.ts'
import { remoteEngine, sharedEngine } from '../support/docker/shared-engine.ts'
import { anSshServer, sshHindrance } from '../support/docker/ssh-server.ts'
import { eventually } from '../support/eventually.ts'
import { textOf } from '../support/upload.ts'
import {
  deployed,
  ended,
  openPlayground,
  portOf,
  reopened,
  running,
  stopped,
  viewOf,
} from './playground.ts'

const hindrance = engineHindrance()
const game = { Dockerfile: `FROM ${gameImage}\n` }
const size = 'cpu=4 memory-mb=8000'

describe.skipIf(hindrance !== undefined)(
  `engines elsewhere ${hindrance ?? ''}`,
  { timeout: 120_000 },
  () => {
    test('run games that players reach there, measured by the engine', async () => {
      const engine = await remoteEngine('players', 'plain')
      onTestFinished(engine.remove)
      const place = await openPlayground(`--nodes=far docker=${engine.url} ${size}`)
      await deployed(place, game)
      const process = await running(place)
      const { processId, exposedPort } = process
      expect(exposedPort?.host).toBe(engine.host)
      expect(await echoUdp(engine.host, portOf(process))).toBe('hello')
      await eventually('it is measured', async () => {
        const { memory, cpu, totalEgress } = await place.cloud.processesV3.getProcessMetrics({
          processId,
          metrics: ['memory', 'cpu', 'totalEgress'],
        })
        const has = (points: typeof memory) => (points ?? []).some(({ value }) => value > 0)
        return has(memory) && has(totalEgress) && (cpu ?? []).length > 0
      })
      expect(await viewOf(place, processId)).toMatchObject({
        ...{ activityMeasure: 'none', limits: 'enforced' },
      })
      await stopped(place, processId)
      const log = await textOf(await place.cloud.logsV1.downloadLogForProcess(processId))
      expect(log).toBe('started\n')
    })

    test('whose line is cut without a word lose no game, and tell afterwards what happened meanwhile', async () => {
      const engine = await remoteEngine('cut', 'TLS')
      onTestFinished(engine.remove)
      const place = await openPlayground(
        `--nodes=far docker=${engine.url} ${size}`,
        `--containers-certificates=${engine.certificates}`,
      )
      await deployed(place, game)
      const [first, second] = await Promise.all([running(place), running(place)])
      const local = createEngineClient({ url: engine.localUrl })
      onTestFinished(local.close)

      engine.cutLine()
      const path = `/containers/${containerName(second.processId)}/kill`
      await local.call({ method: 'POST', path })
      const later = await reopened(place)
      expect(await later.cloud.processesV3.getProcess(first.processId)).toMatchObject({
        status: 'running',
      })
      engine.mendLine()
      const end = await ended(later, second.processId)
      expect(end.summaryExitReason).toBe('killed by signal SIGKILL')
      await stopped(later, first.processId)
    })

    test('are listened to anew when the line was cut without a word', async () => {
      const engine = await remoteEngine('silent', 'plain')
      onTestFinished(engine.remove)
      const client = createEngineClient(engine)
      onTestFinished(client.close)
      const heard: string[] = []
      const stop = listen({
        ...{ engine: client, label: 'any' },
        onEvent: () => undefined,
        onOpen: async () => void heard.push('open'),
        onLost: () => heard.push('lost'),
      })
      onTestFinished(stop)
      await until('it listens', () => heard.length === 1)
      engine.cutLine()
      await until('the loss is noticed', () => heard.length === 2, 40_000)
      const anew = engineAbilities({ url: engine.url })
      await expect(anew).rejects.toThrow(/does not answer: (no connection|connect E)/)
      engine.mendLine()
      await until('it listens again', () => heard.length === 3, 20_000)
      expect(heard).toEqual(['open', 'lost', 'open'])
    })

    test('let nobody in without a certificate that they know', async () => {
      const engine = await remoteEngine('closed', 'TLS')
      onTestFinished(engine.remove)
      await expect(engineAbilities({ url: engine.url })).rejects.toThrow(/HTTP request to an HTTPS/)
      const other = { url: engine.url, certificates: `${engine.certificates}/../authority-free` }
      await expect(engineAbilities(other)).rejects.toThrow(/ca.pem cannot be read/)
      const theirs = { url: engine.url, certificates: engine.strangers() }
      await expect(engineAbilities(theirs)).rejects.toThrow(/does not answer: .*certificate/)
      const { certificates } = engine
      expect(await engineAbilities({ url: engine.url, certificates })).toMatchObject({
        missingLimits: [],
      })
    })
  },
)

const withoutSsh = hindrance ?? sshHindrance()

describe.skipIf(withoutSsh !== undefined)(`engines over SSH ${withoutSsh ?? ''}`, () => {
  test('run games, whose logs go on when the sessions were ended', async () => {
    const engine = await sharedEngine()
    onTestFinished(engine.client.close)
    const ssh = await anSshServer()
    const url = `${ssh.url}${engine.url.slice('unix://'.length)}`
    const place = await openPlayground(`--nodes=far docker=${url} ${size}`)
    await deployed(place, game, { env: [{ name: 'GAME_DOES', value: 'count' }] })
    const process = await running(place)
    const { processId } = process
    expect(process.exposedPort?.host).toBe('127.0.0.1')
    expect(await echoUdp('127.0.0.1', portOf(process))).toBe('hello')
    await ssh.cut()
    await expect(engineAbilities({ url })).rejects.toThrow(/does not answer: ssh: connect to host/)
    await ssh.mend()
    await stopped(place, processId)
    const log = await textOf(await place.cloud.logsV1.downloadLogForProcess(processId))
    const lines = log.split('\n').slice(1, -1)
    expect(lines).toEqual(lines.map((_, i) => `line ${i + 1}`))
  })
})

async function echoUdp(host: string, port: number): Promise<string> {
  const socket = createSocket('udp4')
  socket.send('hello', port, host)
  const [answer] = (await once(socket, 'message')) as [Buffer]
  socket.close()
  return answer.toString()
}
