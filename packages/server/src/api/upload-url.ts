/** Signed URLs for uploads: whoever has one may send one part of one build, all of it, or complete it, until it expires. */
import { type BuildWithUploadUrl, HatcheryError } from '@hatchery/contract'
import type { Instant } from '../domain/clock.ts'
import { timestamp } from '../domain/clock.ts'
import { isSignature, signatureOf } from './signature.ts'

/**
 * What a URL is for. The exact length of a part is not in it: it follows from the build and the number, which never
 * change, and is checked against the build's record.
 */
export interface UploadTarget {
  readonly buildId: string
  /** A part's number, counted from 1, the archive in one piece, or the end of the upload. */
  readonly part: number | 'file' | 'complete'
}

interface Signing {
  /** Scheme, host and base path, without a trailing slash. */
  readonly baseUrl: string
  readonly key: Uint8Array
  readonly now: Instant
}

export type UploadUrlParts = Signing & {
  readonly buildId: string
  readonly part: number | 'complete'
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
  const { buildId, part } = target
  const path = part === 'complete' ? 'complete' : `parts/${part}`
  const { expires, signature } = permission(key, target, now)
  return `${uploadsOf(baseUrl, buildId)}/${path}?expires=${expires}&signature=${signature}`
}

/** As S3 has it: an absolute URL without a secret, and the fields of the form that carry the permission. */
export function uploadForm({
  baseUrl,
  key,
  now,
  buildId,
}: Signing & { readonly buildId: string }): Pick<
  BuildWithUploadUrl,
  'uploadUrl' | 'uploadBodyParams'
> {
  const { expires, signature } = permission(key, { buildId, part: 'file' }, now)
  return {
    uploadUrl: `${uploadsOf(baseUrl, buildId)}/file`,
    uploadBodyParams: [
      { key: 'expires', value: String(expires) },
      { key: 'signature', value: signature },
    ],
  }
}

const uploadsOf = (baseUrl: string, buildId: string): string =>
  `${baseUrl}/hatchery/v1/uploads/${encodeURIComponent(buildId)}`

function permission(key: Uint8Array, target: UploadTarget, now: Instant) {
  const expires = Math.floor((now + validMs) / 1000)
  return { expires, signature: sign(key, target, expires) }
}

/** Throws `not-found` for a URL that we did not make and `not-now` for one that has expired. */
export function verifyUploadUrl({ expires, signature, key, now, ...target }: SignedUpload): void {
  if (!isSignature(signature, sign(key, target, expires))) {
    throw new HatcheryError(
      'not-found',
      'the signature of this upload URL is wrong: use the URL, and the fields of its form, exactly as they were answered',
    )
  }
  if (now / 1000 < expires) return
  throw new HatcheryError(
    'not-now',
    `this upload URL expired at ${timestamp(expires * 1000)}: create another build`,
  )
}

const sign = (key: Uint8Array, { buildId, part }: UploadTarget, expires: number): string =>
  signatureOf(key, ['hatchery upload', JSON.stringify(buildId), part, expires])
