/** Row 2: from the request to the recorded `startedAt` of a local process: one after the other, alone on the server. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { requireRoot } from '../lib/commands.ts'
import { gameBuild } from '../lib/game-build.ts'
import { type Lives, livesOf } from '../lib/lives.ts'
import { openLocalFloor } from '../lib/local-floor.ts'
import { openLocalProduct } from '../lib/local-product.ts'
import type { LoopFigures } from '../lib/product.ts'
import { type Figures, type Series, alternately } from '../lib/rounds.ts'
import type { Line, Row, RowContext } from '../lib/row.ts'
import { quantile } from '../lib/statistics.ts'

export const localStart: Row = {
  number: 2,
  title: 'create to startedAt, local',
  async run(context) {
    requireRoot()
    const build = gameBuild(context.folder)
    const folder = (name: string): string => mkdtempSync(join(context.folder, `${name}-`))
    await using floor = await openLocalFloor({ folder: folder('floor'), program: build.program })
    await using plain = await openLocalProduct({ folder: folder('plain'), build })
    await using heavy = await openLocalProduct({ folder: folder('heavy'), build, ballastMb: 1024 })
    const plainLives = livesOf(plain.product, plain.game.appId)
    const heavyLives = livesOf(heavy.product, heavy.game.appId)
    for (const watched of [floor, plain.product]) await watched.ask('watch loop')
    const series = await alternately(context, {
      floor: () => oneByOne(startsPerRound, floor.live),
      hatchery: () => livesIn(plainLives),
      heavy: () => livesIn(heavyLives),
    })
    const loops = {
      floor: await floor.ask<LoopFigures>('loop'),
      hatchery: await plain.product.ask<LoopFigures>('loop'),
    }
    return [...startLines(series), blockLine(loops, context)]
  },
}

const startsPerRound = 200
const warmUps = 5

function startLines({
  floor,
  hatchery,
  heavy,
}: Record<'floor' | 'hatchery' | 'heavy', Series>): Line[] {
  const p50 = hatchery.of('p50', 'ms')
  return [
    {
      ...{ operation: 'create → startedAt, local, p50', held: 'ratio', goal: { atMost: 1.5 } },
      ...{ floor: floor.of('p50', 'ms'), hatchery: p50 },
    },
    {
      ...{ operation: 'create → startedAt, p99 against its p50', held: 'ratio' },
      ...{ floor: p50, hatchery: hatchery.of('p99', 'ms'), goal: { atMost: 5 } },
      note: `floor's p99 ${floor.of('p99', 'ms').value.toFixed(1)} ms`,
    },
    {
      ...{ operation: 'create → startedAt, p50 with 1 GB in the server', held: 'ratio' },
      ...{ floor: p50, hatchery: heavy.of('p50', 'ms'), goal: { atMost: 1.3 } },
    },
  ]
}

/** The floor starts games itself and commits too: what its loop does at worst is the machine's part. */
function blockLine(
  { floor, hatchery }: Record<'floor' | 'hatchery', LoopFigures>,
  { rounds }: RowContext,
): Line {
  return {
    operation: `longest block of the event loop in ${rounds * startsPerRound} starts`,
    ...{ held: 'value', goal: { atMost: 3 } },
    floor: { value: floor.longestMs, unit: 'ms' },
    hatchery: { value: hatchery.longestMs, unit: 'ms' },
    note: `${hatchery.longestWithWaitingMs.toFixed(1)} ms with waiting for a core`,
  }
}

async function livesIn(lives: Lives): Promise<Figures> {
  const connection = await lives.connect()
  const figures = await oneByOne(startsPerRound, () => lives.live(connection))
  connection.close()
  return figures
}

async function oneByOne(count: number, live: () => Promise<number>): Promise<Figures> {
  const taken: number[] = []
  for (let i = 0; i < warmUps; i += 1) await live()
  for (let i = 0; i < count; i += 1) taken.push(await live())
  return { p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) }
}
