/** A sandboxed start with bubblewrap from a small Node process: own user, mounts, pids; no limits of CPU and memory, as it has none. */
import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { answer, argumentOf, serveQuestions } from '../lib/child-side.ts'
import { createPorts } from './game-ports.ts'
import { openListenEvents } from './listen-events.ts'

export interface BubblewrapOptions {
  readonly bubblewrap: string
  readonly program: string
}

const { bubblewrap, program } = argumentOf<BubblewrapOptions>()
const nextPort = createPorts()
const events = await openListenEvents()
const folder = dirname(program)

const sandbox = [
  ...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'],
  ...['--ro-bind', folder, folder, '--unshare-all', '--share-net'],
  ...['--uid', '65534', '--gid', '65534', '--die-with-parent'],
]

serveQuestions({ start }, () => events?.close())
answer({ hasEvents: events !== undefined })

/** Answers the ms from the call to a listening game, once that is gone again. */
async function start(): Promise<number> {
  const port = nextPort()
  const listening = events?.until(port)
  const began = performance.now()
  const env = { PATH: '/usr/bin:/bin', PORT: String(port) }
  const game = spawn(bubblewrap, [...sandbox, program], { env, stdio: 'ignore' })
  const pid = await listening
  const tookMs = performance.now() - began
  const ended = new Promise((resolve) => game.once('exit', resolve))
  // The game itself: killing the wrapper may leave what is inside of it.
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
  await ended
  return tookMs
}
