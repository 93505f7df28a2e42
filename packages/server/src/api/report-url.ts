/** Signed URLs of usage reports: whoever has one may look at one month of one organization, until it expires. */
import { HatcheryError } from '@hatchery/contract'
import { type Instant, timestamp } from '../domain/clock.ts'
import type { Month } from '../domain/usage.ts'
import { isSignature, signatureOf } from './signature.ts'

export interface ReportTarget {
  readonly orgId: string
  readonly month: Month
  /** Where the page leads back to, so that nobody can have ours lead elsewhere. */
  readonly returnUrl?: string | undefined
}

const validMs = 24 * 3_600_000

/** An absolute URL that is valid for a day. `baseUrl` is scheme, host and base path, without a trailing slash. */
export function reportUrl(
  target: ReportTarget,
  { baseUrl, key, now }: { baseUrl: string; key: Uint8Array; now: Instant },
): string {
  const expires = Math.floor((now + validMs) / 1000)
  const query = new URLSearchParams({
    orgId: target.orgId,
    ...(target.returnUrl !== undefined && { returnUrl: target.returnUrl }),
    expires: String(expires),
    signature: sign(key, target, expires),
  })
  return `${baseUrl}/hatchery/v1/usage/${target.month}/report?${query.toString()}`
}

/** Throws `not-found` for a URL that we did not make and `not-now` for one that has expired. */
export function verifyReportUrl(
  target: ReportTarget & { readonly expires: number; readonly signature: string },
  { key, now }: { key: Uint8Array; now: Instant },
): void {
  const { expires } = target
  if (!isSignature(target.signature, sign(key, target, expires)))
    throw new HatcheryError(
      'not-found',
      'the signature of this address is wrong: use it exactly as GetInvoices or InitStripeCustomerPortalUrl answered it',
    )
  if (now / 1000 < expires) return
  throw new HatcheryError(
    'not-now',
    `this address expired at ${timestamp(expires * 1000)}: get a new one from where you had it`,
  )
}

const sign = (key: Uint8Array, target: ReportTarget, expires: number): string => {
  const { orgId, month, returnUrl = null } = target
  const fields = [JSON.stringify(orgId), JSON.stringify(month), JSON.stringify(returnUrl)]
  return signatureOf(key, ['hatchery usage report', ...fields, expires])
}
