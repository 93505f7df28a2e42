/** A real SMTP server on loopback that keeps what it gets. */
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Head and body as they were sent, with broken lines joined. */
  readonly source: string
}

export interface MailServer {
  readonly port: number
  readonly received: readonly ReceivedMail[]
}

export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onData(stream, { envelope }, done) {
      const keep = (source: string): void => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        const to = envelope.rcptTo.map(({ address }) => address)
        received.push({ from, to, source: unfolded(source) })
      }
      void text(stream)
        .then(keep)
        .finally(() => done())
    },
    ...options,
  })
  server.on('error', () => {}) // a client that leaves early is no failure of the test
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', () => listening()))
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())))
  return { port: (server.server.address() as AddressInfo).port, received }
}

/** Quoted-printable breaks long lines with `=` at their end, and writes `=` as `=3D`. */
const unfolded = (source: string): string => source.replaceAll('=\r\n', '').replaceAll('=3D', '=')
