/**
 * The lines of a process' log as they come. The server says at which byte an answer begins; with the bytes that came
 * since, that is where to go on after a cut, so that no line is lost and none comes twice.
 */
import { chunksOf } from './chunks.ts'
import { ConnectionError } from './errors.ts'
import { createLineSplitter } from './lines.ts'
import { createPauses, mayPass } from './pause.ts'
import type { Sender } from './sender.ts'

export interface FollowLogOptions {
  /** The client's own when left out. */
  appId?: string | undefined
  /** How many of the last lines to begin with, 1 to 5,000; 100 when left out. */
  tailLines?: number | undefined
  /** Ends the iteration. */
  signal?: AbortSignal | undefined
  /**
   * Told when a connection was cut and when another one stands: `connected` where the log goes on at the next byte,
   * `gap` where what lay between is not kept any more.
   */
  onState?: ((state: 'connected' | 'reconnecting' | 'gap') => void) | undefined
}

const operation = 'GetLogsForProcess'

interface Place {
  /** Offset of the next byte; undefined before the first answer, and where the server does not say. */
  offset: number | undefined
}

/**
 * Ends when the process has ended and its log is read, and when the signal aborts. Throws where the first attempt
 * fails, where the server refuses a later one, and when the log is removed meanwhile.
 */
export async function* followLog(
  sender: Sender,
  processId: string,
  options: FollowLogOptions,
): AsyncGenerator<string, void> {
  const { signal } = options
  const pauses = createPauses()
  const lines = createLineSplitter()
  const place: Place = { offset: undefined }
  let wasConnected = false
  let isTold = false
  while (!signal?.aborted) {
    let failure: unknown
    try {
      const response = await open(sender, processId, { options, place })
      wasConnected = true
      const hasGap = isElsewhere(place, response)
      if (isTold) options.onState?.(hasGap ? 'gap' : 'connected')
      isTold = false
      if (hasGap) yield* rest()
      for await (const chunk of chunksOf(response.body)) {
        if (place.offset !== undefined) place.offset += chunk.byteLength
        pauses.reset()
        for (const line of lines.push(chunk)) yield line
      }
      yield* rest()
      return
    } catch (error) {
      failure = error
    }
    if (signal?.aborted) return
    if (!isCut(failure) || !wasConnected || place.offset === undefined) throw explained(failure)
    if (!isTold) options.onState?.('reconnecting')
    isTold = true
    await pauses.next(signal, failure)
  }

  function* rest(): Generator<string> {
    const line = lines.flush()
    if (line !== undefined) yield line
  }
}

function open(
  sender: Sender,
  processId: string,
  { options: { appId, tailLines, signal }, place }: { options: FollowLogOptions; place: Place },
): Promise<Response> {
  return sender.raw(
    {
      ...{ operation, method: 'GET', path: '/logs/v1/{appId}/process/{processId}' },
      params: { appId, processId },
      query: { follow: true, tailLines },
    },
    { signal, headers: { 'Hatchery-Log-From': String(place.offset ?? 'tail') } },
  )
}

/** Takes over where the answer begins: elsewhere than asked for when what lay between is not kept any more. */
function isElsewhere(place: Place, { headers }: Response): boolean {
  const text = headers.get('Hatchery-Log-Offset')
  const before = place.offset
  place.offset = text === null ? undefined : Number(text)
  return before !== undefined && before !== place.offset
}

/** A body that breaks fails with whatever `fetch` throws. */
const isCut = (error: unknown): boolean =>
  mayPass(error) || !(error instanceof Error && 'operation' in error)

const explained = (error: unknown): unknown =>
  isCut(error) && !mayPass(error)
    ? new ConnectionError(operation, 'the connection broke while the log was read', {
        cause: error,
      })
    : error
