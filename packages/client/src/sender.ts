/** Sends calls and reads their answers. */
import { type Attempt, startAttempt } from './attempt.ts'
import { type DatedFields, reviveDates } from './dates.ts'
import { HttpError, ResponseValidationError } from './errors.ts'
import type { HatcheryOptions, RequestOptions } from './options.ts'
import { pause } from './pause.ts'
import { refusalOf } from './refusal.ts'
import { type Call, requestOf } from './request.ts'
import { pauseBefore } from './retries.ts'

export interface Sender {
  /** The JSON of the answer; `dates` says which of its fields are. */
  json<T>(call: Call & { readonly dates?: DatedFields }, options?: RequestOptions): Promise<T>
  empty(call: Call, options?: RequestOptions): Promise<void>
  text(call: Call, options?: RequestOptions): Promise<string>
  stream(call: Call, options?: RequestOptions): Promise<ReadableStream<Uint8Array>>
  /** The answer as it came. Rejects with an ApiError where the status is not 2xx, as all of them do. */
  raw(call: Call, options?: RequestOptions): Promise<Response>
}

type Read<T> = (response: Response, attempt: Attempt) => T | Promise<T>

export function createSender(client: HatcheryOptions): Sender {
  warnInBrowser(client)
  const { fetch = globalThis.fetch, httpClient, debugLogger } = client
  const exchange = (url: string, init: RequestInit): Promise<Response> =>
    httpClient === undefined ? fetch(url, init) : httpClient.request(new Request(url, init))

  async function sendOnce<T>(call: Call, options: RequestOptions, read: Read<T>): Promise<T> {
    const { url, init } = await requestOf(client, call, options)
    const attempt = startAttempt({
      operation: call.operation,
      origin: new URL(url).origin,
      timeoutMs: options.timeoutMs ?? client.timeoutMs,
      signal: options.signal ?? undefined,
    })
    const said = `${call.operation}: ${call.method} ${url.split('?')[0]}`
    try {
      const response = await exchange(url, { ...init, signal: attempt.signal })
      debugLogger?.log(`${said} ${response.status}`)
      if (response.ok) return await read(response, attempt)
      throw await refusalOf(call.operation, response)
    } catch (error) {
      const explained = attempt.explain(error)
      if (!(explained instanceof HttpError)) debugLogger?.log(`${said} ${explained.name}`)
      throw explained
    } finally {
      attempt.settle()
    }
  }

  async function send<T>(call: Call, options: RequestOptions, read: Read<T>): Promise<T> {
    const startedAt = performance.now()
    const isOnce = call.creates === true && !hasOwnKey(call, options)
    for (let tries = 0; ; tries += 1) {
      try {
        return await sendOnce(call, options, read)
      } catch (error) {
        const elapsedMs = performance.now() - startedAt
        const failed = { error, tries, elapsedMs, isOnce }
        const pauseMs = pauseBefore(
          options.retries ?? client.retryConfig,
          options.retryCodes,
          failed,
        )
        if (pauseMs === undefined || options.signal?.aborted) throw error
        await pause(pauseMs, options.signal ?? undefined)
      }
    }
  }

  return {
    json: (call, options = {}) => send(call, options, jsonOf(call)),
    empty: (call, options = {}) => send(call, options, drained),
    text: (call, options = {}) => send(call, options, (response) => response.text()),
    stream: (call, options = {}) => send(call, options, streamed),
    raw: (call, options = {}) => send(call, options, (response) => response),
  }
}

let isWarned = false

/** Whoever opens the page could read it there, and do all that it allows. */
function warnInBrowser({ hathoraDevToken }: HatcheryOptions): void {
  if (hathoraDevToken === undefined || isWarned || !('document' in globalThis)) return
  isWarned = true
  // oxlint-disable-next-line no-console -- whoever opens the page has nothing else to be told by
  console.warn(
    "hathoraDevToken is in a browser, where everybody can read it: players need none, see '@hatchery/client/player'",
  )
}

/** New processes, and nothing else, are made once under the same key, however often they are asked for. */
const hasOwnKey = ({ operation }: Call, { headers }: RequestOptions): boolean =>
  operation.startsWith('CreateProcess') && new Headers(headers).has('Idempotency-Key')

/** That the answer is a `T` is the server's promise: only what would trip the caller is looked at. */
const jsonOf =
  <T>({ operation, dates }: Call & { readonly dates?: DatedFields }): Read<T> =>
  async (response) => {
    const body = await response.text()
    try {
      const value: unknown = JSON.parse(body)
      return (dates === undefined ? value : reviveDates(value, dates)) as T
    } catch (error) {
      const problem = error instanceof RangeError ? error.message : 'the answer is not JSON'
      throw new ResponseValidationError(operation, problem, { response, body })
    }
  }

const drained: Read<void> = async (response) => {
  await response.arrayBuffer()
}

/** The body, with the client's own errors where it breaks. */
const streamed: Read<ReadableStream<Uint8Array>> = (response, attempt) => {
  const reader = response.body?.getReader()
  return new ReadableStream({
    async pull(controller) {
      try {
        const chunk = await reader?.read()
        if (chunk?.value === undefined) controller.close()
        else controller.enqueue(chunk.value)
      } catch (error) {
        controller.error(attempt.explain(error))
      }
    },
    cancel: (reason) => reader?.cancel(reason),
  })
}
