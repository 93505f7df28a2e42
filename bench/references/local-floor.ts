/**
 * The floor of a local start behind HTTP: the durable write of `create-floor`, then the product's own shim with the same
 * privilege drop and the same mounts, made at that moment by this small process; the kernel tells when the game listens.
 * No ports are leased, nothing is validated, there are no limits, and only the creation is written down.
 */
import { chownSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { detectCapabilities } from '../../packages/server/src/drivers/local/capabilities.ts'
import { makeSlot } from '../../packages/server/src/drivers/local/launcher/slots.ts'
import { ordersFor, stageFolder } from '../../packages/server/src/drivers/local/shim.ts'
import { answer, argumentOf, serveQuestions, tell } from '../lib/child-side.ts'
import { loopQuestions } from '../lib/loop-monitor.ts'
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
const runsFolder = join(folder, 'runs')
const nextPort = createPorts()
const events = await openListenEvents()
const { stage } = await detectCapabilities({ runsFolder, uid })
const server = await openCreateFloor({
  folder,
  commits: 'group',
  onCreated: (id) => void start(id),
})
serveQuestions(loopQuestions(), () => events?.close())
answer({ port: server.port, hasEvents: events !== undefined, isolated: stage.isolated })

async function start(id: string): Promise<void> {
  const port = nextPort()
  const listening = events?.until(port)
  const slot = makeSlot({ runsFolder, cgroupParents: [], stage })
  const log = join(slot.folder, 'log')
  giveToGame(slot.folder, log)
  const gamePid = pidIn(slot.control)
  slot.control.end(orders(log, port))
  await listening
  const atMs = monotonicMs()
  void slot.gone.then(() => {
    rmSync(slot.folder, { recursive: true, force: true })
    tell({ ended: id })
  })
  tell({ started: id, atMs, gamePid: await gamePid } satisfies FloorStart)
}

function giveToGame(run: string, log: string): void {
  writeFileSync(log, '')
  const parts = ['upper', 'home', 'tmp'].map((part) => join(run, part))
  for (const part of [...parts, log]) if (existsSync(part)) chownSync(part, uid, uid)
}

const orders = (log: string, port: number): string =>
  ordersFor(stage.starter, {
    ...{ uid, log, overlayOver: dirname(program), command: './game' },
    folder: join(stageFolder, 'work'),
    env: { PATH: '/usr/bin:/bin', PORT: String(port), HOME: join(stageFolder, 'home') },
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
