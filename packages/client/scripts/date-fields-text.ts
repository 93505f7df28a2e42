/** `date-fields.ts`: where the schemas have date-times, so that the client can turn them into `Date`s. */
import type { OpenApiDocument, SchemaObject } from '@hatchery/contract'
import { generatedHeader, typeText } from './type-text.ts'

export function dateFieldsText(document: OpenApiDocument): string {
  const table = Object.fromEntries(datedSchemas(document))
  return `${generatedHeader}
/** The fields that are dates, and those that hold objects, or lists of objects, with dates in them. */
export const dateFields = ${JSON.stringify(table, null, 2)} as const
`
}

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
