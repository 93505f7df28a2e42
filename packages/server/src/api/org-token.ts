/** Secrets of organization tokens: a form that scanners can find, and a checksum that tells a real one. */
import { createHash, randomBytes } from 'node:crypto'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** `hathora_org_st_` + 50 letters or digits (297 random bits) + `_` + 32 hex digits, a checksum of the rest. */
export function newTokenSecret(): string {
  const body = `hathora_org_st_${randomLetters(50)}`
  return `${body}_${checksum(body)}`
}

const checksum = (body: string): string =>
  createHash('sha256').update(body).digest('hex').slice(0, 32)

/** Bytes past the last whole multiple of 62 are thrown away, so that every letter is equally likely. */
function randomLetters(count: number): string {
  let text = ''
  while (text.length < count) {
    for (const byte of randomBytes(count)) {
      if (byte < 248 && text.length < count) text += letters.charAt(byte % letters.length)
    }
  }
  return text
}
