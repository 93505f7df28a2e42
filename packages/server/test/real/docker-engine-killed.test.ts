/** An engine that is killed under running games, with the server and without, and comes back. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { containerName } from '../../src/drivers/docker/container-spec.ts'
import { type EngineClient, createEngineClient } from '../../src/drivers/docker/engine-client.ts'
import { startProgram } from '../kill/server-program.ts'
import {
  endEngine,
  engineHindrance,
  removeEngine,
  startEngine,
} from '../support/docker/engine-process.ts'
import { buildImage, gameImage } from '../support/docker/game-image.ts'
import { eventually } from '../support/eventually.ts'
import { aFolder } from '../support/start-hatchery.ts'
import { textOf } from '../support/upload.ts'
import {
  type Cloud,
  deployed,
  ended,
  openPlayground,
  ownPorts,
  reopened,
  running,
  stopped,
  until,
} from './playground.ts'

const hindrance = engineHindrance()
const stoppedEngine = 'lost: the Docker engine was stopped'

describe.skipIf(hindrance !== undefined)(
  `an engine that is killed ${hindrance ?? ''}`,
  { timeout: 120_000 },
  () => {
    test('with live-restore costs no game and no line of its log, over a restart of the server too', async () => {
      const engine = await anEngine('live', ['--live-restore'])
      const place = await openPlayground('--docker', `--containers-engine=${engine.url}`)
      await deployed(place, { Dockerfile: `FROM ${gameImage}\n` }, doing('count'))
      const { processId } = await running(place)
      await engine.end('SIGKILL')
      await engine.begin()
      const later = await reopened(place)
      await engine.end('SIGKILL')
      await engine.begin()
      const after = await later.cloud.processesV3.getProcess(processId)
      expect(after.status).toBe('running')
      await stopped(later, processId)
      const lines = await linesOf(later, processId)
      expect(lines).toEqual(lines.map((_, i) => `line ${i + 1}`))
    })

    test('with live-restore and the server beside it costs none of 20 games, which are adopted when it is back', async () => {
      const engine = await anEngine('live', ['--live-restore'])
      const server = await aServer(engine)
      const place = await server.begin()
      await deployed(place, { Dockerfile: `FROM ${gameImage}\n` })
      const ids = await manyRunning(place, 20)
      await Promise.all([engine.end('SIGKILL'), server.kill()])

      const away = await server.begin()
      expect(await statusesOf(away, ids)).toEqual(Array(20).fill('running'))
      const asked = ids[0] ?? ''
      await away.cloud.processesV3.stopProcess(asked)
      await engine.begin()
      const end = await ended(away, asked)
      expect(end.summaryExitReason).toBe('stopped on request')

      const others = ids.slice(1)
      expect(await engine.alive()).toEqual(new Set(others.map(containerName)))
      expect(await statusesOf(away, others)).toEqual(Array(19).fill('running'))
      await Promise.all(others.map((id) => stopped(away, id)))
    })

    test('with live-restore costs no game that bound its port while nobody could see it', async () => {
      const bindMs = 4_000
      const engine = await anEngine('live', ['--live-restore'])
      const server = await aServer(engine, `--limits-bind-seconds=${bindMs / 1_000}`)
      const place = await server.begin()
      await deployed(place, { Dockerfile: `FROM ${gameImage}\n` }, doing('bind after 2'))
      const { processId } = await place.cloud.processesV3.createProcess('Seattle')
      const bootedAt = await eventually('it is booted', async () => {
        const process = await place.cloud.processesV3.getProcess(processId)
        return process.bootedAt?.getTime()
      })
      await Promise.all([engine.end('SIGKILL'), server.kill()])
      await eventually('its time for binding is over', () => Date.now() > bootedAt + bindMs)
      await engine.begin()
      const later = await server.begin()
      await until(later, processId, 'running')
      await stopped(later, processId)
    })

    test.each(['SIGKILL', 'SIGTERM'] as const)(
      'without live-restore ends 20 games by %s and its return, and their reason says so',
      async (signal) => {
        const engine = await anEngine('plain', [])
        const server = await aServer(engine)
        const place = await server.begin()
        await deployed(place, { Dockerfile: `FROM ${gameImage}\n` })
        const ids = await manyRunning(place, 20)
        await engine.end(signal)
        expect(await statusesOf(place, ids)).toEqual(Array(20).fill('running'))
        await engine.begin()
        const ends = await Promise.all(ids.map((id) => ended(place, id)))
        expect(new Set(ends.map((end) => end.summaryExitReason))).toEqual(new Set([stoppedEngine]))
        await eventually('another one starts', () => running(place))
      },
    )

    test('without live-restore is named as the reason to a server that was killed with it', async () => {
      const engine = await anEngine('plain', [])
      const server = await aServer(engine)
      const place = await server.begin()
      await deployed(place, { Dockerfile: `FROM ${gameImage}\n` })
      const { processId } = await running(place)
      await Promise.all([engine.end('SIGKILL'), server.kill()])
      await engine.begin()
      const end = await ended(await server.begin(), processId)
      expect(end).toMatchObject({ status: 'failed', summaryExitReason: stoppedEngine })
    })

    test('is not blamed for a game that somebody else killed', async () => {
      const engine = await anEngine('plain', [])
      const server = await aServer(engine)
      const place = await server.begin()
      await deployed(place, { Dockerfile: `FROM ${gameImage}\n` })
      const { processId } = await running(place)
      const path = `/containers/${containerName(processId)}/kill`
      await engine.client.call({ method: 'POST', path })
      const end = await ended(place, processId)
      expect(end.summaryExitReason).toBe('killed by signal SIGKILL')
    })
  },
)

const doing = (does: string) => ({ env: [{ name: 'GAME_DOES', value: does }] })

interface Engine {
  readonly url: string
  readonly client: EngineClient
  begin(): Promise<string>
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Names of the containers that run. */
  alive(): Promise<Set<string>>
}

