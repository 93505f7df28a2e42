/**
 * Runs another Node and stands in for it: same terminal, signals passed on, same exit code. Plain JavaScript for old Nodes.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP']
const sameSignalMs = 500

/**
 * Resolves with the exit code, 128 + n after signal n. The child has a session of its own, because one Ctrl-C arrives
 * here up to twice (from the terminal and from npm) and must reach it once; its IPC channel tells it when we are gone.
 */
export function runNode(node, args, env = process.env) {
  const child = spawn(node, args, {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  })
  for (const signal of passedOn) process.on(signal, passingOn(child, signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}

function passingOn(child, signal) {
  let last = 0
  return () => {
    const now = Date.now()
    if (now - last >= sameSignalMs) child.kill(signal)
    last = now
  }
}
