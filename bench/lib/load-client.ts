/** The load of `load.ts` where there is no wrk: kept connections on bare sockets, each with one request under way. */
import { connect } from 'node:net'
import { argumentOf } from './child-side.ts'
import { type RequestText, readAnswers, requestText } from './http-connection.ts'
import { quantile } from './statistics.ts'

interface ClientOptions {
  readonly port: number
  readonly request: RequestText
  readonly connections: number
  readonly seconds: number
}

const { port, request, connections, seconds } = argumentOf<ClientOptions>()
const text = requestText(request)
const latenciesMs: number[] = []
let failed = 0
const began = performance.now()
const end = began + seconds * 1000

await Promise.all(Array.from({ length: connections }, askUntilEnd))
const rate = latenciesMs.length / ((performance.now() - began) / 1000)
const p50Ms = quantile(latenciesMs, 0.5)
const p99Ms = quantile(latenciesMs, 0.99)
process.stdout.write(`${JSON.stringify({ rate, p50Ms, p99Ms, failed })}\n`)

function askUntilEnd(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let asked = 0
  const ask = (): void => {
    asked = performance.now()
    socket.write(text)
  }
  socket.once('connect', ask)
  socket.once('error', reject)
  readAnswers(socket, ({ status }) => {
    const now = performance.now()
    latenciesMs.push(now - asked)
    if (status >= 300) failed += 1
    if (now < end) return ask()
    socket.destroy()
    resolve()
  })
  return promise
}
