/** The server as a program of its own, which can be killed at any moment and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { killIfThere } from '../support/kill-if-there.ts'

export interface ServerProgram {
  readonly address: string
  readonly adopted: number
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  /** SIGKILL of what starts the games; answers how many there were. */
  killLauncher(): number
  /** SIGTERM; resolves when it is gone. */
  end(): Promise<void>
}

const program = join(import.meta.dirname, '../../../cli/bin/hatchery.mjs')

/** Starts `hatchery serve` and resolves when it says that it is ready. */
export async function startProgram(data: string, flags: readonly string[]): Promise<ServerProgram> {
  const args = [
    program,
    'serve',
    `--data=${data}`,
    '--port=0',
    '--disk-min-free-mb=0',
    '--capacity-overcommit',
    ...flags,
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const errors: string[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()))
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { event?: string; address?: string; adopted?: number }
    if (said.event !== 'server.ready') continue
    child.stdout.resume()
    return running(child, said.address ?? '', said.adopted ?? 0)
  }
  throw new Error(`the server did not start: ${errors.join('')}`)
}

function running(child: ChildProcess, address: string, adopted: number): ServerProgram {
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  return {
    ...{ address, adopted },
    kill: () => stop('SIGKILL'),
    end: () => stop('SIGTERM'),
    killLauncher() {
      const launchers = childrenOf(child.pid ?? 0).filter((pid) =>
        commandLine(pid).includes('launcher'),
      )
      for (const pid of launchers) killIfThere(Number(pid))
      return launchers.length
    },
  }
}

const childrenOf = (parent: number): string[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)

/** The fourth field of stat, counted behind the program's name, which may hold anything. */
function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** Programs that have this variable in their environment, by its value: what really runs. */
export function runsByVariable(name: string): Map<string, number[]> {
  const found = new Map<string, number[]>()
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const value = environmentOf(pid).find((pair) => pair.startsWith(`${name}=`))
    if (value === undefined) continue
    const key = value.slice(name.length + 1)
    found.set(key, [...(found.get(key) ?? []), Number(pid)])
  }
  return found
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    return []
  }
}
