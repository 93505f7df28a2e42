/** The changes of an application's processes. */
import { ApiError } from './errors.ts'
import { followEvents } from './events.ts'
import type { ProcessesV3 } from './generated/processes-v3.ts'
import type { ProcessStatus, ProcessV3 } from './generated/types.ts'
import { latestProcesses } from './latest-processes.ts'
import { createPauses, mayPass } from './pause.ts'
import type { Sender } from './sender.ts'

export interface WatchProcessesOptions {
  /** The client's own when left out. */
  appId?: string | undefined
  /** Only changes that lead to one of these; all when left out. */
  status?: readonly ProcessStatus[] | undefined
  /** Ends the iteration. */
  signal?: AbortSignal | undefined
  /** Told when the stream begins and goes on, and when it is cut. */
  onState?: ((state: 'connected' | 'reconnecting') => void) | undefined
}

export interface ProcessChange {
  readonly process: ProcessV3
  /** As it was before; undefined when this watch had not seen it yet. */
  readonly previous: ProcessV3 | undefined
}

export interface Watcher {
  readonly sender: Sender
  readonly processes: ProcessesV3
}

/** What is looked at after a reset: more cannot have been missed by a watch that was away for a while. */
const mostListed = 1_000
/** Clocks differ: a process that changed this long before the watch began may be taken for one that changed after. */
const clockMarginMs = 60_000

const final: readonly string[] = ['stopped', 'failed']

/** Each change once, in order, from now on. After a reset it lists the processes and goes on with what differs. */
export async function* watchProcesses(
  { sender, processes }: Watcher,
  { appId, status, signal, onState }: WatchProcessesOptions,
): AsyncGenerator<ProcessChange, void> {
  const seen = createSeen()

  function* changeTo(process: ProcessV3): Generator<ProcessChange> {
    const previous = seen.note(process)
    if (status === undefined || status.includes(process.status)) yield { process, previous }
  }

  /** What is there now, where it is not as it was. */
  async function differences(): Promise<ProcessV3[]> {
    const changed: ProcessV3[] = []
    const unlisted = new Set(seen.alive())
    for await (const process of latestProcesses(sender, { appId, limit: mostListed, signal })) {
      unlisted.delete(process.processId)
      if (seen.isNew(process)) changed.push(process)
    }
    for (const processId of unlisted) {
      const process = await find(processId)
      if (process !== undefined && seen.isNew(process)) changed.push(process)
    }
    return changed
  }

  async function find(processId: string): Promise<ProcessV3 | undefined> {
    try {
      return await processes.getProcess(processId, appId, { signal })
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined
      throw error
    }
  }

  /** The server says once that there was a reset: what it led to must not be lost. */
  async function caughtUp(): Promise<ProcessV3[]> {
    const pauses = createPauses()
    while (!signal?.aborted) {
      try {
        return await differences()
      } catch (error) {
        if (!signal?.aborted && !mayPass(error)) throw error
        await pauses.next(signal, error)
      }
    }
    return []
  }

  const kinds = ['process']
  for await (const event of followEvents(sender, { appId, kinds, signal, onState })) {
    if (event.kind === 'process') {
      seen.advance(event.at.getTime())
      yield* changeTo(event.record)
    } else if (event.kind === 'reset') {
      for (const process of await caughtUp()) yield* changeTo(process)
    }
  }
}

/** What a watch has seen so far. */
interface Seen {
  /** Answers it as it was before; undefined when it is seen for the first time. */
  note(process: ProcessV3): ProcessV3 | undefined
  /** All up to this time was seen. */
  advance(at: number): void
  /** Whether it is not as it was seen last. */
  isNew(process: ProcessV3): boolean
  /** The ids of those that are not final. */
  alive(): Iterable<string>
}

function createSeen(): Seen {
  const alive = new Map<string, ProcessV3>()
  /** Their ids, the last to end last. */
  const ended = new Set<string>()
  let until = Date.now() - clockMarginMs
  return {
    note(process) {
      const { processId } = process
      const previous = alive.get(processId)
      if (final.includes(process.status)) {
        alive.delete(processId)
        ended.add(processId)
        const [oldest = ''] = ended
        if (ended.size > mostListed) ended.delete(oldest)
      } else {
        alive.set(processId, process)
      }
      return previous
    },
    advance: (at) => void (until = at),
    isNew(process) {
      const before = alive.get(process.processId)
      if (before !== undefined) return JSON.stringify(before) !== JSON.stringify(process)
      return !ended.has(process.processId) && lastTimeOf(process) >= until
    },
    alive: () => alive.keys(),
  }
}

function lastTimeOf(process: ProcessV3): number {
  const { createdAt, scheduledAt, bootedAt, startedAt, stoppingAt, terminatedAt } = process
  const times = [createdAt, scheduledAt, bootedAt, startedAt, stoppingAt, terminatedAt]
  return Math.max(...times.map((time) => time?.getTime() ?? 0))
}
