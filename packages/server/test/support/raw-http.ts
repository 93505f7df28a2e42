/** Requests that no HTTP client would send: bytes to a socket, and what comes back until it is closed. */
import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

const deadlineMs = 30_000

/** Sends `parts` one after the other and reads to the end. Rejects when the server does not close within 30 s. */
export async function exchange(
  url: string,
  ...parts: readonly (string | Uint8Array)[]
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  const late = setTimeout(
    () => socket.destroy(new Error('the server keeps the connection open')),
    deadlineMs,
  )
  const ended = new Promise<void>((resolve, reject) => {
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('close', () => resolve())
    // A server that refuses early resets what is still being sent; its answer is read all the same.
    socket.on('error', (error) => (chunks.length > 0 ? resolve() : reject(error)))
  })
  for (const part of parts) socket.write(part)
  await ended.finally(() => clearTimeout(late))
  socket.destroy()
  return parsed(Buffer.concat(chunks))
}

function parsed(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n')
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  return {
    status: Number(first.split(' ')[1]),
    headers,
    body: bytes.subarray(end + 4).toString('utf8'),
  }
}
