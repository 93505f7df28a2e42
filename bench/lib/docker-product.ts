/** The product with a Docker engine as its only node, and the smallest game deployed as an image there. */
import { mkdirSync } from 'node:fs'
import { createEngineClient } from '../../packages/server/src/drivers/docker/engine-client.ts'
import type { NetworkMode } from '../../packages/server/src/drivers/docker/container-spec.ts'
import { apiOf, authorization, createPath } from './api.ts'
import type { BenchEngine } from './docker-engine.ts'
import { type HttpConnection, openConnection, requestText } from './http-connection.ts'
import { changesOf } from './lives.ts'
import { monotonicMs, startProduct } from './product.ts'

export interface DockerLife {
  /** From the request until it was recorded as running. */
  readonly startMs: number
  /** From the request to stop until its end was recorded. */
  readonly stopMs: number
}

export interface DockerProduct extends AsyncDisposable {
  /** Id of the game's image without `sha256:`. */
  readonly image: string
  /** Creates a process, waits until it runs, stops it and waits until that is recorded. */
  live(connection: HttpConnection): Promise<DockerLife>
  connect(): Promise<HttpConnection>
  /** Resolves when nothing is left to do: what ended is removed, too. */
  settled(): Promise<unknown>
}

export interface DockerProductOptions {
  readonly engine: BenchEngine
  readonly network: NetworkMode
  readonly folder: string
  readonly flags?: readonly string[]
}

export async function openDockerProduct(options: DockerProductOptions): Promise<DockerProduct> {
  const { engine, network, folder, flags = [] } = options
  mkdirSync(folder, { recursive: true })
  const node = `--nodes=engine docker=${engine.url} network=${network} ports=20000-29999`
  const product = await startProduct({
    ...{ data: `${folder}/data`, driver: 'local', tellsChanges: true },
    flags: [node, ...flags],
  })
  const { appId } = await apiOf(product.ready).deploy({
    ...{ name: 'bench', folder: engine.build },
    // Others on this machine may have the usual number.
    containerPort: 7,
  })
  const headers = authorization(product.ready)
  const until = changesOf(product)
  const create = requestText({ method: 'POST', path: createPath(appId), headers })
  const stop = (processId: string): string => {
    const path = `/processes/v3/apps/${appId}/processes/${processId}/stop`
    return requestText({ method: 'POST', path, headers })
  }
  return {
    image: await imageOn(engine),
    connect: () => openConnection(product.ready.port),
    settled: () => product.ask('settled'),
    async live(connection) {
      const asked = monotonicMs()
      const { body } = await connection.send(create)
      const { processId } = JSON.parse(body) as { processId: string }
      const startMs = (await until(processId, 'process.running')) - asked
      const askedToStop = monotonicMs()
      await connection.send(stop(processId))
      return { startMs, stopMs: (await until(processId, 'process.stopped')) - askedToStop }
    },
    [Symbol.asyncDispose]: () => product.stop(),
  }
}

/** The only one there. */
async function imageOn({ url }: BenchEngine): Promise<string> {
  const client = createEngineClient({ url })
  const images = await client.call<{ Id: string }[]>({ method: 'GET', path: '/images/json' })
  client.close()
  return images[0]?.Id.replace('sha256:', '') ?? ''
}
