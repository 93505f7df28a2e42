/** Where game clients measure their distance: a WebSocket at `/ws` and `/` that sends back what it gets. */
import websocket from '@fastify/websocket'
import { HatcheryError } from '@hatchery/contract'
import type { FastifyInstance } from 'fastify'

const longestMessageBytes = 1_024

export const echoPaths: readonly string[] = ['/ws', '/']

export async function addWebSocketEcho(app: FastifyInstance): Promise<void> {
  await app.register(websocket, { options: { maxPayload: longestMessageBytes } })
  for (const url of echoPaths) {
    app.route({ method: 'GET', url, handler: refusePlain, wsHandler: echo })
  }
}

/** What is needed of a WebSocket. */
interface EchoSocket {
  on(event: 'message', listener: (message: Uint8Array, isBinary: boolean) => void): unknown
  on(event: 'error', listener: () => void): unknown
  send(message: Uint8Array, options: { binary: boolean }): void
  terminate(): void
}

function echo(socket: EchoSocket): void {
  socket.on('message', (message, isBinary) => socket.send(message, { binary: isBinary }))
  socket.on('error', () => socket.terminate())
}

async function refusePlain(): Promise<never> {
  throw new HatcheryError(
    'not-found',
    'here is a WebSocket echo only; GET /openapi.json lists what there is',
  )
}
