/** Turns the date-times of an answer into `Date`s, where its schema has them. */
import { dateFields } from './generated/date-fields.ts'

export type DatedSchema = keyof typeof dateFields

/** Which fields are dates (`Date`), and which hold objects, or lists of objects, that have some. */
const fieldsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = dateFields

/** Changes `value`, an object of the schema or a list of them, in place. Throws a RangeError naming a field that is no date. */
export function reviveDates(value: unknown, schema: string): unknown {
  if (Array.isArray(value)) for (const element of value) reviveDates(element, schema)
  else if (isRecord(value)) reviveFields(value, fieldsOf[schema] ?? {})
  return value
}

function reviveFields(
  record: Record<string, unknown>,
  fields: Readonly<Record<string, string>>,
): void {
  for (const [name, schema] of Object.entries(fields)) {
    const value = record[name]
    if (value === undefined || value === null) continue
    // The record was just parsed from the answer: nobody else has it.
    record[name] = schema === 'Date' ? dateOf(name, value) : reviveDates(value, schema)
  }
}

function dateOf(name: string, value: unknown): Date {
  const date = new Date(typeof value === 'string' ? value : Number.NaN)
  if (Number.isNaN(date.getTime())) throw new RangeError(`${name} is not a date-time`)
  return date
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
