/** Hands a WebSocket to a process: its handshake as a request, then bytes both ways until one side ends. */
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http'
import type { Socket } from 'node:net'
import { type Protocols, tokenProtocol } from './admission.ts'
import type { Backend, Backends } from './backends.ts'
import { chosen, failureOf, pathOf } from './forward-request.ts'
import { type Forwarded, headersForCaller, headersForProcess, without } from './headers.ts'
import { ProcessFailure, cutSoon, headOf, refuseUpgrade } from './refusal.ts'

export interface Handshake {
  readonly request: IncomingMessage
  readonly socket: Socket
  /** What came behind the handshake already. */
  readonly head: Uint8Array
  readonly backends: Backends
  readonly forwarded: Forwarded
  readonly protocols: Protocols
}

/** Throws `unavailable` when no process takes requests. */
export function forwardUpgrade(handshake: Handshake): void {
  const { socket, backends } = handshake
  let current: ClientRequest | undefined
  socket.once('close', () => current?.destroy())
  begin(chosen(backends), true)

  function begin(backend: Backend, isFirst: boolean): void {
    const upstream = open(handshake, backend)
    const closed = backends.opened(backend)
    let isSent = false
    current = upstream
    upstream.once('socket', (own) =>
      own.once('connect', () => {
        isSent = true
        upstream.end()
      }),
    )
    upstream.once('upgrade', (answer, processSocket: Socket, processHead: Uint8Array) => {
      processSocket.once('close', closed)
      current = undefined
      if (answer.headers.upgrade?.toLowerCase() === 'websocket')
        join(handshake, { answer, processSocket, processHead })
      else fail(processSocket, 'the process went over to another protocol than WebSocket')
    })
    upstream.once('response', (answer) => {
      answer.once('close', closed)
      relayRefusal(socket, answer)
    })
    upstream.on('error', (error) => {
      closed()
      if (socket.destroyed) return
      if (!isSent) backends.refused(backend)
      const next = isFirst && !isSent ? backends.choose(backend) : undefined
      if (next === undefined) refuseUpgrade(socket, failureOf(error))
      else begin(next, false)
    })
  }

  function fail(processSocket: Socket, message: string): void {
    processSocket.destroy()
    refuseUpgrade(socket, new ProcessFailure(message))
  }
}

const open = ({ request, forwarded, protocols }: Handshake, { host, port }: Backend) => {
  const { others } = protocols
  const headers = [
    ...without(headersForProcess(request, forwarded), 'sec-websocket-protocol'),
    ...(others.length === 0 ? [] : ['Sec-WebSocket-Protocol', others.join(', ')]),
    ...['Connection', 'Upgrade', 'Upgrade', 'websocket'],
  ]
  return httpRequest({ agent: false, host, port, method: 'GET', path: pathOf(request), headers })
}

interface Accepted {
  readonly answer: IncomingMessage
  readonly processSocket: Socket
  readonly processHead: Uint8Array
}

function join(
  { socket, head, protocols }: Handshake,
  { answer, processSocket, processHead }: Accepted,
): void {
  const choosesNone = answer.headers['sec-websocket-protocol'] === undefined
  const headers = [
    ...headersForCaller(answer),
    ...(choosesNone && protocols.offersOurs ? ['Sec-WebSocket-Protocol', tokenProtocol] : []),
    ...['Connection', 'Upgrade', 'Upgrade', 'websocket'],
  ]
  socket.write(headOf(101, headers), 'latin1')
  if (processHead.length > 0) socket.write(processHead)
  if (head.length > 0) processSocket.write(head)
  pass(socket, processSocket)
  pass(processSocket, socket)
}

/** One side's end or break is the other's. */
function pass(from: Socket, to: Socket): void {
  from.setNoDelay(true)
  from.setTimeout(0)
  from.pipe(to)
  from.once('end', () => cutSoon(to))
  from.on('error', () => {})
  from.once('close', () => to.destroySoon())
}

/** An answer that is no upgrade goes back as it is, and ends the connection: what comes behind it is no request. */
function relayRefusal(socket: Socket, answer: IncomingMessage): void {
  const head = headOf(answer.statusCode ?? 502, [
    ...headersForCaller(answer),
    'Connection',
    'close',
  ])
  socket.write(head, 'latin1')
  answer.pipe(socket)
  answer.on('error', () => {})
  answer.once('end', () => cutSoon(socket))
  socket.resume()
  answer.once('close', () => {
    if (!answer.complete) socket.destroy()
  })
}
