/** Start → listening → killed → reaped with Node's own spawn, many at a time: no shim, no API, no record. */
import { type ChildProcess, spawn } from 'node:child_process'
import { answer, argumentOf, serveQuestions } from '../lib/child-side.ts'
import { endWithUs } from './end-with-us.ts'
import { createPorts } from './game-ports.ts'
import { openListenEvents } from './listen-events.ts'

export interface SpawnLoopOptions {
  readonly program: string
  readonly atOnce: number
  readonly cycles: number
}

const { program, atOnce, cycles } = argumentOf<SpawnLoopOptions>()
const nextPort = createPorts()
const events = await openListenEvents()

serveQuestions({ run }, () => events?.close())
answer({ hasEvents: events !== undefined })

/** Answers cycles per second. */
async function run(): Promise<number> {
  let left = cycles
  const began = performance.now()
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await cycle()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return cycles / ((performance.now() - began) / 1000)
}

async function cycle(): Promise<void> {
  const port = nextPort()
  const listening = events?.until(port)
  const env = { PORT: String(port) }
  const game = endWithUs(spawn(program, [], { env, stdio: 'ignore' }))
  await listening
  const ended = endOf(game)
  game.kill('SIGKILL')
  await ended
}

const endOf = (game: ChildProcess): Promise<void> =>
  new Promise((resolve) => game.once('exit', () => resolve()))
