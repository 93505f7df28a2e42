/** Children of a small Node process, killed: from the signal to the exit event, one by one and all at once. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { answer, argumentOf, serveQuestions } from '../lib/child-side.ts'
import { median } from '../lib/statistics.ts'
import { endWithUs } from './end-with-us.ts'
import { createPorts } from './game-ports.ts'

export interface KillLoopOptions {
  readonly program: string
  readonly children: number
}

const { program, children } = argumentOf<KillLoopOptions>()
const nextPort = createPorts()
const times = 100

serveQuestions({ one, all })
answer({})

const start = async (): Promise<ChildProcess> => {
  const env = { PORT: String(nextPort()) }
  const game = endWithUs(spawn(program, [], { env, stdio: 'ignore' }))
  await once(game, 'spawn')
  return game
}

/** Answers the ms of the median. */
async function one(): Promise<number> {
  const took: number[] = []
  for (let time = 0; time < times; time += 1) {
    const game = await start()
    await new Promise((resolve) => setTimeout(resolve, 5))
    const ended = once(game, 'exit')
    const began = performance.now()
    game.kill('SIGTERM')
    await ended
    took.push(performance.now() - began)
  }
  return median(took)
}

/** Answers the ms until the last one was seen to have ended. */
async function all(): Promise<number> {
  const games = []
  for (let made = 0; made < children; made += 1) games.push(await start())
  await new Promise((resolve) => setTimeout(resolve, 200))
  const ended = games.map((game) => once(game, 'exit'))
  const began = performance.now()
  for (const game of games) game.kill('SIGTERM')
  await Promise.all(ended)
  return performance.now() - began
}
