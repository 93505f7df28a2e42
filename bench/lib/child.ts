/** Programs of the bench in processes of their own, spoken to over the inherited channel. They end with us. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Child<Ready> extends AsyncDisposable {
  readonly pid: number
  /** What it said once it was ready. */
  readonly ready: Ready
  /** Asks for something by name; one question at a time. */
  ask<Answer>(question: string): Promise<Answer>
  /** Answers how to stop listening. */
  onMessage(listener: (message: unknown) => void): () => void
  /** Ends it as a service manager does, and waits. */
  stop(): Promise<void>
  /** Ends it at once, and waits. */
  kill(): Promise<void>
}

export interface ChildOptions {
  /** The program, as a URL beside the caller's. */
  readonly entry: URL
  /** Passed on as JSON. */
  readonly argument?: unknown
  readonly nodeFlags?: readonly string[]
}

const stopWithinMs = 20_000
const letGoWithinMs = 2_000
const living = new Set<ChildProcess>()

/** Ends all that a row has left, and whatever games they hold themselves: without the channel each goes by itself. */
export async function endChildren(): Promise<void> {
  await Promise.all([...living].map(letGo))
}

/** Rejects when the program ends before it is ready. */
export async function startChild<Ready>(options: ChildOptions): Promise<Child<Ready>> {
  const { entry, argument = {}, nodeFlags = [] } = options
  const args = [...nodeFlags, fileURLToPath(entry), JSON.stringify(argument)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  living.add(child)
  child.once('exit', () => living.delete(child))
  const ready = (await answerOf(child, fileURLToPath(entry))) as Ready
  const end = (signal: NodeJS.Signals) => endChild(child, signal)
  return {
    pid: child.pid ?? 0,
    ready,
    async ask<Answer>(question: string) {
      child.send({ ask: question })
      return (await answerOf(child, question)) as Answer
    },
    onMessage(listener) {
      child.on('message', listener)
      return () => void child.off('message', listener)
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: () => end('SIGTERM'),
  }
}

/** The next message of the form `{ answer }`. */
function answerOf(child: ChildProcess, question: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const hear = (message: { answer?: unknown }): void => {
    if ('answer' in message) resolve(message.answer)
  }
  const gone = (code: number | null): void =>
    reject(new Error(`${question}: the program ended with ${code} before it answered`))
  child.on('message', hear)
  child.once('exit', gone)
  return promise.finally(() => {
    child.off('message', hear)
    child.off('exit', gone)
  })
}

async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  const late = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
  await gone
  clearTimeout(late)
}

async function letGo(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  if (child.connected) child.disconnect()
  const late = setTimeout(() => child.kill('SIGKILL'), letGoWithinMs)
  await gone
  clearTimeout(late)
}
