/** Any error as lines for stderr and an exit code. Errors nobody foresaw show where they came from. */
import type { ApiError, HatcheryClientError } from '@hatchery/client'
import { adviceFor } from './advice.ts'
import { needsYes } from './ask.ts'
import { Failure } from './failure.ts'
import { ownerOf } from './ports.ts'

export interface Problem {
  readonly message: string
  readonly exitCode: number
  readonly attempt?: string | undefined
  readonly code?: string | undefined
  readonly status?: number | undefined
  readonly requestId?: string | undefined
  /** The message has a problem in each line. */
  readonly several?: true
}

/** What is known of the command that failed. */
export interface Failed {
  readonly argv?: readonly string[]
  /** As typed: `hatchery room create`. */
  readonly name?: string | undefined
  /** Where the server's address came from, once one was known. */
  readonly address?: { readonly url: string; readonly from: string } | undefined
}

export function problemOf(error: unknown, failed: Failed): Problem {
  if (error instanceof Failure) return ofFailure(error, failed)
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1 }
  const attempt = 'hatchery serve --help'
  if (error.name === 'ConfigError')
    return { message: error.message, exitCode: 2, attempt, several: true }
  if (isPortTaken(error)) return portTaken(error.port)
  if (error.name === 'HatcheryError') return { message: error.message, exitCode: 1 }
  return ofClient(error, failed) ?? { message: error.stack ?? error.message, exitCode: 1 }
}

/** As `error:` and `try:` lines. */
export const asLines = ({ message, exitCode, attempt, requestId, several }: Problem): string[] => [
  ...(several ? message.split('\n') : [message]).map((line) => `error: ${line}`),
  ...(exitCode === 1 && requestId !== undefined && !message.includes(requestId)
    ? [`       request ${requestId}; the log of the server has more under this id`]
    : []),
  ...(attempt === undefined ? [] : [`try:   ${attempt}`]),
]

/** As one JSON value. */
export const asJson = ({ message, code, status, attempt, requestId }: Problem): string =>
  JSON.stringify({ error: { message, code, status, try: attempt, requestId } })

/** For a wrong argument the command's help is always a way out. */
function ofFailure({ message, exitCode, attempt, code }: Failure, failed: Failed): Problem {
  const help = exitCode === 2 ? helpOf(failed) : undefined
  const again = code === needsYes ? withYes(failed.argv ?? []) : undefined
  return { ...{ message, exitCode, code }, attempt: attempt ?? again ?? help }
}

/** The same once more, unless there is something in it that should not be printed or needs quotes. */
function withYes(argv: readonly string[]): string | undefined {
  const isPlain = argv.every((word) => /^[\w./:=,@-]+$/.test(word) && !word.startsWith('--token'))
  return isPlain ? ['hatchery', ...argv, '--yes'].join(' ') : undefined
}

/** By name: the classes live in the client, which many commands never load. */
function ofClient(error: Error, failed: Failed): Problem | undefined {
  const { operation } = error as HatcheryClientError
  const message = error.message.slice(`${operation}: `.length)
  const status = 'hatchery status'
  const from = failed.address === undefined ? '' : ` (address from ${failed.address.from})`
  switch (error.name) {
    case 'ApiError':
      return ofApi(error as ApiError, failed)
    case 'InvalidRequestError':
      return { message, exitCode: 2, code: 'usage', attempt: helpOf(failed) }
    case 'ConnectionError':
      return {
        message: `cannot reach ${failed.address?.url ?? 'the server'}: ${reasonOf(error)}${from}`,
        ...{ exitCode: 5, code: 'unreachable' },
        attempt: failed.address?.from === './.hatchery' ? 'hatchery up' : status,
      }
    case 'RequestTimeoutError':
      return { message: `${message}${from}`, exitCode: 5, code: 'no-answer', attempt: status }
    case 'RequestAbortedError':
      return { message: 'broken off', exitCode: 130, code: 'interrupted' }
    case 'ResponseValidationError':
      return notHatchery(failed, status)
    default:
      return undefined
  }
}

const notHatchery = (failed: Failed, attempt: string): Problem => ({
  message: `what answers at ${failed.address?.url ?? 'the address'} is not a Hatchery (address from ${failed.address?.from ?? 'nowhere'})`,
  ...{ exitCode: 5, code: 'not-hatchery', attempt },
})

function ofApi(error: ApiError, failed: Failed): Problem {
  const { operation, status, code, requestId, data$, contentType } = error
  if (code === undefined && !contentType.includes('json'))
    return notHatchery(failed, 'hatchery status')
  const advice = adviceFor(operation, code)
  return {
    ...{ message: data$.message, exitCode: exitCodeOf(status), code, status, requestId },
    attempt: advice === 'HELP' ? helpOf(failed) : advice,
  }
}

const helpOf = ({ name }: Failed): string | undefined => name && `${name} -h`

function exitCodeOf(status: number): number {
  if (status === 401 || status === 403) return 4
  if (status === 404 || status === 410) return 3
  if (status === 402 || status === 429) return 6
  if (status === 408) return 5
  return status < 500 ? 2 : 1
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection broke',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
  ETIMEDOUT: 'no answer',
  UND_ERR_CONNECT_TIMEOUT: 'no answer',
  UND_ERR_SOCKET: 'the connection broke',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
}

/** `fetch` hides what happened in causes. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as NodeJS.ErrnoException
  if (code !== undefined && reasons[code] !== undefined) return reasons[code]
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}

const isPortTaken = (error: Error): error is Error & { port: number } =>
  'code' in error && error.code === 'EADDRINUSE' && 'port' in error

function portTaken(port: number): Problem {
  return {
    message: `port ${port} is used by ${ownerOf(port) ?? 'another program'}`,
    ...{ exitCode: 1, attempt: `hatchery serve --port ${port + 1}` },
  }
}
