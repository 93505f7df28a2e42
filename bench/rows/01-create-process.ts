/** Row 1: a process accepted: answered once it is durable. The fake driver then "runs" it at once, which is not waited for. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { apiOf, authorization, createPath, region } from '../lib/api.ts'
import { startCreateFloor } from '../lib/floors.ts'
import type { RequestText } from '../lib/http-connection.ts'
import { load } from '../lib/load.ts'
import { startProduct } from '../lib/product.ts'
import { type Figures, alternately } from '../lib/rounds.ts'
import type { Line, Row, RowContext } from '../lib/row.ts'
import { tinyBuild } from '../lib/tiny-build.ts'

export const createProcess: Row = {
  number: 1,
  title: 'createProcess answered, durable',
  run: async (context) => linesOf(await measure(context)),
}

const clients = 64
const warmUpSeconds = 1
const seconds = 2

function measure(context: RowContext) {
  const build = tinyBuild(context.folder)
  return alternately(context, {
    floor: () => ofFloor(context, 'group'),
    each: () => ofFloor(context, 'each'),
    hatchery: () => ofHatchery(context, build),
  })
}

type Series = Awaited<ReturnType<typeof measure>>

function linesOf({ floor, each, hatchery }: Series): Line[] {
  const rate = hatchery.of('rate', '/s')
  const line = { held: 'ratio' as const, hatchery: rate }
  return [
    {
      ...{ operation: 'create, p50 alone', held: 'ratio', goal: { atMost: 2 } },
      ...{ floor: floor.of('p50Ms', 'ms'), hatchery: hatchery.of('p50Ms', 'ms') },
    },
    {
      ...{ ...line, operation: `create, rate at ${clients} clients` },
      ...{ floor: floor.of('rate', '/s'), goal: { atLeast: 0.5 } },
    },
    {
      ...{ ...line, operation: `create, rate at ${clients} clients, a commit per request` },
      ...{ floor: each.of('rate', '/s'), goal: { atLeast: 2 } },
    },
  ]
}

async function ofFloor({ folder }: RowContext, commits: 'group' | 'each'): Promise<Figures> {
  const own = mkdtempSync(join(folder, 'floor-'))
  await using floor = await startCreateFloor({ folder: own, commits })
  const request = {
    ...{ method: 'POST', path: '/', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ region }),
  }
  return await underLoad(floor.ready.port, request, own)
}

/** A fresh server each time: what earlier rounds have created must not count. */
async function ofHatchery({ folder }: RowContext, build: string): Promise<Figures> {
  const own = mkdtempSync(join(folder, 'hatchery-'))
  const data = join(own, 'data')
  await using product = await startProduct({ data, driver: 'fake' })
  const { appId } = await apiOf(product.ready).deploy({ name: 'bench', folder: build })
  const request = {
    method: 'POST',
    path: createPath(appId),
    headers: authorization(product.ready),
  }
  const figures = await underLoad(product.ready.port, request, own)
  await product.kill() // ending in order would first finish what is under way
  return figures
}

async function underLoad(port: number, request: RequestText, folder: string): Promise<Figures> {
  const wanted = { port, request, folder }
  await load({ ...wanted, connections: 8, seconds: warmUpSeconds })
  const alone = await load({ ...wanted, connections: 1, seconds })
  const together = await load({ ...wanted, connections: clients, seconds })
  return { p50Ms: alone.p50Ms, rate: together.rate, p99Ms: together.p99Ms }
}
