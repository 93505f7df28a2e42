/** `types.ts`: a type per schema, and one per operation whose arguments come as an object. */
import type { OpenApiDocument, Operation, SchemaObject } from '@hatchery/contract'
import { type Argument, argumentsOf, requestTypeName, takesRequest } from './arguments.ts'
import { docComment, generatedHeader, typeText } from './type-text.ts'

export function typesText(document: OpenApiDocument, operations: readonly Operation[]): string {
  const schemas = Object.entries(document.components.schemas)
  const requests = operations.map((operation) => ({
    id: operation.id,
    args: argumentsOf(operation, document),
  }))
  return [
    generatedHeader,
    '/* oxlint-disable max-lines -- all types of the API in one place */',
    "import type { FormFile } from '../form.ts'\n",
    opening,
    // The client has an error class of this name.
    ...schemas
      .filter(([name]) => name !== 'ApiError')
      .map(([name, schema]) => declared(name, schema)),
    ...requests
      .filter(({ args }) => takesRequest(args))
      .map(({ id, args }) => requestType(id, args)),
  ].join('\n')
}

const opening = `/** A string of a known set. A newer server may answer others. */
export type Open<Known extends string> = Known | (string & {})
`

function declared(name: string, schema: SchemaObject): string {
  const comment = docComment([schema['description'] as string | undefined])
  if (Array.isArray(schema['enum'])) {
    const values = schema['enum'] as string[]
    const named = values.map((value) => `${pascalCase(value)}: '${value}'`)
    const type = `Open<${values.map((value) => `'${value}'`).join(' | ')}>`
    return `${comment}export type ${name} = ${type}\nexport const ${name} = { ${named.join(', ')} } as const\n`
  }
  if (Array.isArray(schema['anyOf'])) return `${comment}export type ${name} = ${typeText(schema)}\n`
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, SchemaObject>)
  if (fields.length === 0) return `${comment}export type ${name} = Record<string, never>\n`
  const required = (schema['required'] ?? []) as readonly string[]
  const lines = fields.map(([field, type]) =>
    fieldText({ name: field, schema: type, required: required.includes(field) }),
  )
  return `${comment}export interface ${name} {\n${lines.join('')}}\n`
}

/** As the official client names values: `Los_Angeles` is `LosAngeles`. */
const pascalCase = (value: string): string =>
  value
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('')

const requestType = (id: string, args: readonly Argument[]): string =>
  `/** What ${id} is called with. */\nexport interface ${requestTypeName(id)} {\n${args.map(fieldText).join('')}}\n`

function fieldText({ name, schema, required }: Omit<Argument, 'place'>): string {
  const comment = docComment([schema['description'] as string | undefined], '  ')
  const type = typeText(schema)
  // Any value may be undefined, too: the official client lets it be left out, and the server says that it is missing.
  if (type === 'unknown') return `${comment}  ${name}?: unknown\n`
  return `${comment}  ${name}${required ? '' : '?'}: ${type}${required ? '' : ' | undefined'}\n`
}
