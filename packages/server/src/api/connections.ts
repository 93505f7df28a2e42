/** What happens on connections beside requests: what is no HTTP, what wants another protocol, what says nothing. */
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { ErrorCode } from '@hatchery/contract'
import { echoPaths } from './ping/websocket-echo.ts'

/** Answers in our form what the HTTP parser refused, and ends the connection. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (socket.writable) socket.write(answerTo(error.code))
  socket.destroy(error)
}

function answerTo(cause: string | undefined): string {
  if (cause === 'ERR_HTTP_REQUEST_TIMEOUT')
    return textOf('408 Request Timeout', 'timeout', 'the request did not arrive in time')
  if (cause === 'HPE_HEADER_OVERFLOW') {
    const message = 'the path and the headers must have at most 16 KB together'
    return textOf('431 Request Header Fields Too Large', 'header-too-large', message)
  }
  return textOf('400 Bad Request', 'not-now', 'the request is not valid HTTP')
}

function textOf(status: string, code: ErrorCode, message: string): string {
  const body = JSON.stringify({ message })
  return [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Hatchery-Error: ${code}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

/** Only a WebSocket to the echo is one. Some clients offer HTTP/2 with every request: they get HTTP/1.1. */
export function isEchoUpgrade({ headers, url }: IncomingMessage): boolean {
  const path = url?.split('?', 1)[0] ?? ''
  return headers.upgrade?.toLowerCase() === 'websocket' && echoPaths.includes(path)
}

/**
 * Browsers open connections before they need them, and a server that ends waits for each that never had a request.
 * The answer ends those, now and from then on.
 */
export function watchUnused(server: Server): () => void {
  const unused = new Set<Socket>()
  let ending = false
  server.on('connection', (socket) => {
    if (ending) socket.destroy()
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  server.on('request', ({ socket }) => unused.delete(socket))
  server.on('upgrade', ({ socket }) => unused.delete(socket))
  return () => {
    ending = true
    for (const socket of unused) socket.destroy()
  }
}
