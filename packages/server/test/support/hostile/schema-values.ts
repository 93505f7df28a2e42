/** From the schemas of an OpenAPI document to values for them: valid ones, nearly valid ones, and monsters. */
import type { OpenApiDocument, SchemaObject } from '@hatchery/contract'
import fc, { type Arbitrary } from 'fast-check'

/** Stands for an id that the server knows when the request is sent. */
export class KnownId {
  readonly name: string
  readonly pick: number

  constructor(name: string, pick: number) {
    this.name = name
    this.pick = pick
  }
}

export interface SchemaValues {
  /** Fits. A property or parameter called `name` that ids have names like is mostly one the server knows. */
  valid(schema: SchemaObject, name: string): Arbitrary<unknown>
  /** Fits, nearly fits, or does not at all. */
  hostile(schema: SchemaObject, name: string): Arbitrary<unknown>
}

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly SchemaObject[]
  readonly properties?: Readonly<Record<string, SchemaObject>>
  readonly required?: readonly string[]
  readonly items?: SchemaObject
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly multipleOf?: number
}

export function schemaValues(
  { components }: Pick<OpenApiDocument, 'components'>,
  idNames: readonly string[],
): SchemaValues {
  const resolve = (schema: SchemaObject): Schema => {
    const { $ref } = schema as Schema
    if ($ref === undefined) return schema
    return resolve(components.schemas[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {})
  }

  function valid(given: SchemaObject, name: string): Arbitrary<unknown> {
    const schema = resolve(given)
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
    if (schema.anyOf !== undefined)
      return fc.oneof(...schema.anyOf.map((option) => valid(option, name)))
    return fc.oneof(...typesOf(schema).map((type) => ofType(type, schema, name)))
  }

  function ofType(type: string, schema: Schema, name: string): Arbitrary<unknown> {
    if (type === 'null') return fc.constant(null)
    if (type === 'boolean') return fc.boolean()
    if (type === 'integer' || type === 'number') return numberOf(type, schema)
    if (type === 'array') return arrayOf(schema, name)
    if (type === 'object') return objectOf(schema)
    return idNames.includes(name)
      ? fc.oneof({ weight: 9, arbitrary: knownId(name) }, textOf(schema))
      : textOf(schema)
  }

  const arrayOf = ({ items = {}, minItems = 0, maxItems = 4 }: Schema, name: string) =>
    fc.array(valid(items, name), { minLength: minItems, maxLength: Math.min(maxItems, 4) })

  function objectOf({ properties = {}, required = [] }: Schema): Arbitrary<object> {
    const entries = Object.entries(properties).map(([key, schema]) => [key, valid(schema, key)])
    return fc.record(Object.fromEntries(entries) as Record<string, Arbitrary<unknown>>, {
      requiredKeys: [...required],
      noNullPrototype: true,
    })
  }

  function hostile(given: SchemaObject, name: string): Arbitrary<unknown> {
    const schema = resolve(given)
    const options: fc.WeightedArbitrary<unknown>[] = [
      { weight: 2, arbitrary: valid(given, name) },
      { weight: 2, arbitrary: monster },
      { weight: 3, arbitrary: beyond(schema) },
    ]
    if (schema.properties !== undefined)
      options.push({ weight: 9, arbitrary: spoiledObject(schema, schema.properties) })
    if (schema.items !== undefined)
      options.push({
        weight: 3,
        arbitrary: fc.array(hostile(schema.items, name), { maxLength: 3 }),
      })
    if (schema.anyOf !== undefined)
      options.push(
        ...schema.anyOf.map((option) => ({ weight: 1, arbitrary: hostile(option, name) })),
      )
    return fc.oneof(...options)
  }

  /** A valid object of which one field is hostile, missing or not known at all. */
  function spoiledObject(
    schema: Schema,
    properties: NonNullable<Schema['properties']>,
  ): Arbitrary<unknown> {
    const names = Object.keys(properties)
    const spoiled = fc.constantFrom(...names, 'unknown', '__proto__', 'constructor')
    return fc
      .tuple(objectOf(schema), spoiled)
      .chain(([object, key]) =>
        fc
          .oneof(hostile(properties[key] ?? {}, key), fc.constant(undefined))
          .map((value) => withField(object, key, value)),
      )
  }

  return { valid, hostile }
}

/** As an own property, whatever it is called; undefined leaves it out of the JSON. */
function withField(object: object, key: string, value: unknown): object {
  const changed = { ...object }
  Object.defineProperty(changed, key, { value, enumerable: true, configurable: true })
  return changed
}

/** The first ones belong together: a process of the application, its deployment. */
const whichId = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(7))

export const knownId = (name: string): Arbitrary<KnownId> =>
  whichId.map((pick) => new KnownId(name, pick))

function typesOf({ type, properties, items }: Schema): readonly string[] {
  if (type !== undefined) return typeof type === 'string' ? [type] : type
  if (properties !== undefined) return ['object']
  return items === undefined ? ['string', 'boolean', 'null'] : ['array']
}

function numberOf(type: string, { minimum, maximum, multipleOf = 1 }: Schema): Arbitrary<number> {
  const step = type === 'integer' ? 1 : multipleOf
  const min = Math.ceil((minimum ?? 0) / step)
  const max = Math.floor((maximum ?? (minimum ?? 0) + 1_000) / step)
  return fc.integer({ min, max }).map((count) => Number((count * step).toFixed(6)))
}

function textOf({ pattern, minLength = 0, maxLength = 20 }: Schema): Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 20)) })
}

/** One off a bound, the wrong step, the wrong case. */
function beyond(schema: Schema): Arbitrary<unknown> {
  const values: unknown[] = [schema.minimum ?? 0, schema.maximum ?? 0].flatMap((bound) => [
    ...[bound, bound - 1, bound + 1, bound + 0.5, String(bound)],
  ])
  for (const length of [schema.minLength, schema.maxLength])
    if (length !== undefined)
      values.push('x'.repeat(Math.max(0, length - 1)), 'é'.repeat(length + 1))
  for (const count of [schema.minItems, schema.maxItems])
    if (count !== undefined) values.push(Array.from({ length: count + 1 }, () => 'x'))
  for (const value of schema.enum ?? [])
    values.push(String(value).toUpperCase(), `${String(value)} `)
  return fc.constantFrom(...values)
}

const nested = (depth: number): unknown => {
  let value: unknown = 0
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** What no schema expects. */
const monsters: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 0.1, 1e15, 1e308, -1e308, 2 ** 53, 2 ** 63, 5e-324],
  ...['', ' ', '0', '5', 'NaN', 'Infinity', '-0', '1e999', 'null', 'undefined', 'true'],
  ...['\0', 'a\0b', '\r\nX: y', '\u202E', '😀', '\uD800', 'é'.normalize('NFD'), '\uFEFF'],
  ...['../../etc/passwd', '/', '.', '..', '%2e%2e', "' or 1=1 --", '${7*7}', '__proto__'],
  ...['x'.repeat(2_001), 'x'.repeat(100_000), '𝕏'.repeat(5_000)],
  ...[[], {}, [null], [[]], [{}], { length: -1 }, { toString: 1 }, nested(50), nested(500)],
  ...[Array.from({ length: 5_000 }, () => 0), Array.from({ length: 1_001 }, () => 'a')],
]

export const monster: Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...monsters) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.double() },
)
