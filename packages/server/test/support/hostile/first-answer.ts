/** Sends bytes and reads the answer to them: whole where it ends, and only its head where it is a stream. */
import { connect } from 'node:net'

export interface FirstAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  /** Empty where only the head was read. */
  readonly body: string
}

const deadlineMs = 30_000

export interface Sending {
  readonly url: string
  readonly bytes: Uint8Array
  /** Ends our side of the connection behind the bytes. */
  readonly hangUp: boolean
  /** Whether an answer of this type goes on without end: then it is left. */
  readonly isEndless: (contentType: string, status: number) => boolean
}

/** Undefined where the server closed without an answer; rejects when it does neither in 15 s. */
export async function firstAnswer(sending: Sending): Promise<FirstAnswer | undefined> {
  const { hostname, port } = new URL(sending.url)
  const socket = connect(Number(port), hostname)
  const { promise, resolve, reject } = Promise.withResolvers<FirstAnswer | undefined>()
  const late = setTimeout(() => reject(new Error('there is no answer')), deadlineMs)
  let received = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk])
    const head = headOf(received)
    if (
      head !== undefined &&
      sending.isEndless(head.headers.get('content-type') ?? '', head.status)
    )
      resolve({ ...head, body: '' })
  })
  socket.on('close', () => resolve(answerIn(received)))
  // Whoever refuses early resets what is still being sent; the answer counts all the same.
  socket.on('error', () => resolve(answerIn(received)))
  if (sending.hangUp) socket.end(sending.bytes)
  else socket.write(sending.bytes)
  try {
    return await promise
  } finally {
    clearTimeout(late)
    socket.destroy()
  }
}

function headOf(bytes: Buffer): Omit<FirstAnswer, 'body'> | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { status: Number(first.split(' ')[1]), headers: new Map(headers) }
}

function answerIn(bytes: Buffer): FirstAnswer | undefined {
  const head = headOf(bytes)
  return head && { ...head, body: bytes.subarray(bytes.indexOf('\r\n\r\n') + 4).toString('utf8') }
}
