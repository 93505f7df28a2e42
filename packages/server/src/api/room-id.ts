/** Ids of rooms that the caller leaves to us: 13 characters of base 36, about 67 random bits. */
import { randomBytes } from 'node:crypto'

const digits = '0123456789abcdefghijklmnopqrstuvwxyz'
const length = 13

export function newRoomId(): string {
  let id = ''
  // Bytes past the last whole multiple of 36 are thrown away, so that every digit is equally likely.
  while (id.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 252 && id.length < length) id += digits.charAt(byte % 36)
    }
  }
  return id
}
