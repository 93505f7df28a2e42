/** The server's end of the channel to the launcher: starts it, starts it anew when it dies, and matches answers to requests. */
import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DriverError } from '../../domain/driver.ts'
import type { Capabilities } from './capabilities.ts'
import type {
  FromLauncher,
  LauncherOptions,
  Request,
  ToLauncher,
  Traffic,
} from './launcher/protocol.ts'

export interface LauncherClient {
  /** Rejects with a DriverError: what the launcher refused, or temporary when it died over it. */
  request(request: Request): Promise<Traffic | undefined>
  /** What the machine can do, once the launcher has found out. */
  capabilities(): Promise<Capabilities>
  close(): Promise<void>
}

export interface LauncherClientOptions extends LauncherOptions {
  /** The launcher's program; its source by default, another file in a bundle. */
  readonly launcherEntry?: string
  readonly onChange: (processId: string) => void
  readonly onSaid: (level: 'info' | 'warn', message: string) => void
}

interface Waiting {
  readonly resolve: (traffic: Traffic | undefined) => void
  readonly reject: (error: DriverError) => void
}

export function createLauncherClient(options: LauncherClientOptions): LauncherClient {
  const waiting = new Map<number, Waiting>()
  const found = Promise.withResolvers<Capabilities>()
  let count = 0
  let closing = false
  let reopenAfterMs = firstReopenMs
  let child = open()

  function open(): ChildProcess {
    const { launcherEntry, onChange, onSaid, ...launcherOptions } = options
    const entry = launcherEntry ?? besideUs()
    // A session of its own: Ctrl-C in a terminal is the server's matter. Its environment is built from nothing.
    const opened = fork(entry, [], {
      detached: true,
      env: {},
      execArgv: launcherFlags,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    opened.on('message', (message: FromLauncher) => hear(message))
    opened.once('exit', () => void reopen())
    opened.on('error', () => {})
    tell(opened, { kind: 'open', options: launcherOptions })
    return opened
  }

  function hear(message: FromLauncher): void {
    if (message.kind === 'changed') options.onChange(message.processId)
    if (message.kind === 'ready') {
      reopenAfterMs = firstReopenMs
      found.resolve(message.capabilities)
    }
    if (message.kind === 'said') options.onSaid(message.level, message.message)
    if (message.kind === 'answer') take(message.number)?.resolve(message.traffic)
    if (message.kind === 'refusal') {
      const { message: text, temporary, portTaken } = message.refusal
      take(message.number)?.reject(new DriverError(text, { temporary, portTaken }))
    }
  }

  function take(number: number): Waiting | undefined {
    const request = waiting.get(number)
    waiting.delete(number)
    return request
  }

  /** What was asked of the dead one is for the engine to ask again: starting twice starts once. */
  async function reopen(): Promise<void> {
    for (const number of [...waiting.keys()]) {
      take(number)?.reject(new DriverError('the launcher ended meanwhile', { temporary: true }))
    }
    if (closing) return
    options.onSaid('warn', 'the launcher ended and is started anew; games are not touched by that')
    await sleep(reopenAfterMs)
    reopenAfterMs = Math.min(reopenAfterMs * 2, longestReopenMs)
    if (!closing) child = open()
  }

  return {
    request: (request) => {
      if (closing)
        return Promise.reject(new DriverError('the driver is closed', { temporary: true }))
      return send(request)
    },
    capabilities: () => found.promise,
    close: async () => {
      if (closing) return
      closing = true
      await Promise.race([send({ kind: 'close' }).catch(() => undefined), timeLimit()])
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.exitCode !== null || child.signalCode !== null) return
      if (child.connected) child.disconnect()
      await Promise.race([ended, timeLimit()])
    },
  }

  function send(request: Request): Promise<Traffic | undefined> {
    count += 1
    const number = count
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject })
      if (!tell(child, { kind: 'request', number, request })) {
        take(number)?.reject(new DriverError('the launcher is being started', { temporary: true }))
      }
    })
  }
}

/** Memory small: a young generation of 1 MB instead of 16, and leave to collect what bursts of starts left behind. */
const launcherFlags = [
  '--max-semi-space-size=1',
  '--expose-gc',
  '--disable-warning=ExperimentalWarning',
]

/** One that dies again and again, before it is ready, is started ever more rarely. */
const firstReopenMs = 100
const longestReopenMs = 10_000

/** In a bundle the launcher is built too, and stands beside us in the same folder as its source does. */
function besideUs(): string {
  const name = import.meta.url.endsWith('.ts') ? 'launcher/main.ts' : 'launcher/main.mjs'
  return fileURLToPath(new URL(name, import.meta.url))
}

const closeWithinMs = 3000

/** Does not keep the server alive. */
const timeLimit = () => sleep(closeWithinMs, undefined, { ref: false })

function tell(child: ChildProcess, message: ToLauncher): boolean {
  if (!child.connected) return false
  child.send(message, () => {})
  return true
}
