/** Row 3: local processes from creation to their recorded end, 32 at a time. */
import { requireRoot } from '../lib/commands.ts'
import { startChild } from '../lib/child.ts'
import { gameBuild } from '../lib/game-build.ts'
import { type Lives, livesOf } from '../lib/lives.ts'
import { openLocalProduct } from '../lib/local-product.ts'
import { type Figures, alternately } from '../lib/rounds.ts'
import { type Row, Skip } from '../lib/row.ts'
import type { SpawnLoopOptions } from '../references/spawn-loop.ts'

const atOnce = 32
const cycles = 600

export const localCycles: Row = {
  number: 3,
  title: 'local start → stop cycles',
  async run(context) {
    requireRoot()
    const build = gameBuild(context.folder)
    await using spawnLoop = await startSpawnLoop({ program: build.program, atOnce, cycles })
    if (!spawnLoop.ready.hasEvents) {
      throw new Skip('the kernel of this machine does not tell who listens')
    }
    await using local = await openLocalProduct({ folder: context.folder, build })
    const lives = livesOf(local.product, local.game.appId)
    const { floor, hatchery } = await alternately(context, {
      floor: async () => ({ rate: await spawnLoop.ask<number>('run') }),
      hatchery: () => cyclesOf(lives),
    })
    return [
      {
        ...{ operation: `local start → stop, ${atOnce} at a time`, held: 'ratio' },
        ...{ floor: floor.of('rate', '/s'), hatchery: hatchery.of('rate', '/s') },
        goal: { atLeast: 0.4 },
      },
    ]
  },
}

const startSpawnLoop = (argument: SpawnLoopOptions) =>
  startChild<{ hasEvents: boolean }>({
    entry: new URL('../references/spawn-loop.ts', import.meta.url),
    argument,
  })

async function cyclesOf(lives: Lives): Promise<Figures> {
  let left = cycles
  const worker = async (): Promise<void> => {
    const connection = await lives.connect()
    while (left > 0) {
      left -= 1
      await lives.live(connection)
    }
    connection.close()
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: atOnce }, worker))
  return { rate: cycles / ((performance.now() - began) / 1000) }
}
