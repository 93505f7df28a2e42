/** One kept HTTP/1.1 connection that costs little: a request as bytes, an answer as status and body. */
import { once } from 'node:events'
import { type Socket, connect } from 'node:net'

export interface Answer {
  readonly status: number
  readonly body: string
}

export interface HttpConnection {
  /** One at a time. Rejects when the connection breaks. */
  send(request: string): Promise<Answer>
  close(): void
}

export interface RequestText {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The request as it goes over the wire. */
export function requestText({ method, path, headers = {}, body = '' }: RequestText): string {
  const all = {
    host: '127.0.0.1',
    ...headers,
    ...((body !== '' || method === 'POST') && { 'content-length': Buffer.byteLength(body) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

export async function openConnection(port: number): Promise<HttpConnection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  let waiting: PromiseWithResolvers<Answer> | undefined
  readAnswers(socket, (answer) => {
    const current = waiting
    waiting = undefined
    current?.resolve(answer)
  })
  const broken = (error?: Error): void =>
    waiting?.reject(error ?? new Error('the server closed the connection'))
  socket.on('error', broken)
  socket.on('close', () => broken())
  return {
    send(request) {
      if (socket.destroyed) return Promise.reject(new Error('the connection is closed'))
      waiting = Promise.withResolvers<Answer>()
      socket.write(request)
      return waiting.promise
    },
    close: () => socket.destroy(),
  }
}

/** Calls back for each whole answer. Knows `content-length` only: no server here sends chunks. */
export function readAnswers(socket: Socket, onAnswer: (answer: Answer) => void): void {
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    text += chunk
    for (;;) {
      const head = text.indexOf('\r\n\r\n')
      if (head === -1) return
      const length = lengthOf(text, head)
      const end = head + 4 + length
      if (text.length < end) return
      onAnswer({ status: Number(text.slice(9, 12)), body: text.slice(head + 4, end) })
      text = text.slice(end)
    }
  })
}

function lengthOf(text: string, head: number): number {
  const found = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head))
  return found === null ? 0 : Number(found[1])
}
