/** Schemas as the OpenAPI document shows them: each schema with a title once, by its name. */
import type { TSchema } from 'typebox'

export type SchemaObject = Readonly<Record<string, unknown>>

export interface SchemaPublisher {
  /** The schema with a reference in place of every titled one, itself included. */
  publish(schema: TSchema): SchemaObject
  /** The titled schemas seen so far, by name. */
  published(): Record<string, SchemaObject>
}

/** Throws when two different schemas have the same title. */
export function schemaPublisher(): SchemaPublisher {
  const components = new Map<string, { source: string; schema: SchemaObject }>()

  function publish(schema: object): SchemaObject {
    const title = 'title' in schema ? schema.title : undefined
    if (typeof title !== 'string') return rewritten(schema)
    const known = components.get(title)
    const source = JSON.stringify(schema)
    if (known === undefined) components.set(title, { source, schema: rewritten(schema) })
    else if (known.source !== source) throw new Error(`two schemas have the title ${title}`)
    return { $ref: `#/components/schemas/${title}` }
  }

  function rewritten(schema: object): SchemaObject {
    const entries = Object.entries(schema).flatMap(([key, value]) => entry(key, value))
    return Object.fromEntries(entries)
  }

  function entry(key: string, value: unknown): [string, unknown][] {
    if (key === 'title') return []
    if (key === 'x-known')
      return [
        ['enum', value],
        ['x-open-enum', true],
      ]
    if (key === 'properties') return [[key, mapped(value as Record<string, object>)]]
    if (key === 'items') return [[key, publish(value as object)]]
    if (key === 'anyOf') return [[key, (value as object[]).map(publish)]]
    return [[key, value]]
  }

  const mapped = (properties: Record<string, object>): Record<string, SchemaObject> =>
    Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, publish(field)]))

  return {
    publish,
    published: () => sorted([...components].map(([name, { schema }]) => [name, schema])),
  }
}

const sorted = (entries: [string, SchemaObject][]): Record<string, SchemaObject> =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
