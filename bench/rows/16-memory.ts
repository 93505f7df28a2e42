/** Row 16: what a running process costs server and launcher in memory, and what a long history costs. */
import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { apiOf } from '../lib/api.ts'
import { startChild } from '../lib/child.ts'
import { requireRoot } from '../lib/commands.ts'
import { gameBuild } from '../lib/game-build.ts'
import { openLocalProduct } from '../lib/local-product.ts'
import { childrenOf, launcherOf, ownMemoryKb } from '../lib/proc.ts'
import { startProduct } from '../lib/product.ts'
import { type Figures, alternately } from '../lib/rounds.ts'
import type { Row, RowContext } from '../lib/row.ts'
import { median } from '../lib/statistics.ts'
import type { ChildrenOptions } from '../references/children.ts'

const nodeFlags = ['--expose-gc']
const restMs = 2_000
const few = 1_000
const many = 1_000_000

export const memory: Row = {
  number: 16,
  title: 'memory per process',
  async run(context) {
    requireRoot()
    const { program } = gameBuild(context.folder)
    const { floor, hatchery } = await alternately(
      { ...context, rounds: Math.min(context.rounds, 3) },
      { floor: () => ofChildren(context, program), hatchery: () => ofProcesses(context) },
    )
    const beyond = hatchery.of('eachKb', '').value - floor.of('eachKb', '').value
    const kb = (figure: string): string => hatchery.of(figure, '').value.toFixed(1)
    return [
      {
        ...{ operation: 'server and launcher, KB per running process', held: 'value' },
        ...{ floor: floor.of('eachKb', ''), hatchery: { value: beyond, unit: '' } },
        goal: { atMost: 12 },
        note: `beyond plain children; server ${kb('serverKb')}, launcher ${kb('launcherKb')}; its shim has ${kb('shimKb')} KB`,
      },
      ...(context.small ? [] : [await ofHistory(context)]),
    ]
  },
}

async function ofChildren({ folder, alive }: RowContext, program: string): Promise<Figures> {
  const own = join(folder, 'children')
  mkdirSync(own, { recursive: true })
  const argument: ChildrenOptions = { program, folder: own, children: alive }
  await using children = await startChild<object>({
    entry: new URL('../references/children.ts', import.meta.url),
    ...{ argument, nodeFlags },
  })
  return { eachKb: await children.ask<number>('measure') }
}

async function ofProcesses({ folder: root, alive }: RowContext): Promise<Figures> {
  const folder = mkdtempSync(join(root, 'hatchery-'))
  await using local = await openLocalProduct({
    ...{ folder, build: gameBuild(folder), nodeFlags },
    flags: ['--ports-from=20000', '--ports-to=32000'],
  })
  const { product, game } = local
  const api = apiOf(product.ready)
  const launcher = launcherOf(product.pid)
  await start(20)
  const before = await held()
  await start(alive)
  await api.untilCount(game.appId, '?status=running', alive + 20)
  const after = await held()
  const serverKb = (after.server - before.server) / alive
  const launcherKb = (after.launcher - before.launcher) / alive
  return { eachKb: serverKb + launcherKb, serverKb, launcherKb, shimKb: shimKb() }

  async function start(count: number): Promise<void> {
    for (let left = count; left > 0; left -= 16)
      await Promise.all(Array.from({ length: Math.min(left, 16) }, () => api.create(game.appId)))
  }

  /** The launcher's garbage counts: nobody can ask it to collect. */
  async function held(): Promise<{ server: number; launcher: number }> {
    await sleep(restMs)
    await product.ask('collect')
    return { server: ownMemoryKb(product.pid), launcher: ownMemoryKb(launcher) }
  }

  /** Those that watch over a game: children of the launcher, or what became of them. */
  function shimKb(): number {
    const shims = childrenOf(launcher).slice(0, 50)
    return shims.length === 0 ? 0 : median(shims.map(ownMemoryKb))
  }
}

async function ofHistory(context: RowContext) {
  const measured = async (count: number): Promise<number> => {
    const { data, appId } = await context.stored(count)
    await using product = await startProduct({ data, driver: 'fake', nodeFlags })
    const api = apiOf(product.ready)
    for (let asked = 0; asked < 200; asked += 1) await api.count(appId)
    await sleep(restMs)
    await product.ask('collect')
    return ownMemoryKb(product.pid)
  }
  const floor = { value: await measured(few), unit: '' as const }
  const hatchery = { value: await measured(many), unit: '' as const }
  return {
    ...{ operation: 'server with 1 M processes on record against 1 k, KB', held: 'ratio' as const },
    ...{ floor, hatchery, goal: { atMost: 1.1 } },
  }
}
