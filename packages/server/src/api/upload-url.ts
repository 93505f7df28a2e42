/** Signed URLs for uploads: whoever has one may send one part of one build, or complete it, until it expires. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { HatcheryError } from '@hatchery/contract'
import type { Instant } from '../domain/clock.ts'
import { timestamp } from '../domain/clock.ts'

/**
 * What a URL is for. The exact length of a part is not in it: it follows from the build and the number, which never
 * change, and is checked against the build's record.
 */
export interface UploadTarget {
  readonly buildId: string
  /** A part's number, counted from 1, or the end of the upload. */
  readonly part: number | 'complete'
}

export interface UploadUrlParts extends UploadTarget {
  /** Scheme, host and base path, without a trailing slash. */
  readonly baseUrl: string
  readonly key: Uint8Array
  readonly now: Instant
}

export interface SignedUpload extends UploadTarget {
  /** Unix time in seconds. */
  readonly expires: number
  readonly signature: string
  readonly key: Uint8Array
  readonly now: Instant
}

const validMs = 3_600_000

/** An absolute URL that is valid for an hour. */
export function uploadUrl({ baseUrl, key, now, ...target }: UploadUrlParts): string {
  const expires = Math.floor((now + validMs) / 1000)
  const { buildId, part } = target
  const path = part === 'complete' ? 'complete' : `parts/${part}`
  const signature = sign(key, target, expires)
  return `${baseUrl}/hatchery/v1/uploads/${encodeURIComponent(buildId)}/${path}?expires=${expires}&signature=${signature}`
}

/** Throws `not-found` for a URL that we did not make and `not-now` for one that has expired. */
export function verifyUploadUrl({ expires, signature, key, now, ...target }: SignedUpload): void {
  const wanted = Buffer.from(sign(key, target, expires))
  const given = Buffer.from(signature)
  if (given.byteLength !== wanted.byteLength || !timingSafeEqual(given, wanted)) {
    throw new HatcheryError(
      'not-found',
      'the signature of this upload URL is wrong: use the URL exactly as CreateBuild answered it',
    )
  }
  if (now / 1000 < expires) return
  throw new HatcheryError(
    'not-now',
    `this upload URL expired at ${timestamp(expires * 1000)}: create another build`,
  )
}

/** Fields are told apart by a line end, which no field can have: a build id is quoted, the others are numbers. */
function sign(key: Uint8Array, { buildId, part }: UploadTarget, expires: number): string {
  const signed = ['hatchery upload', JSON.stringify(buildId), part, expires].join('\n')
  return createHmac('sha256', key).update(signed).digest('base64url')
}
