/** `hatchery serve` as a program of its own, with all that it writes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { eventually } from '../support/eventually.ts'

export interface RecordedProgram {
  readonly pid: number
  readonly url: string
  /** Everything it has written to stdout and stderr. */
  readonly said: () => string
}

const program = join(import.meta.dirname, '../../../cli/bin/hatchery.mjs')

/** Resolves when it is ready; ends with the test. It has no other environment than `env`, a path and a home. */
export async function serveRecorded(
  data: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RecordedProgram> {
  const args = [program, 'serve', `--data=${data}`, '--port=0', '--disk-min-free-mb=0', ...flags]
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], HOME: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => end(child))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const url = await eventually('the server is ready', () => {
    if (child.exitCode !== null) throw new Error(`the server ended: ${output}`)
    return /"address":"(http:[^"]+)"/.exec(output)?.[1]
  })
  return { pid: child.pid ?? 0, url, said: () => output }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