async function anEngine(name: string, flags: string[]): Promise<Engine> {
  const folder = inject('engineFolder').replace(/shared$/, name)
  const number = 200 + (process.pid % 50)
  const begin = (): Promise<string> => startEngine(folder, number, flags)
  onTestFinished(() => removeEngine(folder))
  const url = await begin()
  const client = createEngineClient({ url })
  onTestFinished(client.close)
  await buildImage(client)
  return {
    ...{ url, client, begin },
    end: (signal) => endEngine(folder, signal),
    async alive() {
      const call = { method: 'GET', path: '/containers/json' } as const
      const found = await client.call<{ Names: string[] }[]>(call)
      return new Set(found.flatMap(({ Names }) => Names.map((one) => one.slice(1))))
    },
  }
}

/** A server that is a program of its own, on one data folder. */
async function aServer(engine: Engine, ...flags: string[]) {
  const data = aFolder()
  const args = ['--docker', `--containers-engine=${engine.url}`, ...ownPorts(), ...flags]
  let appId: string | undefined
  let kill = async (): Promise<void> => undefined
  onTestFinished(() => kill())
  return {
    async begin(): Promise<Cloud> {
      const program = await startProgram(data, [...args, '--limits-grace-seconds=1'])
      kill = program.kill
      const options = {
        serverURL: program.address,
        hathoraDevToken: readFileSync(join(data, 'token'), 'utf8').trim(),
      }
      const { appsV2 } = new HathoraCloud(options)
      appId ??= (await appsV2.createApp({ appName: 'arena', authConfiguration: {} })).appId
      return { cloud: new HathoraCloud({ ...options, appId }) }
    },
    kill: () => kill(),
  }
}

/** A few at a time, so that each has all its time to start. */
async function manyRunning(place: Cloud, count: number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const some = await Promise.all([1, 2, 3, 4, 5].map(() => running(place)))
    ids.push(...some.map(({ processId }) => processId))
  }
  return ids
}

async function statusesOf({ cloud }: Cloud, ids: readonly string[]): Promise<string[]> {
  const all = await Promise.all(ids.map((id) => cloud.processesV3.getProcess(id)))
  return all.map(({ status }) => status)
}

const linesOf = async ({ cloud }: Cloud, processId: string): Promise<string[]> =>
  (await textOf(await cloud.logsV1.downloadLogForProcess(processId))).split('\n').slice(1, -1)
