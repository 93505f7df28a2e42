/** Row 13: an hour of a process' metrics, a point a minute, while 1,000 processes are recorded. */
import { join } from 'node:path'
import { openMetricStore } from '../../packages/server/src/stores/metrics.ts'
import { apiOf, authorization } from '../lib/api.ts'
import { type Child, startChild } from '../lib/child.ts'
import type { Listening } from '../lib/floors.ts'
import { load } from '../lib/load.ts'
import { startProduct } from '../lib/product.ts'
import { type Figures, alternately } from '../lib/rounds.ts'
import type { Row, RowContext } from '../lib/row.ts'
import { tinyBuild } from '../lib/tiny-build.ts'

const processes = 1_000
const hourMs = 3_600_000
const everyMs = 5_000
const seconds = 2

export const metrics: Row = {
  number: 13,
  title: 'metrics of an hour',
  async run(context) {
    const data = join(context.folder, 'data')
    const game = await oneProcess(context, data)
    context.say('recording an hour of metrics')
    await seed(data, game.processId)
    await using floor = await startChild<Listening>({
      entry: new URL('../references/metrics-server.ts', import.meta.url),
    })
    await using product = await startProduct({ data, driver: 'fake' })
    const path = `/processes/v3/apps/${game.appId}/processes/process/${game.processId}/metrics`
    const series = await alternately(context, {
      floor: () => rateOf(context, floor, { path: '/' }),
      hatchery: () => rateOf(context, product, { path, headers: authorization(product.ready) }),
    })
    return [
      {
        ...{ operation: 'metrics, 1 h at 60 s', held: 'ratio', goal: { atLeast: 0.6 } },
        floor: series.floor.of('rate', '/s'),
        hatchery: series.hatchery.of('rate', '/s'),
      },
    ]
  },
}

async function oneProcess({ folder }: RowContext, data: string) {
  await using product = await startProduct({ data, driver: 'fake' })
  const api = apiOf(product.ready)
  const { appId } = await api.deploy({ name: 'bench', folder: tinyBuild(folder) })
  return { appId, processId: await api.create(appId) }
}

/** Through the store itself, as the sampler does. */
async function seed(data: string, processId: string): Promise<void> {
  const store = await openMetricStore({ file: join(data, 'metrics.db') })
  const ids = [processId, ...Array.from({ length: processes - 1 }, (_, n) => `other-${n}`)]
  const now = Date.now()
  for (let at = now - hourMs; at < now; at += everyMs) {
    store.write(
      ids.map((id, n) => ({
        ...{ processId: id, at, cpu: 0.25 + (n % 4), memory: 100_000_000 + n },
        ...{ rateEgress: 1_000 + n, totalEgress: at - now + hourMs, activeConnections: n % 8 },
      })),
    )
  }
  store.close()
}

async function rateOf(
  { folder }: RowContext,
  server: Child<Listening>,
  request: { path: string; headers?: Readonly<Record<string, string>> },
): Promise<Figures> {
  const { port } = server.ready
  const { rate } = await load({
    ...{ port, request: { method: 'GET', ...request }, connections: 16, seconds, folder },
  })
  return { rate }
}
