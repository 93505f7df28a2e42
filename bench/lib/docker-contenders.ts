/** A container's life from creation to end, ours and the floor's, one after the other and eight at a time. */
import { join } from 'node:path'
import type { NetworkMode } from '../../packages/server/src/drivers/docker/container-spec.ts'
import { type DockerFloor, openDockerFloor } from '../references/docker-client.ts'
import { openEngine } from './docker-engine.ts'
import { type DockerProduct, openDockerProduct } from './docker-product.ts'
import { type Series, alternately } from './rounds.ts'
import type { RowContext } from './row.ts'
import { quantile } from './statistics.ts'

const oneByOne = 10
const together = 24
const atOnce = 8
const warmUps = 2

/** Figures of each: `p50`, `p90`, `stop` in ms; `rate` of whole lives in a second. */
export async function dockerLives(
  context: RowContext,
  network: NetworkMode,
): Promise<Record<'floor' | 'hatchery', Series>> {
  await using engine = await openEngine(context.folder)
  const folder = join(context.folder, 'product')
  await using product = await openDockerProduct({ engine, network, folder })
  const floor = openDockerFloor(engine.url, product.image)
  const series = await alternately(context, {
    floor: () => figuresOf(() => floorLife(floor, network)),
    hatchery: () => ofProduct(product),
  })
  floor.close()
  return series
}

interface Life {
  readonly startMs: number
  readonly stopMs: number
}

async function floorLife(floor: DockerFloor, network: NetworkMode): Promise<Life> {
  const { id, startMs } = await floor.start(network)
  const stopMs = await floor.stop(id)
  await floor.remove(id)
  return { startMs, stopMs }
}

async function ofProduct(product: DockerProduct) {
  const free = await Promise.all(Array.from({ length: atOnce }, product.connect))
  const connections = [...free]
  const figures = await figuresOf(async () => {
    const connection = free.pop()
    if (connection === undefined) throw new Error('more lives at once than connections')
    const life = await product.live(connection)
    free.push(connection)
    return life
  }, product.settled)
  for (const connection of connections) connection.close()
  return figures
}

/** `settled`: until nothing of the lives before is left to do. */
async function figuresOf(
  live: () => Promise<Life>,
  settled: () => Promise<unknown> = () => Promise.resolve(),
) {
  const lives: Life[] = []
  for (let i = 0; i < oneByOne + warmUps; i += 1) {
    const life = await live()
    await settled()
    if (i >= warmUps) lives.push(life)
  }
  const starts = lives.map(({ startMs }) => startMs)
  const stop = quantile(
    lives.map(({ stopMs }) => stopMs),
    0.5,
  )
  return {
    p50: quantile(starts, 0.5),
    p90: quantile(starts, 0.9),
    stop,
    rate: await rateOf(live, settled),
  }
}

async function rateOf(live: () => Promise<Life>, settled: () => Promise<unknown>): Promise<number> {
  let left = together
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await live()
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: atOnce }, worker))
  await settled()
  return (together * 1_000) / (performance.now() - began)
}
