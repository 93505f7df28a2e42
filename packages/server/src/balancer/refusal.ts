/** Answers of the load balancer itself: JSON with a message, and a code in the header that no process can send. */
import { type IncomingMessage, STATUS_CODES, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type ErrorCode, HatcheryError, errorCodes } from '@hatchery/contract'
import type { RawHeaders } from './headers.ts'

/** A process refused the connection, or broke it off before it answered. */
export class ProcessFailure extends Error {
  override readonly name = 'ProcessFailure'
}

export interface Refusal {
  readonly status: number
  readonly headers: RawHeaders
  readonly body: string
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof ProcessFailure) return refusal(502, 'process-failed', error.message)
  if (!(error instanceof HatcheryError)) return refusal(500, 'internal', 'this is a bug of ours')
  const { code, message, retryAfterSeconds } = error
  const { headers, ...rest } = refusal(statusOf(code), code, message)
  return { ...rest, headers: [...headers, ...further(code, retryAfterSeconds)] }
}

const statusOf = (code: ErrorCode): number => errorCodes[code]

function further(code: ErrorCode, retryAfterSeconds: number | undefined): string[] {
  if (retryAfterSeconds !== undefined) return ['Retry-After', String(retryAfterSeconds)]
  return code === 'unauthenticated' ? ['WWW-Authenticate', 'Bearer'] : []
}

function refusal(status: number, code: string, message: string): Refusal {
  const body = JSON.stringify({ message })
  const headers = [
    ...['Content-Type', 'application/json; charset=utf-8'],
    ...['Content-Length', String(Buffer.byteLength(body))],
    ...['Hatchery-Error', code],
  ]
  return { status, headers, body }
}

/** What is read of a body that nobody takes, so that its sender gets to read why; then the connection is cut. */
const longestDiscardMs = 3_000

export function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const { status, headers, body } = refusalOf(error)
  if (response.headersSent || response.destroyed) return void response.destroy()
  if (!request.complete) discardRest(request)
  response.writeHead(status, [...headers])
  response.end(body)
}

/** Reads on for a moment. */
export function discardRest(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), longestDiscardMs)
  request.once('close', () => clearTimeout(timer))
  request.on('error', () => {})
  request.resume()
}

/** The same on a connection that wanted to be upgraded, which ends with it. */
export function refuseUpgrade(socket: Socket, error: unknown): void {
  if (!socket.writable) return void socket.destroy()
  const { status, headers, body } = refusalOf(error)
  socket.write(headOf(status, [...headers, 'Connection', 'close']), 'latin1')
  socket.end(body)
  socket.resume()
  cutSoon(socket)
}

const longestEndMs = 30_000

/** It has ended from our side and is gone some time after, whether the other one ends its own or not. */
export function cutSoon(socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), longestEndMs)
  socket.once('close', () => clearTimeout(timer))
}

/** The first lines of an answer; values as the parser read them. */
export function headOf(status: number, headers: RawHeaders): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`
  for (let at = 0; at + 1 < headers.length; at += 2)
    head += `${headers[at]}: ${headers[at + 1]}\r\n`
  return `${head}\r\n`
}
