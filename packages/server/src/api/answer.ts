/** Sends what a handler answered, at exactly the status that its operation lists. */
import { Readable } from 'node:stream'
import type { Operation } from '@hatchery/contract'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { RawJson } from './context.ts'
import { explain } from './explain.ts'
import { type AnswerStream, cutWhenStalled } from './stalled-readers.ts'

/** What is needed of an HTTP reply. */
export interface Reply {
  code(status: number): unknown
  header(name: string, value: string): unknown
  send(payload?: unknown): unknown
  readonly raw: AnswerStream & { readonly headersSent: boolean; flushHeaders(): void }
}

/** Sends; does not wait until it is sent. */
export type Answerer = (reply: Reply, result: unknown) => void

/** `check`: each JSON answer is held against its schema, and one that does not fit is a bug. */
export function answerer({ answer }: Operation, check: boolean): Answerer {
  if ('json' in answer) return jsonAnswerer(answer, check ? answerCheck(answer.json) : () => {})
  if ('stream' in answer) return streamAnswerer(answer.status, answer.stream)
  if ('text' in answer) return streamAnswerer(answer.status, `${answer.text}; charset=utf-8`)
  return (reply) => {
    reply.code(answer.status)
    reply.send()
  }
}

const jsonAnswerer =
  ({ status }: { status: number }, check: (text: string) => void): Answerer =>
  (reply, result) => {
    const text = result instanceof RawJson ? result.text : JSON.stringify(result)
    check(text)
    reply.code(status)
    reply.header('content-type', 'application/json; charset=utf-8')
    reply.send(text)
  }

const streamAnswerer =
  (status: number, contentType: string): Answerer =>
  (reply, result) => {
    reply.code(status)
    reply.header('content-type', contentType)
    setTimeout(() => sendHead(reply), silenceMs)
    cutWhenStalled(reply.raw)
    reply.send(Readable.from(result as AsyncIterable<Uint8Array>, { objectMode: false }))
  }

/** Long enough for a stream that fails at its first byte to be answered as an error. */
const silenceMs = 20

/** Whoever reads a stream that says nothing yet must not wait for the status. */
function sendHead({ raw }: Reply): void {
  if (!raw.headersSent) raw.flushHeaders()
}

function answerCheck(schema: TSchema): (text: string) => void {
  let validator: ReturnType<typeof Compile> | undefined
  return (text) => {
    validator ??= Compile(schema)
    const value: unknown = JSON.parse(text)
    if (!validator.Check(value))
      throw new Error(explain('answer', value, [...validator.Errors(value)]))
  }
}
