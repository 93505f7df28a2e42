/** The local driver by itself in a process of its own: a start as the engine asks for it, until the port is bound. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createLocalDriver } from '../../packages/server/src/drivers/local/index.ts'
import { silentLog } from '../../packages/server/src/log.ts'
import { createPorts } from '../references/game-ports.ts'
import { answer, argumentOf, serveQuestions } from './child-side.ts'
import { specOf } from './game-spec.ts'

export interface DriverOptions {
  readonly data: string
  readonly program: string
  readonly warmShims?: number
}

const { data, program, warmShims } = argumentOf<DriverOptions>()
const nextPort = createPorts()
const changes = new Map<string, () => void>()

const driver = createLocalDriver({
  ...{ dataFolder: data, installationId: 'bench', nodeId: 'bench', log: silentLog },
  uidRange: { from: 199_000, to: 199_999 },
  shareUser: false,
  artifactFolder: () => dirname(program),
  logFileOf: (processId) => join(data, 'logs', `${processId}.log`),
  ...(warmShims !== undefined && { warmShims }),
})
driver.watch((processId) => changes.get(processId)?.())
const { stage, limits } = await driver.capabilities()

serveQuestions({ start }, () => driver.close())
answer({ isolated: stage.isolated, overlay: stage.overlay, limits })

/** Answers the ms from the call to a bound port, once the run is over and removed. */
async function start(): Promise<number> {
  const spec = specOf(randomUUID(), nextPort())
  const { processId } = spec
  const began = performance.now()
  const bound = until(processId, async () => {
    const seen = await driver.observe(processId)
    return seen.state === 'running' && seen.boundAt !== null
  })
  await driver.start(spec, new AbortController().signal)
  await bound
  const tookMs = performance.now() - began
  assertConfined(processId)
  const ended = until(processId, async () => (await driver.observe(processId)).state === 'ended')
  await driver.signal(processId, 'terminate')
  await ended
  await driver.remove(processId)
  return tookMs
}

/** Looks at each change that the driver tells, as the engine does. */
async function until(processId: string, holds: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const change = new Promise<void>((resolve) => changes.set(processId, resolve))
    if (await holds()) break
    await change
  }
  changes.delete(processId)
}

/** What is measured must be what is claimed: another user, and a cgroup of its own. */
function assertConfined(processId: string): void {
  const pid = readFileSync(join(data, 'run', processId, 'pid'), 'latin1').split(' ')[0]
  const uid = /^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
  const cgroup = readFileSync(`/proc/${pid}/cgroup`, 'latin1')
  if (uid === '0' || uid === undefined) throw new Error('the game runs as root')
  if (!cgroup.includes('hatchery/')) throw new Error(`the game has no cgroup of its own: ${cgroup}`)
}
