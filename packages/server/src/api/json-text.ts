/** Values that callers may choose freely, as the text they are kept as. */
import { HatcheryError } from '@hatchery/contract'

/** Deeper ones could not be written again. */
const deepest = 100

export const isTooDeep = (value: unknown, levels = deepest): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((field) => isTooDeep(field, levels - 1)))

/** Throws `invalid` for what is nested too deep or has more than `mostBytes`. */
export function jsonText(name: string, value: unknown, mostBytes: number): string {
  if (isTooDeep(value))
    throw new HatcheryError('invalid', `${name} must be nested at most ${deepest} levels deep`)
  const text = JSON.stringify(value)
  const bytes = Buffer.byteLength(text)
  if (bytes <= mostBytes) return text
  throw new HatcheryError(
    'invalid',
    `${name} must have at most ${mostBytes} bytes as JSON; got ${bytes}`,
  )
}
