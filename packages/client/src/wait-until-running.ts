/** Waits for a process to run, by the events of the server. */
import { ApiError, ProcessEndedError, RequestAbortedError, RequestTimeoutError } from './errors.ts'
import { type StreamItem, eventItems } from './events.ts'
import type { LogsV1 } from './generated/logs-v1.ts'
import type { ProcessesV3 } from './generated/processes-v3.ts'
import type { ProcessV3 } from './generated/types.ts'
import { createLineSplitter } from './lines.ts'
import { mayPass } from './pause.ts'
import type { Sender } from './sender.ts'

export interface WaitUntilRunningOptions {
  /** The client's own when left out. */
  appId?: string | undefined
  /** Ends the waiting: it rejects with a RequestAbortedError. */
  signal?: AbortSignal | undefined
  /** Milliseconds to wait at most; as long as it takes when left out. */
  timeoutMs?: number | undefined
}

export interface Waiter {
  readonly sender: Sender
  readonly processes: ProcessesV3
  readonly logs: LogsV1
}

const operation = 'WaitUntilRunning'
const lastLines = 10

/** A process that drains runs, too. */
const running: readonly string[] = ['running', 'draining']
const ended: readonly string[] = ['stopping', 'stopped', 'failed']

export async function waitUntilRunning(
  waiter: Waiter,
  processId: string,
  { appId, signal, timeoutMs }: WaitUntilRunningOptions,
): Promise<ProcessV3> {
  const limit = new AbortController()
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => limit.abort(), timeoutMs)
  const either = signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal])
  const asked = { processId, appId, signal: either }
  try {
    const kinds = ['process']
    for await (const item of eventItems(waiter.sender, { processId, kinds, signal: either })) {
      const process = await processIn(item, waiter, asked)
      if (process === undefined) continue
      if (running.includes(process.status)) return process
      if (ended.includes(process.status)) throw await endOf(process, waiter, asked)
    }
  } catch (error) {
    if (!either.aborted) throw error
  } finally {
    clearTimeout(timer)
  }
  if (signal?.aborted) throw new RequestAbortedError(operation, 'aborted', { cause: signal.reason })
  const message = `process ${processId} does not run after ${timeoutMs} ms`
  throw new RequestTimeoutError(operation, message)
}

interface Asked {
  readonly processId: string
  readonly appId: string | undefined
  readonly signal: AbortSignal
}

/** What an event says, or what is there when the stream begins or is away. */
async function processIn(
  item: StreamItem,
  { processes }: Waiter,
  { processId, appId, signal }: Asked,
): Promise<ProcessV3 | undefined> {
  if (item.kind === 'process') return item.record
  if (item.kind === 'cut' && !item.wasConnected && !(item.error instanceof ApiError)) {
    throw item.error
  }
  try {
    return await processes.getProcess(processId, appId, { signal })
  } catch (error) {
    if (mayPass(error)) return undefined
    throw error
  }
}

async function endOf(
  process: ProcessV3,
  { logs }: Waiter,
  { signal }: Asked,
): Promise<ProcessEndedError> {
  const { processId, appId } = process
  const lines = await logs
    .getLogsForProcess(processId, appId, false, lastLines, { signal })
    .then(linesOf)
    // One that never ran has no log; and without one there is still the reason.
    .catch(() => [])
  return new ProcessEndedError(operation, process, lines)
}

async function linesOf(stream: ReadableStream<Uint8Array>): Promise<string[]> {
  const splitter = createLineSplitter()
  const lines = splitter.push(new Uint8Array(await new Response(stream).arrayBuffer()))
  const rest = splitter.flush()
  return rest === undefined ? lines : [...lines, rest]
}
