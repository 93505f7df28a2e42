/** A program that goes on until it is ended. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { eventually } from '../support/eventually.ts'

export interface RunningProgram {
  /** Answers the match; rejects with what it printed when it does not come in time. */
  until(pattern: RegExp): Promise<RegExpExecArray>
  /** Ends it as Ctrl-C does, and waits for it. */
  end(): Promise<void>
}

export function startProgram(
  program: string,
  args: readonly string[],
  cwd: string,
): RunningProgram {
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }
  // A group of its own, which a Ctrl-C reaches as a whole.
  const child = spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  }
  return {
    async until(pattern) {
      const look = () => pattern.exec(printed) ?? undefined
      return await eventually(`${program} prints ${String(pattern)}`, look).catch(
        (error: unknown) => {
          throw new Error(`it printed: ${printed}`, { cause: error })
        },
      )
    },
    async end() {
      const isAlive = child.exitCode === null && child.signalCode === null
      if (isAlive && child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
      await closed
    },
  }
}
