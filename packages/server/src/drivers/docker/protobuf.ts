/** Reads a protobuf message without its schema: fields by number. */

export interface Fields {
  /** Each value of a field that may be there often: messages and bytes. */
  all(field: number): Buffer[]
  /** Empty where the field is not there. */
  text(field: number): string
  /** 0 where the field is not there, as the format has it. Exact up to 2^53. */
  integer(field: number): number
}

/** Throws a RangeError when the bytes are no message. */
export function fieldsOf(message: Buffer): Fields {
  const integers = new Map<number, number>()
  const chunks = new Map<number, Buffer[]>()
  let at = 0

  function varint(): number {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = message.readUInt8(at++)
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new RangeError('a number that does not end')
  }

  function bytes(length: number): Buffer {
    if (at + length > message.length) throw new RangeError('a field beyond the end')
    at += length
    return message.subarray(at - length, at)
  }

  while (at < message.length) {
    const key = varint()
    const field = Math.floor(key / 8)
    const kind = key % 8
    if (kind === 0) integers.set(field, varint())
    else if (kind === 1) bytes(8)
    else if (kind === 2) chunks.set(field, [...(chunks.get(field) ?? []), bytes(varint())])
    else if (kind === 5) bytes(4)
    else throw new RangeError(`a field of kind ${kind}`)
  }

  return {
    all: (field) => chunks.get(field) ?? [],
    text: (field) => chunks.get(field)?.at(-1)?.toString('utf8') ?? '',
    integer: (field) => integers.get(field) ?? 0,
  }
}
