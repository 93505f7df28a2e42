/** Many readers of one stream in a process of their own: how many lines reach them, and how late. */
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { answer, argumentOf, serveQuestions } from './child-side.ts'
import { quantile } from './statistics.ts'

export interface LogReadersOptions {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly readers: number
  /** Beside them: connections that ask and never read. */
  readonly stalled: number
}

export interface LogReadersFigures {
  readonly lines: number
  readonly p99Ms: number
}

const { port, path, headers, readers, stalled } = argumentOf<LogReadersOptions>()
let lines = 0
const lateMs: number[] = []

await Promise.all(Array.from({ length: readers }, open))
for (let made = 0; made < stalled; made += 1) stall()
serveQuestions({
  begin() {
    lines = 0
    lateMs.length = 0
    return null
  },
  figures: (): LogReadersFigures => ({ lines, p99Ms: quantile(lateMs, 0.99) }),
})
answer({})

function open(): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      resolve()
      read(response)
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** Of each chunk the time in its first whole line counts: it has waited for the longest. */
function read(response: IncomingMessage): void {
  let rest = ''
  response.setEncoding('latin1')
  response.on('error', () => {})
  response.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    lines += parts.length
    const written = Number(parts[0]?.split(' ')[0])
    if (written > 0) lateMs.push(Number(process.hrtime.bigint()) / 1e6 - written)
  })
}

function stall(): void {
  const socket = connect({ port, host: '127.0.0.1' })
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.on('error', () => {})
  socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}\r\n`)
  socket.pause()
}
