/** Programs from their start until they answer, measured from outside. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, openConnection, requestText } from './http-connection.ts'

export interface Program extends AsyncDisposable {
  readonly port: number
  /** From its start to its first answer. */
  readonly tookMs: number
  readonly answer: Answer
  /** The first group of what it has printed or will print. */
  said(pattern: RegExp): Promise<string>
  stop(): Promise<void>
  kill(): Promise<void>
}

const lookEveryMs = 2
const patienceMs = 120_000

/** Starts Node with these arguments and asks for `path` until it answers with 200. */
export async function startProgram(
  args: readonly string[],
  port: number,
  path: string,
): Promise<Program> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  endWithUs(child)
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  const answer = await firstAnswer(child, port, path)
  return {
    ...{ port, answer, tookMs: performance.now() - began },
    said: (pattern) => until(() => pattern.exec(text)?.[1]),
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
    [Symbol.asyncDispose]: () => end(child, 'SIGTERM'),
  }
}

/** The time a program takes from its start to its end. */
export async function runProgram(args: readonly string[]): Promise<number> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return performance.now() - began
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function firstAnswer(child: ChildProcess, port: number, path: string): Promise<Answer> {
  const request = requestText({ method: 'GET', path })
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`)
    const answer = await askOnce(port, request)
    if (answer?.status === 200) return answer
    await sleep(lookEveryMs)
  }
  child.kill('SIGKILL')
  throw new Error(`no answer to ${path} within ${patienceMs / 1000} s`)
}

/** Waits for a value; rejects when it takes too long. */
async function until(look: () => string | undefined): Promise<string> {
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    const found = look()
    if (found !== undefined) return found
    await sleep(lookEveryMs)
  }
  throw new Error(`it was not printed within ${patienceMs / 1000} s`)
}

async function askOnce(port: number, request: string): Promise<Answer | undefined> {
  try {
    const connection = await openConnection(port)
    const answer = await connection.send(request)
    connection.close()
    return answer
  } catch {
    return undefined
  }
}

/** Nothing that the bench starts goes on when it breaks off. */
function endWithUs(child: ChildProcess): void {
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
