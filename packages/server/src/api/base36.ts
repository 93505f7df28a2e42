/** Random ids of lower-case letters and digits, about 5 random bits a character. */
import { randomBytes } from 'node:crypto'

const digits = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Bytes past the last whole multiple of 36 are thrown away, so that every digit is equally likely. */
export function randomBase36(length: number): string {
  let id = ''
  while (id.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 252 && id.length < length) id += digits.charAt(byte % 36)
    }
  }
  return id
}
