/**
 * Names the Docker engine of this run of the tests, which the first test that needs it starts; ends it with the run, which
 * fails when something of a test still runs there.
 */
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { createEngineClient } from '../../../src/drivers/docker/engine-client.ts'
import { abandonedEngines, removeEngine, socketIn } from './engine-process.ts'
import { isRemoteEngine, removeRemoteEngine } from './remote-engine.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where engines of this run may have folders: names begin with this path. */
    readonly engineFolder: string
  }
}

export default function setUp({ provide }: TestProject): () => Promise<void> {
  const folder = join(tmpdir(), `hatchery-engine-${process.pid}-shared`)
  provide('engineFolder', folder)
  return async () => {
    const left = existsSync(join(folder, 'ready')) ? await leftOn(socketIn(folder)) : []
    if (existsSync(folder)) await removeEngine(folder)
    if (process.getuid?.() === 0) await Promise.all(abandonedEngines(tmpdir()).map(remove))
    if (left.length > 0) throw new Error(`tests left on the Docker engine: ${left.join(', ')}`)
  }
}

const networksOfEngine = new Set(['bridge', 'host', 'none'])

/** What runs, networks and volumes. An ended container is not counted: the next server of its installation removes it. */
async function leftOn(url: string): Promise<string[]> {
  const client = createEngineClient({ url })
  const ask = <T>(path: string): Promise<T> => client.call<T>({ method: 'GET', path })
  try {
    const containers = await ask<{ Names: string[] }[]>('/containers/json')
    const networks = await ask<{ Name: string }[]>('/networks')
    const { Volumes: volumes } = await ask<{ Volumes: { Name: string }[] | null }>('/volumes')
    return [
      ...containers.map(({ Names }) => `container ${Names.join(' ')}`),
      ...networks.flatMap(({ Name }) => (networksOfEngine.has(Name) ? [] : [`network ${Name}`])),
      ...(volumes ?? []).map(({ Name }) => `volume ${Name}`),
    ]
  } finally {
    client.close()
  }
}

const remove = (folder: string): Promise<void> =>
  isRemoteEngine(folder) ? removeRemoteEngine(folder) : removeEngine(folder)
