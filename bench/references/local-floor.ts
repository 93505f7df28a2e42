/**
 * The floor of a local start behind HTTP: the durable write of `create-floor`, then the product's own shim with the same
 * privilege drop and the same mounts, made at that moment by this small process; the kernel tells when the game listens.
 * No ports are leased, nothing is validated, and only the creation is written down.
 */
import { spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import type { Socket } from 'node:net'
import { dirname, join } from 'node:path'
import {
  type Stage,
  ordersFor,
  shimCommand,
  shimEnvironment,
} from '../../packages/server/src/drivers/local/shim.ts'
import { answer, argumentOf, serveQuestions, tell } from '../lib/child-side.ts'
import { monotonicMs } from '../lib/product.ts'
import { openCreateFloor } from './create-server.ts'
import { createPorts } from './game-ports.ts'
import { openListenEvents } from './listen-events.ts'

export interface LocalFloorOptions {
  readonly folder: string
  /** The game. */
  readonly program: string
}

/** Told when the game listens, with what ends it. */
export interface FloorStart {
  readonly started: string
  readonly atMs: number
  readonly gamePid: number
}

const { folder, program } = argumentOf<LocalFloorOptions>()
const uid = 199_999
const stage: Stage = { starter: 'perl', isolated: true, overlay: true }
const nextPort = createPorts()
const events = await openListenEvents()

mkdirSync('/run/hatchery', { recursive: true, mode: 0o755 })
const server = await openCreateFloor({
  folder,
  commits: 'group',
  onCreated: (id) => void start(id),
})
serveQuestions({}, () => events?.close())
answer({ port: server.port, hasEvents: events !== undefined })

async function start(id: string): Promise<void> {
  const run = join(folder, id)
  furnish(run)
  const port = nextPort()
  const listening = events?.until(port)
  const shim = spawnShim(run)
  const control = shim.stdio[3] as Socket // 'pipe' makes descriptor 3 a socket
  const gamePid = pidIn(control)
  control.end(orders(run, port))
  await listening
  const atMs = monotonicMs()
  shim.once('exit', () => {
    rmSync(run, { recursive: true, force: true })
    tell({ ended: id })
  })
  tell({ started: id, atMs, gamePid: await gamePid } satisfies FloorStart)
}

function furnish(run: string): void {
  for (const part of ['', 'view', 'view/work', 'view/home', 'view/tmp', 'upper', 'overlay']) {
    mkdirSync(join(run, part), { mode: part.startsWith('view') ? 0o755 : 0o700 })
  }
  for (const part of ['upper', 'view/home', 'view/tmp']) chownSync(join(run, part), uid, uid)
  writeFileSync(join(run, 'view/node'), '')
  writeFileSync(join(run, 'log'), '')
  chownSync(join(run, 'log'), uid, uid)
  symlinkSync(dirname(program), join(run, 'lower'))
}

function spawnShim(run: string) {
  const [file = '', ...args] = shimCommand({ stage, cgroups: [], oomFile: '' })
  const problem = openSync(join(run, 'problem'), 'a', 0o600)
  const shim = spawn(file, args, {
    ...{ cwd: run, env: shimEnvironment, detached: true },
    stdio: ['ignore', problem, problem, 'pipe'],
  })
  closeSync(problem)
  return shim
}

const orders = (run: string, port: number): string =>
  ordersFor(stage.starter, {
    ...{ uid, overlay: true, node: process.execPath, log: join(run, 'log') },
    ...{ folder: '/run/hatchery/work', command: './game' },
    env: { PATH: '/usr/bin:/bin', PORT: String(port), HOME: '/run/hatchery/home' },
  })

/** The starter says pid and start time when it is about to become the game. */
function pidIn(control: Socket): Promise<number> {
  let said = ''
  return new Promise((resolve) => {
    control.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1')
      const pid = /(?:^|\n)(\d+) \d+\n/.exec(said)?.[1]
      if (pid !== undefined) resolve(Number(pid))
    })
  })
}
