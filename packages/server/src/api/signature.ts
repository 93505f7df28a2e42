/** Signatures of URLs that are a permission by themselves. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** The first field says what the URL is for. No field may have a line end, which tells them apart: text is quoted. */
export const signatureOf = (key: Uint8Array, fields: readonly (string | number)[]): string =>
  createHmac('sha256', key).update(fields.join('\n')).digest('base64url')

/** Takes as long for a wrong one as for the right one. */
export function isSignature(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}
