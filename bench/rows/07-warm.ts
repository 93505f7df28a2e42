/** Row 7: from the request to the recorded `startedAt` of a process that takes a warm container; the floor unpauses one. */
import { join } from 'node:path'
import { region } from '../lib/api.ts'
import { openEngine } from '../lib/docker-engine.ts'
import { type DockerProduct, openDockerProduct } from '../lib/docker-product.ts'
import { type Figures, alternately } from '../lib/rounds.ts'
import type { Row } from '../lib/row.ts'
import { quantile } from '../lib/statistics.ts'
import { type DockerFloor, openDockerFloor } from '../references/docker-client.ts'

const times = 10

export const warm: Row = {
  number: 7,
  title: 'a warm container handed out',
  async run(context) {
    await using engine = await openEngine(context.folder)
    await using product = await openDockerProduct({
      ...{ engine, network: 'bridge', folder: join(context.folder, 'product') },
      flags: [`--containers-warm-processes=${region}=1`],
    })
    const bare = openDockerFloor(engine.url, product.image)
    const { id } = await bare.start('bridge')
    const { floor, hatchery } = await alternately(context, {
      floor: () => ofFloor(bare, id),
      hatchery: () => ofProduct(product),
    })
    bare.close()
    return [
      {
        ...{ operation: 'a warm container handed out, p50', held: 'ratio' },
        ...{ floor: floor.of('p50', 'ms'), hatchery: hatchery.of('p50', 'ms') },
        goal: { atMost: 1.5 },
        note: `p90 ${hatchery.of('p90', 'ms').value.toFixed(0)} ms, the floor's ${floor.of('p90', 'ms').value.toFixed(0)}`,
      },
    ]
  },
}

async function ofFloor(bare: DockerFloor, id: string): Promise<Figures> {
  const took: number[] = []
  for (let time = 0; time < times; time += 1) {
    await bare.pause(id)
    const began = performance.now()
    await bare.unpause(id)
    took.push(performance.now() - began)
  }
  return { p50: quantile(took, 0.5), p90: quantile(took, 0.9) }
}

/** One after the other, each once the next one waits and nothing else is under way. */
async function ofProduct(product: DockerProduct): Promise<Figures> {
  const connection = await product.connect()
  const took: number[] = []
  for (let time = 0; time < times; time += 1) {
    await product.settled()
    took.push((await product.live(connection)).startMs)
  }
  connection.close()
  return { p50: quantile(took, 0.5), p90: quantile(took, 0.9) }
}
