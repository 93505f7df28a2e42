/** The floor of metrics: a bare Node server that makes an hour of five series anew for each request, and serialises it. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer, serveQuestions } from '../lib/child-side.ts'

const names = ['cpu', 'memory', 'rateEgress', 'totalEgress', 'activeConnections']
const points = 60

const server = createServer((_request, response) => {
  const now = Math.floor(Date.now() / 1000)
  const series = Array.from({ length: points }, (_, at) => ({
    value: 0.25 + at,
    timestamp: now - (points - at) * 60,
  }))
  const body = JSON.stringify(Object.fromEntries(names.map((name) => [name, series])))
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
})
server.keepAliveTimeout = 0
server.listen(0, '127.0.0.1')
await once(server, 'listening')
serveQuestions({})
answer({ port: (server.address() as AddressInfo).port })
