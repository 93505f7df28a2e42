/** How much mail may be asked for: by one address of the network, and for one person. */
import { createBuckets } from './buckets.ts'
import { networkOf, tooMany } from './rate-limits.ts'

export interface MailLimits {
  /** Counts a request for mail; refuses with `rate-limited`. */
  countRequest(ip: string): void
  /** Counts a mail to the person; false when it would be too much. */
  mayBeMailed(userEmail: string): boolean
}

/** A person gets so many mails at once, then one every so often. */
const mailsAtOnce = 5
const mailEveryMs = 12 * 60_000

export function createMailLimits(requestsPerMinute: number, monotonic: () => number): MailLimits {
  const requests = createBuckets(60_000 / requestsPerMinute, requestsPerMinute)
  const recipients = createBuckets(mailEveryMs, mailsAtOnce)
  return {
    countRequest(ip) {
      const network = networkOf(ip)
      const waitMs = requests.take(network, monotonic())
      if (waitMs === 0) return
      throw tooMany(
        waitMs,
        `${requestsPerMinute} requests for mail a minute are allowed from ${network}`,
        'ask again',
      )
    },
    mayBeMailed: (userEmail) => recipients.take(userEmail, monotonic()) === 0,
  }
}
