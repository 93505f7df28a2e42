/** Turns the date-times of an answer into `Date`s, where its schema has them. */

/** The fields of a schema that are dates (`Date`), and those that hold objects, or lists of objects, that have some. */
export interface DatedFields {
  readonly [name: string]: 'Date' | DatedFields
}

/** Changes `value`, an object with these fields or a list of such, in place. Throws a RangeError naming a field that is no date. */
export function reviveDates(value: unknown, fields: DatedFields): unknown {
  if (Array.isArray(value)) for (const element of value) reviveDates(element, fields)
  else if (isRecord(value)) reviveFields(value, fields)
  return value
}

function reviveFields(record: Record<string, unknown>, fields: DatedFields): void {
  for (const [name, inside] of Object.entries(fields)) {
    const value = record[name]
    if (value === undefined || value === null) continue
    // The record was just parsed from the answer: nobody else has it.
    record[name] = inside === 'Date' ? dateOf(name, value) : reviveDates(value, inside)
  }
}

function dateOf(name: string, value: unknown): Date {
  const date = new Date(typeof value === 'string' ? value : Number.NaN)
  if (Number.isNaN(date.getTime())) throw new RangeError(`${name} is not a date-time`)
  return date
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
