/** Listens to what happens to our containers, for as long as the driver lives; a lost connection is opened anew. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessId } from '../../domain/process.ts'
import { labels } from './container-spec.ts'
import type { EngineClient } from './engine-client.ts'

export interface ContainerEvent {
  readonly action: 'start' | 'die'
  readonly processId: ProcessId
  readonly containerId: string
}

export interface EventsOptions {
  readonly engine: EngineClient
  /** `label=value` of the containers that count. */
  readonly label: string
  readonly onEvent: (event: ContainerEvent) => void
  /** The connection is there, again: something may have happened before. */
  readonly onOpen: () => Promise<void>
  readonly onLost: (error: unknown) => void
}

const firstRetryMs = 100
const longestRetryMs = 5_000

/** Answers a function that ends it and resolves when it has ended. */
export function listen(options: EventsOptions): () => Promise<void> {
  const stop = new AbortController()
  const over = listenUntil(options, stop.signal)
  return async () => {
    stop.abort()
    await over
  }
}

async function listenUntil(options: EventsOptions, signal: AbortSignal): Promise<void> {
  let retryMs = firstRetryMs
  let isLost = false
  const onOpen = async (): Promise<void> => {
    isLost = false
    retryMs = firstRetryMs
    await options.onOpen()
  }
  while (!signal.aborted) {
    const cause = await listenOnce({ ...options, onOpen }, signal)
    if (!signal.aborted && !isLost) options.onLost(cause)
    isLost = true
    await sleep(retryMs, undefined, { signal }).catch(() => undefined)
    retryMs = Math.min(2 * retryMs, longestRetryMs)
  }
}

/** Until the connection is lost: answers why. */
async function listenOnce(options: EventsOptions, signal: AbortSignal): Promise<unknown> {
  const over = new AbortController()
  try {
    const answer = await open(options, AbortSignal.any([signal, over.signal]))
    await options.onOpen()
    for await (const event of eventsIn(answer)) options.onEvent(event)
    return new Error('the engine ended the stream of its events')
  } catch (error) {
    return error
  } finally {
    over.abort()
  }
}

async function open(
  { engine, label }: EventsOptions,
  signal: AbortSignal,
): Promise<AsyncIterable<Buffer>> {
  const filters = { type: ['container'], event: ['start', 'die'], label: [label] }
  return await engine.stream({
    ...{ method: 'GET', path: '/events', query: { filters: JSON.stringify(filters) }, signal },
  })
}

interface EngineEvent {
  readonly Action: string
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
}

async function* eventsIn(answer: AsyncIterable<Buffer>): AsyncIterable<ContainerEvent> {
  for await (const line of jsonLines(answer)) {
    const { Action, Actor } = line as EngineEvent
    const processId = Actor.Attributes[labels.process]
    if (processId === undefined || (Action !== 'start' && Action !== 'die')) continue
    yield { action: Action, processId, containerId: Actor.ID }
  }
}

/** Objects, one on each line. */
export async function* jsonLines(source: AsyncIterable<Buffer>): AsyncIterable<unknown> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line)
  }
  if (rest.trim() !== '') yield JSON.parse(rest)
}
