/** Runs `hatchery` as a person does: as a program of its own, with a working folder and an environment. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  /** Resolves with the output so far once it matches; rejects when the program ends before. */
  until(pattern: RegExp): Promise<string>
  /** The same of stderr. */
  untilSaid(pattern: RegExp): Promise<string>
  /** Resolves when it ended. */
  ended(): Promise<Ended>
}

const program = join(import.meta.dirname, '../../bin/hatchery.mjs')

export interface Place {
  readonly cwd: string
  readonly data: string
}

/** A working folder whose data folder is `./.hatchery`; its server and games end with the test. */
export function aPlace(): Place {
  const cwd = mkdtempSync(join(tmpdir(), 'hatchery-cli-'))
  const place = { cwd, data: join(cwd, '.hatchery') }
  onTestFinished(async () => {
    await run(place, ['down', '--games'])
    rmSync(cwd, { recursive: true, force: true, maxRetries: 10 })
  })
  return place
}

/** Runs to the end. */
export const run = (
  place: Pick<Place, 'cwd'>,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> => start(place, args, env).ended()

export function start(
  { cwd }: Pick<Place, 'cwd'>,
  args: readonly string[],
  env: Record<string, string> = {},
): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  const watchers = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
      for (const look of watchers) look()
    })
  }
  const closed = once(child, 'close')
  return {
    child,
    until: (pattern) => until(pattern, 'stdout', { output, watchers, closed }),
    untilSaid: (pattern) => until(pattern, 'stderr', { output, watchers, closed }),
    async ended() {
      await closed
      return { code: child.exitCode, ...output }
    },
  }
}

interface Watched {
  readonly output: { stdout: string; stderr: string }
  readonly watchers: Set<() => void>
  readonly closed: Promise<unknown>
}

function until(
  pattern: RegExp,
  stream: 'stdout' | 'stderr',
  { output, watchers, closed }: Watched,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (!pattern.test(output[stream])) return
      watchers.delete(look)
      resolve(output[stream])
    }
    watchers.add(look)
    look()
    void closed.then(() =>
      reject(new Error(`ended before ${String(pattern)}: ${output.stdout}${output.stderr}`)),
    )
  })
}
