/** Row 14, in containers: one measurement of each by the driver; against a bare client that asks the engine for each. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { copyDirectly } from '../../packages/server/src/drivers/docker/image-copy.ts'
import { createEngineClient } from '../../packages/server/src/drivers/docker/engine-client.ts'
import {
  type DockerDriver,
  createDockerDriver,
} from '../../packages/server/src/drivers/docker/index.ts'
import { type BenchEngine, openEngine } from '../lib/docker-engine.ts'
import { imageOf } from '../lib/docker-image.ts'
import { specOf } from '../lib/game-spec.ts'
import { alternately } from '../lib/rounds.ts'
import type { Row, RowContext } from '../lib/row.ts'
import { median } from '../lib/statistics.ts'
import { type DockerFloor, openDockerFloor } from '../references/docker-client.ts'
import { createPorts } from '../references/game-ports.ts'

const containers = 20
const sweeps = 10

export const dockerSampling: Row = {
  number: 14,
  title: 'sampling of containers',
  async run(context) {
    await using engine = await openEngine(context.folder)
    const image = await imageOf(engine)
    const client = createEngineClient({ url: engine.url })
    const driver = openDriver(context, client)
    const bare = openDockerFloor(engine.url, image)
    context.say(`starting ${containers} containers`)
    const ids = await startAll(driver, engine, image)
    const { floor, hatchery } = await alternately(context, {
      floor: async () => ({ sweepMs: await sweep(() => askEach(bare, ids)) }),
      hatchery: async () => ({ sweepMs: await sweep(() => measure(driver, ids)) }),
    })
    bare.close()
    await driver.close()
    client.close()
    return [
      {
        ...{ operation: `one measurement of ${containers} containers`, held: 'ratio' },
        ...{ floor: floor.of('sweepMs', 'ms'), hatchery: hatchery.of('sweepMs', 'ms') },
        goal: { atMost: 1 },
      },
    ]
  },
}

function openDriver(
  { folder }: RowContext,
  engine: ReturnType<typeof createEngineClient>,
): DockerDriver {
  return createDockerDriver({
    ...{ engine, installationId: 'bench', network: 'bridge', readOnlyRoot: false },
    engineAt: () => undefined,
    copyImage: copyDirectly,
    folder: join(folder, 'containers'),
    logFileOf: (processId) => join(folder, `${processId}.log`),
    log: { warn: () => undefined },
  })
}

async function startAll(
  driver: DockerDriver,
  { url }: BenchEngine,
  image: string,
): Promise<string[]> {
  const nextPort = createPorts()
  const ids: string[] = []
  for (let made = 0; made < containers; made += 1) {
    const artifact = { kind: 'image', contentHash: image, engine: url } as const
    const spec = { ...specOf(randomUUID(), nextPort()), artifact }
    await driver.start(spec, new AbortController().signal)
    ids.push(spec.processId)
  }
  return ids
}

async function measure(driver: DockerDriver, ids: readonly string[]): Promise<void> {
  const usages = await driver.usage.usage(ids)
  if (usages.length !== ids.length) throw new Error(`${usages.length} of ${ids.length} measured`)
}

/** All at once: more than eight calls wait in the client. */
const askEach = async (bare: DockerFloor, ids: readonly string[]): Promise<void> =>
  void (await Promise.all(ids.map((id) => bare.stats(`hatchery-${id}`))))

/** The ms of one, the median of some. */
async function sweep(once: () => Promise<void>): Promise<number> {
  const took: number[] = []
  for (let time = 0; time < sweeps; time += 1) {
    const began = performance.now()
    await once()
    took.push(performance.now() - began)
    await sleep(20)
  }
  return median(took)
}
