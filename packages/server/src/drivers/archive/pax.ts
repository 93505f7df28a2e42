/** Records of a pax header: `LENGTH NAME=VALUE` and a line end, where the length counts the whole record. */
import { refusal } from './refusal.ts'

const space = 0x20
const newline = 0x0a

export function parsePax(bytes: Buffer): Map<string, string> {
  const records = new Map<string, string>()
  let position = 0
  while (position < bytes.byteLength && bytes[position] !== 0) {
    const blank = bytes.indexOf(space, position)
    const digits = bytes.toString('latin1', position, blank)
    const end = position + Number(digits)
    if (
      blank < 0 ||
      !/^\d{1,9}$/.test(digits) ||
      end > bytes.byteLength ||
      bytes[end - 1] !== newline
    )
      throw damaged()
    const record = bytes.toString('utf8', blank + 1, end - 1)
    const equals = record.indexOf('=')
    if (equals < 1) throw damaged()
    records.set(record.slice(0, equals), record.slice(equals + 1))
    position = end
  }
  return records
}

const damaged = (): Error => refusal('the archive is damaged: an extended header cannot be read')
