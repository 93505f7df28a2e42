/** The reference of the SDK in `docs/sdk/`: a page for each group, and their index. */
import {
  type OpenApiDocument,
  type Operation,
  type SchemaObject,
  openApiDocument,
  operations,
} from '@hatchery/contract'
import {
  type Argument,
  argumentsOf,
  isClientWide,
  requestTypeName,
  takesRequest,
} from '../arguments.ts'
import { formatted } from '../formatted.ts'
import { answerOf } from '../group-text.ts'
import { nameOf, typeText } from '../type-text.ts'
import { methodOf, sampleOf } from './sample.ts'

/** Texts by path below `docs/sdk/`. */
export async function referencePages(): Promise<Map<string, string>> {
  const document = openApiDocument({ version: '' })
  const called = Object.values<Operation>(operations).filter(({ access }) => access !== 'signed')
  const groups = Map.groupBy(called, ({ tag }) => tag)
  const pages = await Promise.all(
    [...groups].map(
      async ([tag, group]) => [`${fileOf(tag)}.md`, await pageOf(tag, group, document)] as const,
    ),
  )
  return new Map([...pages, ['groups.md', indexOf(groups, document)]])
}

const fileOf = (tag: string): string => tag.toLowerCase()

/** The group's name in the client. */
const fieldOf = (tag: string): string => `${tag.slice(0, 1).toLowerCase()}${tag.slice(1)}`

const made = '<!-- Made from the contract: npm run check -- --write. Do not edit. -->\n'

function indexOf(
  groups: ReadonlyMap<string, readonly Operation[]>,
  document: OpenApiDocument,
): string {
  const rows = [...groups].map(([tag, group]) => {
    const isOld = group.every(({ deprecated }) => deprecated === true)
    const name = `[\`hatchery.${fieldOf(tag)}\`](${fileOf(tag)}.md)`
    return `| ${name} | ${descriptionOf(tag, document)} | ${group.length} | ${isOld ? 'old' : ''} |`
  })
  return `${made}# All groups of the SDK

| group | what it is for | operations | |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}

const descriptionOf = (tag: string, document: OpenApiDocument): string =>
  document.tags.find(({ name }) => name === tag)?.description ?? ''

async function pageOf(
  tag: string,
  group: readonly Operation[],
  document: OpenApiDocument,
): Promise<string> {
  const field = fieldOf(tag)
  const list = group.map(
    (operation) =>
      `- [\`${operation.id}\`](#${operation.id.toLowerCase()}): ${operation.summary}${operation.deprecated === true ? ' (old)' : ''}`,
  )
  const sections = await Promise.all(
    group.map((operation) => sectionOf(operation, field, document)),
  )
  return `${made}# ${tag}

${descriptionOf(tag, document)} In the SDK it is \`hatchery.${field}\`. [All groups](groups.md)

${list.join('\n')}

${sections.join('\n')}`
}

async function sectionOf(
  operation: Operation,
  field: string,
  document: OpenApiDocument,
): Promise<string> {
  const { id, description, method, path } = operation
  const answer = answerOf(operation, document)
  const answers = answer.type !== 'void'
  const sample = await formatted('sample.ts', sampleOf(operation, { field, document, answers }))
  return `## ${id}

\`${method.toUpperCase()} ${path}\`

${description}

\`\`\`ts sample=${methodOf(field, operation)}
${sample}\`\`\`

### Parameters

${parametersOf(operation, document)}

### Response

\`Promise<${answer.type}>\`: ${operation.answer.description}

### Errors

${errorsOf(operation)}
`
}

function parametersOf(operation: Operation, document: OpenApiDocument): string {
  const args = argumentsOf(operation, document)
  const security: Row[] =
    operation.access === 'player'
      ? [['security', 'PlayerSecurity', true, 'The token of the player.']]
      : []
  const rows = [...security, ...args.flatMap((argument) => rowsOf(argument, document))]
  const options: Row = ['options', 'RequestOptions', false, 'For this call alone.']
  const table = tableOf([...rows, options])
  if (!takesRequest(args)) return table
  return `All but \`options\` are fields of one object, a \`${requestTypeName(operation.id)}\`.\n\n${table}`
}

type Row = readonly [name: string, type: string, required: boolean, description: string]

/** A body has its fields behind it. */
function rowsOf(argument: Argument, document: OpenApiDocument): Row[] {
  const { name, schema, required, place } = argument
  const more = isClientWide(argument) ? ' The client’s own when left out.' : ''
  const named = document.components.schemas[nameOf(textIn(schema, '$ref'))]
  const description = `${textIn(schema, 'description') || textIn(named ?? {}, 'description')}${more}`
  const row: Row = [name, typeText(schema), required, description.trim()]
  return place === 'body' ? [row, ...fieldsOf(name, named ?? {})] : [row]
}

function textIn(schema: SchemaObject, key: string): string {
  const text = schema[key]
  return typeof text === 'string' ? text : ''
}

function fieldsOf(body: string, schema: SchemaObject): Row[] {
  const required = (schema['required'] ?? []) as readonly string[]
  const properties = (schema['properties'] ?? {}) as Record<string, SchemaObject>
  return Object.entries(properties).map(([name, field]) => [
    `${body}.${name}`,
    typeText(field),
    required.includes(name),
    textIn(field, 'description'),
  ])
}

function tableOf(rows: readonly Row[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const lines = rows.map(
    ([name, type, required, description]) =>
      `| \`${name}\` | \`${cell(type)}\` | ${required ? 'yes' : ''} | ${cell(description)} |`,
  )
  return `| Parameter | Type | Required | Description |\n| --- | --- | --- | --- |\n${lines.join('\n')}`
}

function errorsOf({ errors }: Operation): string {
  const api =
    errors.length === 0 ? [] : [`| \`ApiError\` | ${errors.join(', ')} | \`application/json\` |`]
  return [
    '| Type | Status | Content type |',
    '| --- | --- | --- |',
    ...api,
    '| `SDKError` | 4XX, 5XX | any other |',
    '| `ResponseValidationError` | 2XX | an answer that is none of this API |',
    '| `ConnectionError`, `RequestTimeoutError`, `RequestAbortedError` | | no answer |',
  ].join('\n')
}
