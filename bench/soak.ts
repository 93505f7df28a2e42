/**
 * `node bench/soak.ts --minutes 10`: 30 local processes created and stopped a second, while memory and descriptors of
 * server and launcher are looked at. Ends with 1 when they grow: what is held at the end against what is held early on.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { killGamesBelow } from './lib/games-end.ts'
import { gameBuild } from './lib/game-build.ts'
import { livesOf } from './lib/lives.ts'
import { type LocalProduct, openLocalProduct } from './lib/local-product.ts'
import { descriptorsOf, launcherOf, ownMemoryKb } from './lib/proc.ts'
import { median } from './lib/statistics.ts'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } })
const minutes = Number(values.minutes)
const perSecond = 30
const lookEveryMs = 2_000
/** What memory may grow by: the garbage that a collector leaves lying differs more than this from look to look. */
const mostGrowth = 1.1
const mostMoreDescriptors = 10

/** SQLite keeps pages of each of its two files, up to 16 MB: that fills up once and is no leak. */
const pageCachesKb = 2 * 16_000

interface Look {
  readonly memoryKb: number
  /** What JavaScript holds; of the launcher it is not known. */
  readonly heapKb: number
  readonly descriptors: number
}

const folder = mkdtempSync(join(tmpdir(), 'hatchery-soak-'))
process.once('exit', () => {
  killGamesBelow(folder)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})
process.exitCode = (await soak()) ? 0 : 1

async function soak(): Promise<boolean> {
  await using local = await openLocalProduct({
    ...{ folder, build: gameBuild(folder), nodeFlags: ['--expose-gc'] },
    flags: ['--ports-from=20000', '--ports-to=32000'],
  })
  const looks: Record<string, Look[]> = { server: [], launcher: [] }
  const pids = { server: local.product.pid, launcher: launcherOf(local.product.pid) }
  const end = performance.now() + minutes * 60_000
  const [lives] = await Promise.all([live(local, end), look(local, pids, looks, end)])
  console.log(`${lives} processes lived and ended in ${minutes} min`)
  return Object.entries(looks).map(verdict).every(Boolean)
}

/** As many as are due, each on a connection of its own turn; answers how many there were. */
async function live(local: LocalProduct, end: number): Promise<number> {
  const lives = livesOf(local.product, local.game.appId)
  const connections = await Promise.all(Array.from({ length: perSecond }, () => lives.connect()))
  const counts = await Promise.all(
    connections.map(async (connection, at) => {
      await sleep((at * 1_000) / perSecond)
      let lived = 0
      while (performance.now() < end) {
        const began = performance.now()
        await lives.live(connection)
        lived += 1
        await sleep(Math.max(0, 1_000 - (performance.now() - began)))
      }
      connection.close()
      return lived
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

async function look(
  { product }: LocalProduct,
  pids: Readonly<Record<string, number>>,
  looks: Readonly<Record<string, Look[]>>,
  end: number,
): Promise<void> {
  while (performance.now() < end) {
    await sleep(lookEveryMs)
    const held = await product.ask<number>('collect')
    for (const [name, pid] of Object.entries(pids)) {
      const heapKb = name === 'server' ? held : 0
      looks[name]?.push({ memoryKb: ownMemoryKb(pid), heapKb, descriptors: descriptorsOf(pid) })
    }
  }
}

/** The second sixth, when everything is warm, against the last one. */
function verdict([name, looks]: [string, Look[]]): boolean {
  const sixth = Math.floor(looks.length / 6)
  const early = looks.slice(sixth, 2 * sixth)
  const late = looks.slice(-sixth)
  const of = (part: readonly Look[], what: keyof Look) => median(part.map((one) => one[what]))
  const memory = [of(early, 'memoryKb'), of(late, 'memoryKb')] as const
  const descriptors = [of(early, 'descriptors'), of(late, 'descriptors')] as const
  const heap = [of(early, 'heapKb'), of(late, 'heapKb')] as const
  const caches = name === 'server' ? pageCachesKb : 0
  const isFlat =
    heap[1] <= heap[0] * mostGrowth &&
    memory[1] <= memory[0] * mostGrowth + caches &&
    descriptors[1] <= descriptors[0] + mostMoreDescriptors
  const text = (what: string, [before, after]: readonly [number, number]): string =>
    `${what} ${Math.round(before)} -> ${Math.round(after)}`
  console.log(
    `${name}: ${text('KB', memory)}, ${text('KB of it JavaScript', heap)}, ${text('descriptors', descriptors)}: ${isFlat ? 'flat' : 'GROWS'}`,
  )
  return isFlat
}
