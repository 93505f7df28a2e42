/** What a call can fail with. Each message names the operation; none has a token in it. */

import { messageOf, textOf } from './error-text.ts'
import type { ProcessV3 } from './generated/types.ts'

/** Every failure of a call. */
export class HatcheryClientError extends Error {
  override readonly name: string = 'HatcheryClientError'
  /** The operation, as `CreateProcess`. */
  readonly operation: string

  constructor(operation: string, message: string, options?: ErrorOptions) {
    super(`${operation}: ${message}`, options)
    this.operation = operation
  }
}

/** Nothing was sent: an id is missing, or a value cannot be sent. */
export class InvalidRequestError extends HatcheryClientError {
  override readonly name = 'InvalidRequestError'
}

/** Something that no other class is for: a hook that threw. */
export class UnexpectedClientError extends HatcheryClientError {
  override readonly name = 'UnexpectedClientError'
}

/** The server could not be reached, or the connection broke. Whether it did what was asked is not known. */
export class ConnectionError extends HatcheryClientError {
  override readonly name = 'ConnectionError'
}

/** The time limit of the call was over. Whether the server did what was asked is not known. */
export class RequestTimeoutError extends HatcheryClientError {
  override readonly name = 'RequestTimeoutError'
}

/** The caller's signal ended the call; its reason is the `cause`. */
export class RequestAbortedError extends HatcheryClientError {
  override readonly name = 'RequestAbortedError'
}

/** An answer, and its body as it came. */
interface Answer {
  readonly response: Response
  readonly body: string
}

/** Every failure that came with an answer: the base class of HTTP errors, with the official client's fields. */
export class HttpError extends HatcheryClientError {
  override readonly name: string = 'HttpError'
  /** The HTTP status. */
  readonly status: number
  /** The HTTP status, by the name that the official client gives it. */
  readonly statusCode: number
  /** The body as it came; its beginning may stand in `message`. */
  readonly body: string
  readonly headers: Headers
  readonly contentType: string
  readonly rawResponse: Response
  /** The id of the request in the server's log. */
  readonly requestId: string | undefined

  constructor(operation: string, message: string, { response, body }: Answer) {
    super(operation, message)
    const { status, headers } = response
    this.status = status
    this.statusCode = status
    this.body = body
    this.headers = headers
    this.contentType = headers.get('Content-Type') ?? ''
    this.rawResponse = response
    this.requestId = headers.get('Hatchery-Request-Id') ?? undefined
  }
}

/** The server refused or failed. */
export class ApiError extends HttpError {
  override readonly name: string = 'ApiError'
  /** What the server says, without the operation and the request id that stand in `message`. */
  readonly data$: { readonly message: string }
  /** The server's code of the error: one status may have several. */
  readonly code: string | undefined

  constructor(operation: string, answer: Answer) {
    const { response, body } = answer
    const message = messageOf(body) ?? textOf(body, response)
    const requestId = response.headers.get('Hatchery-Request-Id')
    const request = requestId === null ? '' : ` (request ${requestId})`
    super(operation, `${response.status} ${message}${request}`, answer)
    this.data$ = { message }
    this.code = response.headers.get('Hatchery-Error') ?? undefined
  }
}

/** Something refused, but not in the words of the API: a proxy in front of the server, or another program. */
export class SDKError extends ApiError {
  override readonly name = 'SDKError'
}

/** A process that was waited for ended, or is about to, and does not run any more. */
export class ProcessEndedError extends HatcheryClientError {
  override readonly name = 'ProcessEndedError'
  readonly process: ProcessV3
  /** What it wrote last: at most 10 lines. */
  readonly lastLines: readonly string[]

  constructor(operation: string, process: ProcessV3, lastLines: readonly string[]) {
    const { processId, status, summaryExitReason } = process
    const reason = summaryExitReason === undefined ? '' : `: ${summaryExitReason}`
    const line = lastLines.findLast((one) => one.trim() !== '')
    const log =
      line === undefined ? '' : `; its log ends with ${JSON.stringify(line.slice(0, 200))}`
    super(operation, `process ${processId} is ${status}${reason}${log}`)
    this.process = process
    this.lastLines = lastLines
  }
}

/** The server answered, but not as the API says: perhaps something else listens there. */
export class ResponseValidationError extends HttpError {
  override readonly name = 'ResponseValidationError'

  constructor(operation: string, problem: string, answer: Answer) {
    super(operation, `${problem}: ${textOf(answer.body, answer.response)}`, answer)
  }

  /** The body, by the name that the official client gives it. */
  get rawValue(): unknown {
    return this.body
  }

  /** The message: there is nothing prettier to say. */
  pretty(): string {
    return this.message
  }
}
