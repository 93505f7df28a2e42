/** Sends calls and reads their answers. */
import { type Attempt, startAttempt } from './attempt.ts'
import { type DatedSchema, reviveDates } from './dates.ts'
import { ApiError, ResponseValidationError } from './errors.ts'
import type { HatcheryOptions, RequestOptions } from './options.ts'
import { type Call, requestOf } from './request.ts'

export interface Sender {
  /** The JSON of the answer; `dates` names its schema where that has date-times. */
  json<T>(call: Call & { readonly dates?: DatedSchema }, options?: RequestOptions): Promise<T>
  empty(call: Call, options?: RequestOptions): Promise<void>
  text(call: Call, options?: RequestOptions): Promise<string>
  stream(call: Call, options?: RequestOptions): Promise<ReadableStream<Uint8Array>>
  /** The answer as it came. Rejects with an ApiError where the status is not 2xx, as all of them do. */
  raw(call: Call, options?: RequestOptions): Promise<Response>
}

type Read<T> = (response: Response, attempt: Attempt) => T | Promise<T>

export function createSender(client: HatcheryOptions): Sender {
  async function send<T>(call: Call, options: RequestOptions, read: Read<T>): Promise<T> {
    const { url, init } = await requestOf(client, call, options)
    const attempt = startAttempt({
      operation: call.operation,
      origin: new URL(url).origin,
      timeoutMs: options.timeoutMs ?? client.timeoutMs,
      signal: options.signal,
    })
    const { fetch = globalThis.fetch } = client
    try {
      const response = await fetch(url, { ...init, signal: attempt.signal })
      if (response.ok) return await read(response, attempt)
      throw new ApiError(call.operation, { response, body: await response.text() })
    } catch (error) {
      throw attempt.explain(error)
    } finally {
      attempt.settle()
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

/** That the answer is a `T` is the server's promise: only what would trip the caller is looked at. */
const jsonOf =
  <T>({ operation, dates }: Call & { readonly dates?: DatedSchema }): Read<T> =>
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
