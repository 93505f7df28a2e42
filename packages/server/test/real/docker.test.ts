/** The whole way of a game in a container, through the official client, on a real engine. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { containerName } from '../../src/drivers/docker/container-spec.ts'
import { isMissing } from '../../src/drivers/docker/engine-error.ts'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { gameImage } from '../support/docker/game-image.ts'
import { type SharedEngine, sharedEngine } from '../support/docker/shared-engine.ts'
import { eventually } from '../support/eventually.ts'
import { tarball } from '../support/tarball.ts'
import { textOf, upload } from '../support/upload.ts'
import {
  type Playground,
  built,
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
const doing = (does: string) => ({ env: [{ name: 'GAME_DOES', value: does }] })

describe.skipIf(hindrance !== undefined)(`games in containers ${hindrance ?? ''}`, () => {
  const open = async (...flags: string[]): Promise<Playground & { engine: SharedEngine }> => {
    const engine = await sharedEngine()
    const docker = ['--docker', `--containers-engine=${engine.url}`]
    return { ...(await openPlayground(...docker, ...flags)), engine }
  }

  test('are built, reached by players over TCP and UDP, logged, measured and stopped', async () => {
    const place = await open()
    await deployed(place, game, {
      ...overTcp,
      additionalContainerPorts: [{ name: 'voice', port: 7_778, transportType: 'udp' }],
      env: [{ name: 'GAME_TRANSPORT', value: 'tcp' }],
    })
    const process = await running(place)
    const { processId } = process
    const voice = process.additionalExposedPorts.find(({ name }) => name === 'voice')
    expect(await echoTcp(portOf(process))).toBe('hello')
    expect(await echoUdp(voice?.port ?? 0)).toBe('hello')
    await eventually('it is measured', async () => {
      const { memory, cpu } = await place.cloud.processesV3.getProcessMetrics({ processId })
      return (memory ?? []).some(({ value }) => value > 1_000_000) && (cpu ?? []).length > 0
    })
    const stop = await stopped(place, processId)
    expect(stop.summaryExitReason).toBe('stopped on request')
    const log = await textOf(await place.cloud.logsV1.downloadLogForProcess(processId))
    expect(log).toBe('started\n')
    await eventually('its container is gone', async () => !(await isThere(place.engine, processId)))
  })

  test.each([
    ['exit 3', 'exited with code 3'],
    ['die SEGV', 'killed by signal SIGSEGV'],
    ['eat', 'out of memory (limit 512 MB)'],
  ])('that %s say so', async (does, reason) => {
    const place = await open()
    await deployed(place, game, doing(does))
    const { processId } = await place.cloud.processesV3.createProcess('Seattle')
    const process = await until(place, processId, 'failed')
    expect(process.summaryExitReason).toBe(reason)
  })

  test('lose nothing of what they print before a quick end', async () => {
    const place = await open()
    await deployed(place, game, doing('print 20000'))
    const { processId } = await running(place)
    await stopped(place, processId)
    const log = await textOf(await place.cloud.logsV1.downloadLogForProcess(processId))
    const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i + 1}\n`)
    expect(log).toBe(`started\n${lines.join('')}`)
  })

  test('without their program say so in the log, and leave no container', async () => {
    const place = await open()
    await deployed(place, { Dockerfile: `FROM ${gameImage}\nCMD ["/missing"]\n` })
    const { processId } = await place.cloud.processesV3.createProcess('Seattle')
    const process = await until(place, processId, 'failed')
    expect(process.summaryExitReason).toBe('exited with code 127')
    const log = await textOf(await place.cloud.logsV1.downloadLogForProcess(processId))
    expect(log).toMatch(/exec \/missing failed: No such file/)
    await eventually('it is gone', async () => !(await isThere(place.engine, processId)))
  })

  test('do not keep a server from starting, nor the games of its other nodes, while their engine is away', async () => {
    const place = await openPlayground(
      '--nodes=away docker=unix:///nowhere/docker.sock ports=17000-17009,machine ports=17010-17019',
      '--region-nodes=Tokyo=away,Seattle=machine',
    )
    await deployed(place, {
      Procfile: 'server: ./server',
      server:
        '#!/bin/sh\nexec perl -e \'socket S,2,2,0; bind S, pack("Sna4x8",2,$ENV{PORT},"\\0\\0\\0\\0"); sleep 60\'\n',
    })
    await running(place, 'Seattle')
  })

  test('that ignore SIGTERM are killed after the grace time', async () => {
    const place = await open()
    await deployed(place, game, doing('ignore'))
    const { processId } = await running(place)
    const process = await stopped(place, processId)
    const took = Number(process.terminatedAt) - Number(process.stoppingAt)
    expect(took).toBeGreaterThan(900)
  })

  test.each(['bridge', 'host'])('get another port on %s when theirs is taken', async (network) => {
    const { url } = await sharedEngine()
    const place = await openPlayground(
      `--nodes=a docker=${url} network=${network} ports=19000-19001`,
    )
    await deployed(place, game)
    const other = createServer().listen(19_000, '0.0.0.0')
    const udp = createSocket('udp4').bind(19_000)
    await Promise.all([once(other, 'listening'), once(udp, 'listening')])
    try {
      expect(portOf(await running(place))).toBe(19_001)
    } finally {
      other.close()
      udp.close()
    }
  })

  test('are adopted by the next server, with their log whole', async () => {
    const place = await open()
    await deployed(place, game, doing('count'))
    const { processId } = await running(place)
    const later = await reopened(place)
    expect(later.hatchery.server.adopted).toBe(1)
    const lineCount = async (): Promise<number> =>
      (await textOf(await later.cloud.logsV1.getLogsForProcess(processId))).split('\n').length
    const before = await lineCount()
    await eventually('it goes on counting', async () => (await lineCount()) > before)
    await stopped(later, processId)
    const log = await textOf(await later.cloud.logsV1.downloadLogForProcess(processId))
    const lines = log.split('\n').slice(1, -1)
    expect(lines).toEqual(lines.map((_, i) => `line ${i + 1}`))
    expect(lines.length).toBeGreaterThanOrEqual(before - 1)
  })

  describe('builds', () => {
    const outputOf = async ({ cloud }: Playground, files: Record<string, string>) => {
      const archive = tarball(files)
      const created = await cloud.buildsV3.createBuild({ buildSizeInBytes: archive.length })
      await upload(created, archive)
      const output = await textOf(await cloud.buildsV3.runBuild(created.buildId))
      return { output, build: await cloud.buildsV3.getBuild(created.buildId) }
    }

    test('without a Dockerfile say what is there instead', async () => {
      const { output, build } = await outputOf(await open(), { 'server.mjs': '', Procfile: 'x' })
      expect(build.status).toBe('failed')
      expect(output).toMatch(
        /^error: the archive has no Dockerfile; at its root: "Procfile", "server.mjs"; add a file/m,
      )
    })

    test('that fail end with the words of the engine', async () => {
      const Dockerfile = `FROM ${gameImage}\nRUN echo before; exit 7\n`
      const { output, build } = await outputOf(await open(), { Dockerfile })
      expect(build.status).toBe('failed')
      expect(output).toMatch(/^(#\d+ .*)?before$/m)
      expect(output).toMatch(/^error: .*code: 7/m)
    })

    test('leave out what .dockerignore says, and keep what it takes back', async () => {
      const { output } = await built(await open(), {
        Dockerfile: `FROM ${gameImage}\nCOPY . /files\nRUN busybox find /files -type f\n`,
        '.dockerignore': '*.log\nsecret\n!keep.log\n',
        'a.log': '',
        'keep.log': '',
        'secret/key': '',
        'deep/b.log': '',
      })
      const files = [...output.matchAll(/\/files\/\S+/g)].map(([path]) => path)
      expect(new Set(files)).toEqual(
        new Set([
          '/files/keep.log',
          '/files/deep/b.log',
          '/files/Dockerfile',
          '/files/.dockerignore',
        ]),
      )
    })

    test('run on a machine and on an engine when the archive has both files', async () => {
      const { url } = await sharedEngine()
      const from = 18_000
      const place = await openPlayground(
        `--nodes=machine ports=${from}-${from + 9},engine docker=${url} ports=${from + 10}-${from + 19}`,
        '--region-nodes=Seattle=machine,Tokyo=engine',
      )
      await deployed(place, {
        ...game,
        Procfile: 'server: ./server',
        server:
          '#!/bin/sh\nexec perl -e \'socket S,2,2,0; bind S, pack("Sna4x8",2,$ENV{PORT},"\\0\\0\\0\\0"); sleep 60\'\n',
      })
      expect(portOf(await running(place, 'Seattle'))).toBeLessThan(from + 10)
      expect(portOf(await running(place, 'Tokyo'))).toBeGreaterThanOrEqual(from + 10)
      await deployed(place, game)
      await expect(place.cloud.processesV3.createProcess('Seattle')).rejects.toThrow(/a Procfile/)
    })
  })
})

async function isThere({ client }: SharedEngine, processId: string): Promise<boolean> {
  try {
    await client.call({ method: 'GET', path: `/containers/${containerName(processId)}/json` })
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

async function echoTcp(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write('hello')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return answer.toString()
}

async function echoUdp(port: number): Promise<string> {
  const socket = createSocket('udp4')
  socket.send('hello', port, '127.0.0.1')
  const [answer] = (await once(socket, 'message')) as [Buffer]
  socket.close()
  return answer.toString()
}
