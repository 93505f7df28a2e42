/** The sample of an operation: a whole program, which a test runs. */
import type { OpenApiDocument, Operation, SchemaObject } from '@hatchery/contract'
import { type Argument, argumentsOf, isClientWide, takesRequest } from '../arguments.ts'
import { nameOf } from '../type-text.ts'
import { examples } from './examples.ts'

/** A group and a method of it, as `roomsV2.createRoom`. */
export const methodOf = (field: string, { id }: Operation): string =>
  `${field}.${id.slice(0, 1).toLowerCase()}${id.slice(1)}`

/** `field`: the group's name in the client. `answers`: whether there is something to show. */
export function sampleOf(
  operation: Operation,
  { field, document, answers }: { field: string; document: OpenApiDocument; answers: boolean },
): string {
  const call = `await hatchery.${methodOf(field, operation)}(${callArguments(operation, document)})`
  const isStream = 'stream' in operation.answer
  const shown = isStream
    ? `const stream = ${call}\nfor await (const bytes of stream) process.stdout.write(bytes)`
    : answers
      ? `console.log(${call})`
      : call
  return `import { Hatchery } from '@hatchery/client'

const hatchery = new Hatchery({
  serverURL: 'http://127.0.0.1:4282',
  appId: '${examples.appId}',
  hathoraDevToken: process.env['HATCHERY_TOKEN'],
})

${shown}
`
}

function callArguments(operation: Operation, document: OpenApiDocument): string {
  const args = argumentsOf(operation, document)
  const needed = args.filter((argument) => isShown(argument))
  const text = (argument: Argument): string => exampleText(argument, document)
  const security = operation.access === 'player' ? [`{ playerAuth: '${examples.playerAuth}' }`] : []
  if (takesRequest(args)) {
    const fields = needed.map((argument) => `${argument.name}: ${text(argument)}`)
    return [...security, `{ ${fields.join(', ')} }`].join(', ')
  }
  return [...security, ...needed.map(text)].join(', ')
}

/** What must be given: all of them stand before what may be left out. */
const isShown = (argument: Argument): boolean => argument.required && !isClientWide(argument)

/** What a person would write there. */
function exampleText({ name, schema }: Omit<Argument, 'place'>, document: OpenApiDocument): string {
  const { $ref: reference, enum: values, type, anyOf, items } = schema
  const isNumber = type === 'integer' || type === 'number'
  const known: unknown = (examples as Record<string, unknown>)[name]
  // The oldest versions have numbers for ids.
  if (known !== undefined && (typeof known === 'number') === isNumber) return literal(known)
  if (typeof reference === 'string') {
    const named = document.components.schemas[nameOf(reference)]
    if (named === undefined) throw new Error(`${reference} is not in the document`)
    return exampleText({ name, schema: named, required: true }, document)
  }
  if (Array.isArray(values)) return literal(String(values[0]))
  if (Array.isArray(anyOf))
    return exampleText({ name, schema: anyOf[0] as SchemaObject, required: true }, document)
  if (schema['format'] === 'binary') return `{ fileName: 'build.tgz', content: new Blob(['…']) }`
  if (type === 'array')
    return `[${exampleText({ name: '', schema: items as SchemaObject, required: true }, document)}]`
  if (type === 'object' || 'properties' in schema) return objectText(schema, document)
  if (type === 'boolean') return 'false'
  if (isNumber) return String(Number(schema['minimum'] ?? 1))
  if (type === 'string' || [type].flat().includes('string')) return literal(name)
  return '{}'
}

/** Only the fields that must be there. */
function objectText(schema: SchemaObject, document: OpenApiDocument): string {
  const properties = (schema['properties'] ?? {}) as Record<string, SchemaObject>
  const required = (schema['required'] ?? []) as readonly string[]
  const fields = required.map((name) => {
    const value = exampleText({ name, schema: properties[name] ?? {}, required: true }, document)
    return `${name}: ${value}`
  })
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", String.raw`\'`)}'` : JSON.stringify(value)
