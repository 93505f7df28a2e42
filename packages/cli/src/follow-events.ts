/** The server's stream of changes, taken up again after a cut where it was left. */
import { setTimeout as delay } from 'node:timers/promises'
import type { EventKind, Hatchery } from '@hatchery/client'
import { readServerSentEvents } from './server-sent-events.ts'

export interface Change {
  /** `process`, `room`, …, or `reset`: some changes are no longer kept, so read everything anew. */
  readonly kind: string
  readonly value: unknown
}

export interface FollowOptions {
  readonly appId?: string | undefined
  readonly processId?: string | undefined
  readonly kinds?: readonly EventKind[]
  readonly signal: AbortSignal
  /** Told when the stream is cut, and when it goes on. */
  readonly onState?: (state: 'connected' | 'reconnecting') => void
}

const firstPauseMs = 500
const longestPauseMs = 10_000

/** Ends when the signal is aborted. Rejects where the first attempt fails, and where the server refuses a later one. */
export async function* followEvents(
  client: Hatchery,
  { appId, processId, kinds = [], signal, onState = () => {} }: FollowOptions,
): AsyncGenerator<Change> {
  let lastId: string | undefined
  let connected = false
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    try {
      const headers = lastId === undefined ? {} : { 'Last-Event-ID': lastId }
      const stream = await client.hatchery.getEvents(appId, processId, [...kinds], {
        ...{ signal, headers },
      })
      connected = true
      pauseMs = firstPauseMs
      onState('connected')
      for await (const { id, event, data: text } of readServerSentEvents(stream)) {
        lastId = id ?? lastId
        yield { kind: event, value: parsed(text) }
      }
    } catch (error) {
      if (signal.aborted) return
      if (!connected || isRefusal(error)) throw error
    }
    onState('reconnecting')
    await delay(pauseMs, undefined, { signal }).catch(() => {})
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
}

/** What trying again does not change: the server is there and says no. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'ApiError' &&
  'status' in error &&
  Number(error.status) < 500 &&
  error.status !== 429

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
