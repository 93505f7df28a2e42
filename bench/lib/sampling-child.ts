/** The local driver with many games in a process of its own: one round of measurement, ours and the least there is. */
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createLocalDriver } from '../../packages/server/src/drivers/local/index.ts'
import { silentLog } from '../../packages/server/src/log.ts'
import { createPorts } from '../references/game-ports.ts'
import { answer, argumentOf, serveQuestions } from './child-side.ts'
import { specOf } from './game-spec.ts'
import { killGamesBelow } from './games-end.ts'
import { cpuSecondsOfAll, launcherOf } from './proc.ts'
import { median } from './statistics.ts'

export interface SamplingOptions {
  readonly data: string
  readonly program: string
  readonly processes: number
}

const { data, program, processes } = argumentOf<SamplingOptions>()
const nextPort = createPorts()
const atOnce = 32
const sweeps = 20
const secondsOfShare = 10

const driver = createLocalDriver({
  ...{ dataFolder: data, installationId: 'bench', nodeId: 'bench', log: silentLog },
  uidRange: { from: 199_000, to: 199_999 },
  shareUser: false,
  artifactFolder: () => dirname(program),
  logFileOf: (processId) => join(data, 'logs', `${processId}.log`),
})
const ids = Array.from({ length: processes }, () => randomUUID())
await startAll()
const descriptors = ids.map(statOf)

process.once('exit', () => killGamesBelow(dirname(data)))
serveQuestions({ driver: ofDriver, floor: ofFloor, share: shareOfCore, end }, () => driver.close())
answer({})

async function startAll(): Promise<void> {
  const left = [...ids]
  const worker = async (): Promise<void> => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      await driver.start(specOf(id, nextPort()), new AbortController().signal)
      while ((await driver.observe(id)).state !== 'running') await pause(5)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** The ms of a round over all of them. */
async function ofDriver(): Promise<number> {
  const took: number[] = []
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const began = performance.now()
    const usages = await driver.usage.usage(ids)
    took.push(performance.now() - began)
    if (usages.length !== ids.length) throw new Error(`${usages.length} of ${ids.length} measured`)
    await pause(20)
  }
  return median(took)
}

/**
 * All of them once a second, for some seconds: the share of a core in %, of this process and of the launcher with the
 * programs that it runs to count traffic.
 */
async function shareOfCore(): Promise<number> {
  const pids = [process.pid, launcherOf(process.pid)]
  const used = (): number => pids.reduce((sum, pid) => sum + cpuSecondsOfAll(pid), 0)
  const [usedBefore, began] = [used(), performance.now()]
  for (let second = 1; second <= secondsOfShare; second += 1) {
    await driver.usage.usage(ids)
    await pause(Math.max(0, began + second * 1_000 - performance.now()))
  }
  return ((used() - usedBefore) * 100) / ((performance.now() - began) / 1_000)
}

/** CPU time and memory of all of them, from descriptors that are kept. */
async function ofFloor(): Promise<number> {
  const buffer = Buffer.alloc(1_024)
  const took: number[] = []
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const began = performance.now()
    for (const descriptor of descriptors) {
      const length = readSync(descriptor, buffer, 0, buffer.length, 0)
      const fields = buffer.toString('latin1', 0, length).split(' ')
      if (Number(fields[13]) + Number(fields[23]) < 0) throw new Error('a stat file is odd')
    }
    took.push(performance.now() - began)
    await pause(20)
  }
  return median(took)
}

async function end(): Promise<null> {
  for (const descriptor of descriptors) closeSync(descriptor)
  await Promise.all(ids.map((id) => driver.signal(id, 'kill')))
  for (const id of ids) {
    while ((await driver.observe(id)).state === 'running') await pause(10)
    await driver.remove(id)
  }
  return null
}

function statOf(processId: string): number {
  const pid = readFileSync(join(data, 'run', processId, 'pid'), 'latin1').split(' ')[0]
  return openSync(`/proc/${pid}/stat`, 'r')
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
