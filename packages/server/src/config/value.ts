/**
 * Values of settings: read from text, checked, and what is allowed in words. Strict: nothing is guessed or rounded.
 * The checks are our own few lines, because loading TypeBox's would make every start 35 ms longer.
 */
import { isIP } from 'node:net'
import type { SettingSchema } from './setting.ts'

/** The value that a flag or variable gives; the text itself where it is none of the type. Lists are divided by commas. */
export function valueOfText(schema: SettingSchema, text: string): unknown {
  switch (schema.type) {
    case 'integer':
      return /^[0-9]{1,15}$/.test(text) ? Number(text) : text
    case 'number':
      return /^[0-9]{1,9}(\.[0-9]{1,9})?$/.test(text) ? Number(text) : text
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'array':
      return listOf(text)
    case 'string':
      return text
  }
}

/** The parts between commas, without the space around them. */
export const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

export function isAllowed(schema: SettingSchema, value: unknown): boolean {
  switch (schema.type) {
    case 'integer':
      return Number.isSafeInteger(value) && isWithin(Number(value), schema)
    case 'number':
      return typeof value === 'number' && isWithin(value, schema)
    case 'boolean':
      return typeof value === 'boolean'
    case 'array':
      return Array.isArray(value) && isAllowedList(schema, value)
    case 'string':
      return typeof value === 'string' && isAllowedText(schema, value)
  }
}

const isWithin = (value: number, { minimum = 0, maximum = Infinity }: SettingSchema): boolean =>
  value >= minimum && value <= maximum

function isAllowedList(schema: SettingSchema, list: readonly unknown[]): boolean {
  const { items, minItems = 0, uniqueItems = false } = schema
  if (list.length < minItems) return false
  if (uniqueItems && new Set(list).size < list.length) return false
  return list.every((item) => items === undefined || isAllowed(items, item))
}

function isAllowedText(schema: SettingSchema, text: string): boolean {
  const { minLength = 0, maxLength = Infinity, pattern, enum: choices } = schema
  if (text.length < minLength || text.length > maxLength) return false
  if (choices !== undefined && !choices.includes(text)) return false
  if (schema.addresses === true && !isAddressOrNetwork(text)) return false
  return pattern === undefined || new RegExp(pattern).test(text)
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits] = text.split('/')
  const version = isIP(address)
  return version !== 0 && (bits === undefined || Number(bits) <= (version === 4 ? 32 : 128))
}

/** `a whole number from 0 to 65535`; `s` and such follow the numbers. */
export function allowedValues(schema: SettingSchema): string {
  const { type, allowed, minimum = 0, maximum = Infinity, unit, enum: choices } = schema
  if (allowed !== undefined) return allowed
  if (choices !== undefined) return `one of ${choices.join(', ')}`
  if (type === 'boolean') return 'true or false'
  const kind = type === 'number' ? 'a number' : 'a whole number'
  return `${kind} from ${minimum} to ${maximum}${unit === undefined ? '' : ` (${unit})`}`
}
