/** What a call can fail with. Each message names the operation; none has a token in it. */

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

/** The server refused or failed. */
export class ApiError extends HatcheryClientError {
  override readonly name = 'ApiError'
  /** The HTTP status. */
  readonly status: number
  /** The HTTP status, by the name that the official client gives it. */
  readonly statusCode: number
  readonly body: string
  readonly headers: Headers
  readonly contentType: string
  readonly rawResponse: Response
  /** What the server says, without the operation and the request id that stand in `message`. */
  readonly data$: { readonly message: string }
  /** The id of the request in the server's log. */
  readonly requestId: string | undefined
  /** The server's code of the error: one status may have several. */
  readonly code: string | undefined

  constructor(operation: string, { response, body }: Answer) {
    const { status, headers } = response
    const message = messageOf(body) ?? textOf(body, response)
    const requestId = headers.get('Hatchery-Request-Id') ?? undefined
    super(
      operation,
      `${status} ${message}${requestId === undefined ? '' : ` (request ${requestId})`}`,
    )
    this.status = status
    this.statusCode = status
    this.body = body
    this.headers = headers
    this.contentType = headers.get('Content-Type') ?? ''
    this.rawResponse = response
    this.data$ = { message }
    this.requestId = requestId
    this.code = headers.get('Hatchery-Error') ?? undefined
  }
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
export class ResponseValidationError extends HatcheryClientError {
  override readonly name = 'ResponseValidationError'
  /** The HTTP status. */
  readonly status: number
  /** The HTTP status, by the name that the official client gives it. */
  readonly statusCode: number
  /** The id of the request in the server's log. */
  readonly requestId: string | undefined
  readonly body: string
  readonly headers: Headers
  readonly rawResponse: Response

  constructor(operation: string, problem: string, { response, body }: Answer) {
    super(operation, `${problem}: ${textOf(body, response)}`)
    this.status = response.status
    this.statusCode = response.status
    this.requestId = response.headers.get('Hatchery-Request-Id') ?? undefined
    this.body = body
    this.headers = response.headers
    this.rawResponse = response
  }
}

function messageOf(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body)
    const message =
      typeof value === 'object' && value !== null && 'message' in value && value.message
    return typeof message === 'string' && message !== '' ? message : undefined
  } catch {
    return undefined
  }
}

/** What can be shown of a body that is not in the API's form: the beginning, in one line. */
function textOf(body: string, response: Response): string {
  const line = body.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
  return line === '' ? response.statusText || 'no body' : line
}
