/** Row 4: what it costs to start a game as another user, with its own mounts, an overlay and limits. The driver by itself. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, startChild } from '../lib/child.ts'
import { requireRoot, requiredCommand } from '../lib/commands.ts'
import type { DriverOptions } from '../lib/driver-child.ts'
import { gameBuild } from '../lib/game-build.ts'
import { type Figures, alternately } from '../lib/rounds.ts'
import { type Line, type Row, type RowContext, Skip } from '../lib/row.ts'
import { quantile } from '../lib/statistics.ts'
import type { BubblewrapOptions } from '../references/bubblewrap.ts'

export const sandbox: Row = {
  number: 4,
  title: 'privilege drop and limits of a local process',
  async run(context) {
    requireRoot()
    const bubblewrap = requiredCommand('bwrap')
    const { program } = gameBuild(context.folder)
    await using floor = await startBubblewrap({ bubblewrap, program })
    await using driver = await startDriver({ data: dataIn(context), program })
    await using cold = await startDriver({ data: dataIn(context), program, warmShims: 0 })
    if (!floor.ready.hasEvents) {
      throw new Skip('the kernel of this machine does not tell who listens')
    }
    const series = await alternately(context, {
      floor: () => startsOf(floor),
      hatchery: () => startsOf(driver),
      cold: () => startsOf(cold),
    })
    return linesOf(series, driver.ready)
  },
}

const startsPerRound = 100
const warmUps = 5

interface DriverReady {
  readonly isolated: boolean
  readonly overlay: boolean
  readonly limits: string
}

const startBubblewrap = (argument: BubblewrapOptions) =>
  startChild<{ hasEvents: boolean }>({
    entry: new URL('../references/bubblewrap.ts', import.meta.url),
    argument,
  })

const startDriver = (argument: DriverOptions) =>
  startChild<DriverReady>({
    entry: new URL('../lib/driver-child.ts', import.meta.url),
    argument,
  })

const dataIn = ({ folder }: RowContext): string => mkdtempSync(join(folder, 'data-'))

type Series = Awaited<ReturnType<typeof alternately<'floor' | 'hatchery' | 'cold'>>>

function linesOf({ floor, hatchery, cold }: Series, ready: DriverReady): Line[] {
  const { isolated, overlay, limits } = ready
  const line = { floor: floor.of('p50', 'ms'), held: 'ratio' as const }
  return [
    {
      ...{ ...line, operation: 'own user, mounts, limits → listening, p50' },
      ...{ hatchery: hatchery.of('p50', 'ms'), goal: { atMost: 2 } },
      note: `isolated ${isolated}, overlay ${overlay}, limits ${limits}`,
    },
    {
      ...{ ...line, operation: 'the same without prepared shims, p50' },
      ...{ hatchery: cold.of('p50', 'ms'), goal: null },
    },
  ]
}

async function startsOf(child: Child<unknown>): Promise<Figures> {
  const taken: number[] = []
  for (let i = 0; i < warmUps; i += 1) await child.ask<number>('start')
  for (let i = 0; i < startsPerRound; i += 1) taken.push(await child.ask<number>('start'))
  return { p50: quantile(taken, 0.5), p99: quantile(taken, 0.99) }
}
