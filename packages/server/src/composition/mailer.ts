/** Mail by SMTP. The library is loaded when the first one is sent. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Transporter } from 'nodemailer'
import { type Config, isLoopback } from '../config.ts'
import type { Log } from '../domain/log.ts'
import type { Mail, Mailer } from '../domain/mail.ts'

/** More than that wait only when something is wrong; what comes then is not sent. */
const mostWaiting = 1_000
const closePatienceMs = 5_000
const connectMs = 10_000
const silenceMs = 30_000

export function createMailer({ smtpUrl, from, requireTls }: Config['mail'], log: Log): Mailer {
  if (smtpUrl === undefined || from === undefined) return noMailer(log)
  const transport = once(() => transportTo(smtpUrl, requireTls))
  let last = Promise.resolve()
  let waiting = 0

  async function work(compose: () => Promise<readonly Mail[]>): Promise<void> {
    for (const mail of await compose()) await deliver(mail)
  }

  async function deliver({ to, subject, text }: Mail): Promise<void> {
    const recipient = { name: '', address: to }
    const sent = (await transport()).sendMail({ from, to: recipient, subject, text })
    await sent.then(
      () => log.info({ event: 'mail.sent', to }, 'mail sent'),
      (error: unknown) => log.error({ event: 'mail.failed', to, ...reasonOf(error) }, 'not sent'),
    )
  }

  return {
    isConfigured: true,
    send(compose) {
      if (waiting >= mostWaiting) return log.error({ event: 'mail.dropped' }, 'too much mail waits')
      waiting += 1
      last = last
        .then(() => work(compose))
        .catch((error: unknown) => log.error({ event: 'mail.failed', err: error }, 'not sent'))
        .finally(() => (waiting -= 1))
    },
    async close() {
      await Promise.race([last, sleep(closePatienceMs, undefined, { ref: false })])
    },
  }
}

const noMailer = (log: Log): Mailer => ({
  isConfigured: false,
  send() {
    log.warn(
      { event: 'mail.not-configured' },
      'no mail is sent: set mail.smtpUrl, mail.from and publicUrl',
    )
  },
  async close() {},
})

/** What the server said may quote the mail, and the link in it: only codes are told. */
function reasonOf(error: unknown): Record<string, unknown> {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  return { code, responseCode }
}

/** The address is taken apart here: the library would read options from it. */
async function transportTo(smtpUrl: string, requireTls: boolean): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  const { protocol, hostname, port, username, password } = new URL(smtpUrl)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'smtps:'
  return createTransport({
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && requireTls && !isLoopback(host),
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    ...{ connectionTimeout: connectMs, greetingTimeout: connectMs, socketTimeout: silenceMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
