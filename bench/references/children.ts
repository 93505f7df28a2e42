/** Children with their output in files, held by a Node process that does nothing else: what holding them costs. */
import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { answer, argumentOf, serveQuestions } from '../lib/child-side.ts'
import { ownMemoryKb } from '../lib/proc.ts'
import { createPorts } from './game-ports.ts'

export interface ChildrenOptions {
  readonly program: string
  readonly folder: string
  readonly children: number
}

const { program, folder, children } = argumentOf<ChildrenOptions>()
const nextPort = createPorts()

serveQuestions({ measure })
answer({})

/** Answers the KB for each. */
async function measure(): Promise<number> {
  globalThis.gc?.()
  const before = ownMemoryKb(process.pid)
  const games = Array.from({ length: children }, (_, n) => {
    const log = openSync(join(folder, `child-${n}.log`), 'a')
    return spawn(program, [], { env: { PORT: String(nextPort()) }, stdio: ['ignore', log, log] })
  })
  const kill = (): void => games.forEach((game) => game.kill('SIGKILL'))
  process.once('exit', kill)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  globalThis.gc?.()
  const each = (ownMemoryKb(process.pid) - before) / children
  kill()
  process.off('exit', kill)
  return each
}
