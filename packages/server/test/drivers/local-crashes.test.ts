import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Driver, ProcessSpec, RunningObservation } from '../../src/domain/driver.ts'
import { killIfThere } from '../support/kill-if-there.ts'
import { type LocalPlace, aLocalPlace } from './support/local-place.ts'
import { type RemoteDriver, remoteDriver } from './support/remote-driver.ts'
import { pidsWith } from './support/traces.ts'
import { until } from './support/until.ts'

describe('crashes around local processes', () => {
  let place: LocalPlace
  beforeAll(async () => {
    place = await aLocalPlace()
  })
  afterAll(() => place.close())

  const bound = (driver: Driver, spec: ProcessSpec): Promise<RunningObservation> =>
    until('bound', async () => {
      const now = await driver.observe(spec.processId)
      if (now.state === 'ended') throw new Error(`it ended: ${JSON.stringify(now.exit)}`)
      return now.state === 'running' && now.boundAt !== null && now
    })

  const aRemote = (): RemoteDriver => {
    const remote = remoteDriver({ dataFolder: place.dataFolder })
    onTestFinished(() => remote.close())
    return remote
  }

  const startedTimes = (spec: ProcessSpec): number =>
    readFileSync(place.work(spec, 'started'), 'utf8').split('\n').length - 1

  test('a killed launcher is started anew and goes on watching', async () => {
    const told: string[] = []
    place.driver().watch((processId) => told.push(processId))
    const spec = await place.start()
    await bound(place.driver(), spec)
    for (const pid of launchersOf(process.pid)) killIfThere(pid)
    expect(await place.driver().observe(spec.processId)).toMatchObject({ state: 'running' })

    const next = await until('a start succeeds again', () => place.start().catch(() => undefined))
    await bound(place.driver(), next)
    told.length = 0
    await place.driver().signal(spec.processId, 'terminate')
    await until('told of the end', () => told.includes(spec.processId))
  })

  test('a process outlives a killed server, and the next server finds it', async () => {
    const first = aRemote()
    const spec = await place.spec()
    await first.start(spec, new AbortController().signal)
    await bound(first, spec)
    await first.crash()
    await until('its launcher is gone too', () => launchersOf(first.pid).length === 0)

    const second = aRemote()
    expect(await second.observe(spec.processId)).toMatchObject({ state: 'running', spec })
    await second.start(spec, new AbortController().signal)
    expect(startedTimes(spec)).toBe(1)
    await second.signal(spec.processId, 'terminate')
    await until('ended', async () => (await second.observe(spec.processId)).state === 'ended')
  })

  test('a port bound while no server was there is found by looking', async () => {
    const first = aRemote()
    const spec = await place.spec({ command: 'sleep 0.7; exec "$HATCHERY_NODE" game.mjs' })
    await first.start(spec, new AbortController().signal)
    await first.crash()
    await until('it says that it runs', () => place.logOf(spec).includes('started'))
    expect((await bound(aRemote(), spec)).boundAt).toBeGreaterThan(spec.createdAt)
  })

  // A server killed at ever later moments of a start: whatever it had done, asking again starts it once.
  test.for([0, 1, 2, 3, 5, 8, 12, 20, 35])(
    'a start whose server is killed after %i ms can be repeated and runs once',
    async (afterMs) => {
      const first = aRemote()
      await first.capabilities()
      const spec = await place.spec()
      const started = first.start(spec, new AbortController().signal).catch(() => undefined)
      await sleep(afterMs)
      await first.crash()
      await started

      const retry = await place.spec({ processId: spec.processId })
      await until('the start is accepted', () =>
        place
          .driver()
          .start(retry, new AbortController().signal)
          .then(() => true)
          .catch(() => false),
      )
      const now = await bound(place.driver(), spec)
      expect([spec.ports, retry.ports]).toContainEqual(now.spec.ports)
      expect(startedTimes(spec)).toBe(1)
      expect(pidsWith(spec.processId)).toHaveLength(1)
    },
  )

  test('two servers that start one id at once run it once', async () => {
    const rival = place.another()
    await rival.capabilities()
    for (let round = 0; round < 5; round += 1) {
      const spec = await place.spec()
      const start = (driver: Driver) =>
        driver.start(spec, new AbortController().signal).catch(() => undefined)
      await Promise.all([start(place.driver()), start(rival), start(place.driver()), start(rival)])
      await bound(place.driver(), spec)
      expect(startedTimes(spec)).toBe(1)
      expect(pidsWith(spec.processId)).toHaveLength(1)
    }
  })
})

/** Pids of the launchers that a program has for children. */
const launchersOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const [stat, line] = ['stat', 'cmdline'].map((file) => readOrEmpty(`/proc/${pid}/${file}`))
      const fields = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ')
      return Number(fields[1]) === parent && (line ?? '').includes('launcher/main')
    })

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
