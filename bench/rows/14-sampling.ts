/** Row 14: one measurement of every local process: CPU, memory, bytes, players. */
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from '../lib/child.ts'
import { requireRoot } from '../lib/commands.ts'
import { gameBuild } from '../lib/game-build.ts'
import { alternately } from '../lib/rounds.ts'
import type { Row } from '../lib/row.ts'
import type { SamplingOptions } from '../lib/sampling-child.ts'

export const sampling: Row = {
  number: 14,
  title: 'sampling of local processes',
  async run(context) {
    requireRoot()
    const { program } = gameBuild(context.folder)
    const data = join(context.folder, 'data')
    mkdirSync(join(data, 'logs'), { recursive: true })
    chmodSync(context.folder, 0o755)
    const processes = context.alive
    context.say(`starting ${processes} processes`)
    const argument: SamplingOptions = { data, program, processes }
    await using child = await startChild<object>({
      entry: new URL('../lib/sampling-child.ts', import.meta.url),
      argument,
    })
    const { floor, hatchery } = await alternately(context, {
      floor: async () => ({ sweepMs: await child.ask<number>('floor') }),
      hatchery: async () => ({
        sweepMs: await child.ask<number>('driver'),
        share: await child.ask<number>('share'),
      }),
    })
    await child.ask('end')
    return [
      {
        ...{ operation: `one measurement of ${processes} processes`, held: 'ratio' },
        ...{ floor: floor.of('sweepMs', 'ms'), hatchery: hatchery.of('sweepMs', 'ms') },
        goal: { atMost: 2 },
      },
      {
        ...{ operation: `${processes} once a second, share of a core in %`, held: 'value' },
        ...{ floor: null, hatchery: hatchery.of('share', ''), goal: { atMost: 3 } },
      },
    ]
  },
}
