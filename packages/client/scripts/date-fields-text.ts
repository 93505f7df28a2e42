/** `date-fields.ts`: where the schemas have date-times, so that the client can turn them into `Date`s. */
import type { OpenApiDocument, SchemaObject } from '@hatchery/contract'
import { generatedHeader, typeText } from './type-text.ts'

/** A constant for each schema, so that a program bundles those of its own calls only. */
export function dateFieldsText(document: OpenApiDocument): string {
  const texts = [...innermostFirst(datedSchemas(document))].map(([name, fields]) => {
    const lines = Object.entries(fields).map(
      ([field, type]) => `${field}: ${type === 'Date' ? "'Date'" : datesOf(type)}`,
    )
    return `export const ${datesOf(name)}: DatedFields = { ${lines.join(', ')} }`
  })
  return `${generatedHeader}import type { DatedFields } from '../dates.ts'\n\n${texts.join('\n\n')}\n`
}

/** A constant must be there before another one holds it. */
function innermostFirst(
  dated: ReadonlyMap<string, Record<string, string>>,
): Map<string, Record<string, string>> {
  const sorted = new Map<string, Record<string, string>>()
  const add = (name: string): void => {
    const fields = dated.get(name)
    if (fields === undefined || sorted.has(name)) return
    Object.values(fields).forEach(add)
    sorted.set(name, fields)
  }
  ;[...dated.keys()].forEach(add)
  return sorted
}

/** The name of the constant of a schema. */
export const datesOf = (schema: string): string => `datesOf${schema}`

/** The schemas that have date-times in them, directly or further down. */
export function datedSchemas(document: OpenApiDocument): Map<string, Record<string, string>> {
  const dated = new Map<string, Record<string, string>>()
  const schemas = Object.entries(document.components.schemas)
  let before: number
  do {
    before = dated.size
    for (const [name, schema] of schemas) {
      const fields = datedFields(schema, dated)
      if (Object.keys(fields).length > 0) dated.set(name, fields)
    }
  } while (dated.size > before)
  return new Map([...dated].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function datedFields(
  schema: SchemaObject,
  dated: ReadonlyMap<string, unknown>,
): Record<string, string> {
  const properties = (schema['properties'] ?? {}) as Record<string, SchemaObject>
  const fields = Object.entries(properties).flatMap(([name, field]) => {
    const types: string[] = typeText(field).match(/\w+/g) ?? []
    const type = types.find((one) => one === 'Date' || dated.has(one))
    return type === undefined ? [] : [[name, type] as const]
  })
  return Object.fromEntries(fields)
}
