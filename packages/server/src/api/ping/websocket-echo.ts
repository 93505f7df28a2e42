/** Where game clients measure their distance: a WebSocket at `/ws` and `/` that sends back what it gets. */
import websocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'

const longestMessageBytes = 1_024

export async function addWebSocketEcho(app: FastifyInstance): Promise<void> {
  await app.register(websocket, { options: { maxPayload: longestMessageBytes } })
  for (const path of ['/ws', '/']) {
    app.get(path, { websocket: true }, (socket) => {
      socket.on('message', (message, isBinary) => socket.send(message, { binary: isBinary }))
      socket.on('error', () => socket.terminate())
    })
  }
}
