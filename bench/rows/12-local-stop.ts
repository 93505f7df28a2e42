/** Row 12: from the request to stop to the recorded end of a local process that obeys; and many at once. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { apiOf, authorization, region } from '../lib/api.ts'
import { type Child, startChild } from '../lib/child.ts'
import { requireRoot } from '../lib/commands.ts'
import { startCreateFloor } from '../lib/floors.ts'
import { gameBuild } from '../lib/game-build.ts'
import { type HttpConnection, openConnection, requestText } from '../lib/http-connection.ts'
import { load } from '../lib/load.ts'
import { type LocalProduct, openLocalProduct } from '../lib/local-product.ts'
import { monotonicMs, onProcessChange } from '../lib/product.ts'
import { type Figures, alternately } from '../lib/rounds.ts'
import type { Row, RowContext } from '../lib/row.ts'
import { median } from '../lib/statistics.ts'
import type { KillLoopOptions } from '../references/kill-loop.ts'

const times = 100
const connections = 16

export const localStop: Row = {
  number: 12,
  title: 'stop → recorded end, local',
  async run(context) {
    requireRoot()
    const build = gameBuild(context.folder)
    await using local = await openLocalProduct({ folder: context.folder, build })
    await using loop = await startKillLoop({ program: build.program, children: context.alive })
    const { floor, hatchery } = await alternately(context, {
      floor: () => ofFloor(context, loop),
      hatchery: () => ofHatchery(context, local),
    })
    const beyond = hatchery.of('oneMs', 'ms').value - floor.of('oneMs', 'ms').value
    const commit = floor.of('commitMs', 'ms')
    return [
      {
        ...{ operation: 'stop → recorded end, p50, beyond a kill', held: 'value' },
        ...{ floor: floor.of('oneMs', 'ms'), hatchery: { value: beyond, unit: 'ms' } },
        goal: { atMost: Number((commit.value + 1).toFixed(2)) },
        note: `of ${hatchery.of('oneMs', 'ms').value.toFixed(2)} ms; a durable answer takes ${commit.value.toFixed(2)} ms`,
      },
      {
        ...{ operation: `${context.alive} stops at once, until all are recorded`, held: 'ratio' },
        ...{ floor: floor.of('allMs', 'ms'), hatchery: hatchery.of('allMs', 'ms') },
        goal: { atMost: 3 },
      },
    ]
  },
}

const startKillLoop = (argument: KillLoopOptions) =>
  startChild<object>({ entry: new URL('../references/kill-loop.ts', import.meta.url), argument })

/** The kill, and beside it what one durable answer takes. */
async function ofFloor({ folder }: RowContext, loop: Child<object>): Promise<Figures> {
  const own = mkdtempSync(join(folder, 'floor-'))
  await using floor = await startCreateFloor({ folder: own, commits: 'group' })
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', path: '/', headers, body: JSON.stringify({ region }) }
  const wanted = { port: floor.ready.port, request, folder: own }
  const { p50Ms } = await load({ ...wanted, connections: 1, seconds: 1 })
  return { oneMs: await loop.ask('one'), allMs: await loop.ask('all'), commitMs: p50Ms }
}

async function ofHatchery({ alive }: RowContext, local: LocalProduct): Promise<Figures> {
  const stops = await stopsOf(local)
  const took: number[] = []
  for (let time = 0; time < times; time += 1) {
    const [processId = ''] = await stops.create(1)
    took.push(await stops.stop([processId]))
  }
  const allMs = await stops.stop(await stops.create(alive))
  stops.close()
  return { oneMs: median(took), allMs }
}

interface Stops {
  /** Answers ids of processes that run. */
  create(count: number): Promise<string[]>
  /** Asks all of them to stop; answers the ms until the last end was recorded. */
  stop(processIds: readonly string[]): Promise<number>
  close(): void
}

async function stopsOf({ product, game: { appId } }: LocalProduct): Promise<Stops> {
  const api = apiOf(product.ready)
  const headers = authorization(product.ready)
  const opened = await Promise.all(
    Array.from({ length: connections }, () => openConnection(product.ready.port)),
  )
  let waiting = new Set<string>()
  let lastAt = 0
  let done: (() => void) | undefined
  onProcessChange(product, ({ processId, event, atMs }) => {
    if (event !== 'process.stopped' || !waiting.delete(processId)) return
    lastAt = atMs
    if (waiting.size === 0) done?.()
  })
  const askAll = async (ids: readonly string[]): Promise<void> => {
    const left = [...ids]
    const worker = async (connection: HttpConnection): Promise<void> => {
      for (let id = left.pop(); id !== undefined; id = left.pop()) {
        const path = `/processes/v3/apps/${appId}/processes/${id}/stop`
        await connection.send(requestText({ method: 'POST', path, headers }))
      }
    }
    await Promise.all(opened.map(worker))
  }
  return {
    async create(count) {
      const made: string[] = []
      for (let left = count; left > 0; left -= connections) {
        const batch = Array.from({ length: Math.min(left, connections) }, () => api.create(appId))
        made.push(...(await Promise.all(batch)))
      }
      await api.untilCount(appId, '?status=running', count)
      return made
    },
    async stop(processIds) {
      waiting = new Set(processIds)
      const ended = new Promise<void>((resolve) => (done = resolve))
      const began = monotonicMs()
      await askAll(processIds)
      await ended
      return lastAt - began
    },
    close: () => opened.forEach((connection) => connection.close()),
  }
}
