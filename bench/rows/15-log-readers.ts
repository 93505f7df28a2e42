/** Row 15: one log of 20,000 lines a second with 100 readers, and more who never read. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { apiOf, authorization } from '../lib/api.ts'
import { type Child, startChild } from '../lib/child.ts'
import type { Listening } from '../lib/floors.ts'
import type { LogReadersFigures, LogReadersOptions } from '../lib/log-readers.ts'
import { cpuSeconds } from '../lib/proc.ts'
import { startProduct } from '../lib/product.ts'
import { type Figures, alternately } from '../lib/rounds.ts'
import type { Row } from '../lib/row.ts'
import { tinyBuild } from '../lib/tiny-build.ts'
import type { FanOutOptions } from '../references/fan-out.ts'
import type { LogWriterOptions } from '../references/log-writer.ts'

const readers = 100
const linesPerSecond = 20_000
/** Several, because one alone drowns in what else a server's memory does. */
const stalledReaders = 10
const nodeFlags = ['--expose-gc']

export const logReaders: Row = {
  number: 15,
  title: 'a log with many readers',
  async run(context) {
    const data = join(context.folder, 'data')
    await using product = await startProduct({ data, driver: 'fake', nodeFlags })
    const api = apiOf(product.ready)
    const { appId } = await api.deploy({ name: 'bench', folder: tinyBuild(context.folder) })
    const processId = await api.create(appId)
    await api.untilCount(appId, '?status=running', 1)
    const file = join(data, 'logs', `${processId}.log`)
    writeFileSync(file, '', { flag: 'a' })
    const writer: LogWriterOptions = { file, linesPerSecond }
    await using writing = await startChild<object>({
      entry: new URL('../references/log-writer.ts', import.meta.url),
      argument: writer,
    })
    const argument: FanOutOptions = { file }
    await using floor = await startChild<Listening>({
      entry: new URL('../references/fan-out.ts', import.meta.url),
      argument,
    })
    const path = `/logs/v1/${appId}/process/${processId}?follow=true&tailLines=1`
    const ours = { port: product.ready.port, path, headers: authorization(product.ready) }
    const theirs = { port: floor.ready.port, path: '/', headers: {} }
    const series = await alternately(context, {
      floor: () => measured({ server: floor, writing, target: theirs, stalled: 0 }),
      hatchery: () => measured({ server: product, writing, target: ours, stalled: 0 }),
      stalled: () => measured({ server: product, writing, target: ours, stalled: stalledReaders }),
    })
    const lines = {
      held: 'ratio',
      floor: series.floor.of('lines', ''),
      goal: { atLeast: 0.9 },
    } as const
    return [
      {
        ...lines,
        operation: `log, lines that reach ${readers} readers`,
        hatchery: series.hatchery.of('lines', ''),
      },
      {
        ...lines,
        operation: `log, the same beside ${stalledReaders} who never read`,
        hatchery: series.stalled.of('lines', ''),
      },
      {
        ...{ operation: 'log, p99 of the delay beside them', held: 'ratio', goal: { atMost: 2 } },
        ...{ floor: series.floor.of('p99Ms', 'ms'), hatchery: series.stalled.of('p99Ms', 'ms') },
      },
      {
        ...{ operation: 'log, KB that the server holds for each of them', held: 'value' },
        ...{ floor: null, hatchery: series.stalled.of('heldKb', ''), goal: { atMost: 1_024 } },
      },
      {
        ...{ operation: 'log, p99 of the delay', held: 'ratio', goal: { atMost: 2 } },
        ...{ floor: series.floor.of('p99Ms', 'ms'), hatchery: series.hatchery.of('p99Ms', 'ms') },
      },
      {
        ...{ operation: 'log, CPU of the server', held: 'ratio', goal: { atMost: 2 } },
        ...{ floor: series.floor.of('cpu', ''), hatchery: series.hatchery.of('cpu', '') },
      },
    ]
  },
}

interface Measurement {
  readonly server: Child<Listening>
  readonly writing: Child<object>
  readonly target: Pick<LogReadersOptions, 'port' | 'path' | 'headers'>
  readonly stalled: number
}

async function measured({ server, writing, target, stalled }: Measurement): Promise<Figures> {
  const argument: LogReadersOptions = { ...target, readers, stalled }
  await using reading = await startChild<object>({
    entry: new URL('../lib/log-readers.ts', import.meta.url),
    argument,
  })
  await sleep(300)
  await reading.ask('begin')
  const heldBefore = stalled === 0 ? 0 : await server.ask<number>('collect')
  const cpuBefore = cpuSeconds(server.pid)
  const written = await writing.ask<number>('write')
  await sleep(300)
  const { lines, p99Ms } = await reading.ask<LogReadersFigures>('figures')
  const cpu = cpuSeconds(server.pid) - cpuBefore
  const figures = { lines: lines / readers / written, p99Ms, cpu }
  if (stalled === 0) return figures
  const held = await server.ask<number>('collect')
  return { ...figures, heldKb: (held - heldBefore) / stalled }
}
