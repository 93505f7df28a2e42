/** Row 18: the published server on an empty folder until it answers, and the published command line, against bare Node. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { bundledCommand } from '../lib/bundle.ts'
import { freePort, runProgram, startProgram } from '../lib/program.ts'
import { type Figures, alternately } from '../lib/rounds.ts'
import type { Row, RowContext } from '../lib/row.ts'
import { median } from '../lib/statistics.ts'

export const start: Row = {
  number: 18,
  title: 'start of server and command line',
  async run(context) {
    const command = bundledCommand()
    const startServer = (): Promise<number> => serverStart(context, command)
    await startServer() // fills the cache of compiled code, as an installed program's is
    const { floor, hatchery } = await alternately(context, {
      floor: () => medians({ server: bareServerStart, command: () => runProgram(['-e', '0']) }),
      hatchery: () =>
        medians({ server: startServer, command: () => runProgram([command, '--version']) }),
    })
    return [
      {
        ...{ operation: 'server on an empty folder → /health', held: 'ratio', goal: { atMost: 8 } },
        ...{ floor: floor.of('server', 'ms'), hatchery: hatchery.of('server', 'ms') },
      },
      {
        ...{ operation: 'command line: hatchery --version', held: 'ratio', goal: { atMost: 3 } },
        ...{ floor: floor.of('command', 'ms'), hatchery: hatchery.of('command', 'ms') },
      },
    ]
  },
}

const startsPerRound = 5

/** The median of some starts of each, so that one hiccup does not make a round. */
async function medians<Name extends string>(
  starts: Record<Name, () => Promise<number>>,
): Promise<Figures> {
  const figures: Record<string, number> = {}
  for (const name of Object.keys(starts) as Name[]) {
    const taken: number[] = []
    for (let i = 0; i < startsPerRound; i += 1) taken.push(await starts[name]())
    figures[name] = median(taken)
  }
  return figures
}

async function serverStart({ folder }: RowContext, command: string): Promise<number> {
  const data = join(mkdtempSync(join(folder, 'start-')), 'data')
  const port = await freePort()
  const args = [command, 'serve', `--data=${data}`, `--port=${port}`]
  await using program = await startProgram(args, port, '/health')
  return program.tookMs
}

async function bareServerStart(): Promise<number> {
  const port = await freePort()
  const source = `require('node:http').createServer((_, r) => r.end('{}')).listen(${port}, '127.0.0.1')`
  await using program = await startProgram(['-e', source], port, '/')
  return program.tookMs
}
