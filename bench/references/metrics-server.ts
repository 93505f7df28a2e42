/**
 * The floor of metrics: a bare Node server that makes an hour of five series anew for each request, and serialises it. It
 * looks nothing up. The values are as long in JSON as those that the row records.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer, serveQuestions } from '../lib/child-side.ts'

const values = {
  cpu: () => 0.25,
  memory: () => 100_000_000,
  rateEgress: () => 1_000,
  totalEgress: (at: number) => at * 60_000,
  activeConnections: () => 3,
}
const points = 61

const server = createServer((_request, response) => {
  const now = Date.now()
  const series = Object.entries(values).map(([name, valueAt]) => [
    name,
    Array.from({ length: points }, (_, at) => ({
      value: valueAt(at),
      timestamp: (now - (points - at) * 60_000) / 1000,
    })),
  ])
  const body = JSON.stringify({ ...Object.fromEntries(series), gpuMemory: [], gpuUtilization: [] })
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
