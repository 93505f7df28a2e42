/** Docker drivers over the shared engine, each place with an installation of its own. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Driver, ProcessSpec } from '../../../src/domain/driver.ts'
import {
  type NetworkMode,
  containerName,
  labels,
} from '../../../src/drivers/docker/container-spec.ts'
import { outputOf } from '../../../src/drivers/docker/exec.ts'
import { framesOf } from '../../../src/drivers/docker/frames.ts'
import { copyDirectly } from '../../../src/drivers/docker/image-copy.ts'
import { createDockerDriver } from '../../../src/drivers/docker/index.ts'
import type { Inspected } from '../../../src/drivers/docker/observe.ts'
import { type SpecWish, aSpec } from '../../drivers/support/a-spec.ts'
import { freePort } from '../../drivers/support/free-port.ts'
import { clear } from '../../drivers/support/local-place.ts'
import { until } from '../../drivers/support/until.ts'
import { type SharedEngine, sharedEngine } from './shared-engine.ts'

export interface DockerPlace {
  readonly engine: SharedEngine
  readonly installationId: string
  driver(): Driver
  restart(between?: () => Promise<void>): Promise<Driver>
  /** A driver of another installation on the engine, closed with the place. */
  stranger(): Driver
  /** A spec with a port that nobody holds. */
  spec(wish?: Partial<SpecWish>): Promise<ProcessSpec>
  endOutside(spec: ProcessSpec, code: number): Promise<void>
  killOutside(spec: ProcessSpec): Promise<void>
  timesStarted(spec: ProcessSpec): Promise<number>
  leftBehind(spec: ProcessSpec): Promise<string[]>
  logOf(spec: ProcessSpec): string
  close(): Promise<void>
}

/** On the shared engine unless another one is given. */
export async function aDockerPlace(
  network: NetworkMode,
  given?: SharedEngine,
): Promise<DockerPlace> {
  const engine = given ?? (await sharedEngine())
  const root = mkdtempSync(join(tmpdir(), 'hatchery-docker-'))
  const installationId = randomUUID()
  const open = (id: string): Driver =>
    createDockerDriver({
      ...{ engine: engine.client, installationId: id, network, readOnlyRoot: false },
      engineAt: () => undefined,
      copyImage: copyDirectly,
      folder: join(root, id),
      logFileOf: (processId) => join(root, `${processId}.log`),
      log: { warn: () => undefined },
    })
  let driver = open(installationId)
  const others: Driver[] = []

  return {
    engine,
    installationId,
    driver: () => driver,
    async restart(between) {
      await driver.close()
      await between?.()
      driver = open(installationId)
      return driver
    },
    stranger() {
      const other = open(randomUUID())
      others.push(other)
      return other
    },
    async spec(wish = {}) {
      const port = await freePort()
      const spec = aSpec({ port, memoryMb: 64, installationId, ...wish })
      const bound = network === 'bridge' ? { PORT: '7777' } : {}
      return {
        ...spec,
        env: { ...spec.env, ...bound },
        artifact: { kind: 'image', contentHash: engine.image, engine: engine.url },
      }
    },
    async endOutside(spec, code) {
      const script = `open F, ">/exit-now"; print F ${code}`
      const name = containerName(spec.processId)
      await outputOf(engine.client, name, ['/usr/bin/perl', '-e', script])
      await untilEnded(engine, name)
    },
    async killOutside(spec) {
      const name = containerName(spec.processId)
      await engine.client.call({ method: 'POST', path: `/containers/${name}/kill` })
      await untilEnded(engine, name)
    },
    async timesStarted({ processId }) {
      const answer = await engine.client.stream({
        ...{ method: 'GET', path: `/containers/${containerName(processId)}/logs` },
        query: { stdout: '1' },
      })
      let text = ''
      for await (const { bytes } of framesOf(answer)) text += bytes.toString('latin1')
      return text.split('started\n').length - 1
    },
    async leftBehind({ processId }) {
      const filters = JSON.stringify({ label: [`${labels.process}=${processId}`] })
      const containers = await engine.client.call<{ Names: string[] }[]>({
        ...{ method: 'GET', path: '/containers/json', query: { all: '1', filters } },
      })
      const files = readdirSync(join(root, installationId))
      return [
        ...containers.flatMap(({ Names }) => Names),
        ...files.filter((name) => name.startsWith(processId)),
      ]
    },
    logOf: ({ processId }) => readFileSync(join(root, `${processId}.log`), 'utf8'),
    async close() {
      await clear(driver).finally(() =>
        Promise.all([driver, ...others].map((each) => each.close())),
      )
      engine.client.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

const untilEnded = ({ client }: SharedEngine, name: string): Promise<boolean> =>
  until('it has ended', async () => {
    const path = `/containers/${name}/json`
    const { State } = await client.call<Inspected>({ method: 'GET', path })
    return State.Status === 'exited'
  })
