/** The API as a page to read: made from the OpenAPI document, no script, nothing loaded from anywhere. */
import {
  type Operation,
  type SchemaObject,
  errorCodes,
  openApiDocument,
  operations,
} from '@hatchery/contract'
import { style } from './docs-style.ts'
import { escaped, prose } from './html.ts'

export function docsPage(version: string): string {
  const { paths, components } = openApiDocument({ version })
  const tags = [...new Set(Object.values(operations).map(({ tag }) => tag))]
  const schemas = Object.entries(components.schemas)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Hatchery API ${escaped(version)}</title><style>${style}</style></head><body>
<h1>Hatchery API <small>${escaped(version)}</small></h1>
<p>The HTTP API of Hathora Cloud, answered by this server. Send <code>Authorization: Bearer &lt;token&gt;</code>.
The same as data: <a href="/openapi.json">/openapi.json</a>.</p>
<nav>${[...tags, 'Schemas', 'Errors'].map(link).join(' ')}</nav>
${tags.map((tag) => operationsOf(tag, paths)).join('\n')}
<h2 id="Schemas">Schemas</h2>${schemas.map(([name, schema]) => schemaArticle(name, schema)).join('\n')}
<h2 id="Errors">Errors</h2>
<p>The body of every error is <code>{"message": "…"}</code>; the header <code>Hatchery-Error</code> has one of these codes.</p>
${table(
  ['code', 'status'],
  Object.entries(errorCodes).map(([code, status]) => [`<code>${code}</code>`, String(status)]),
)}
</body></html>`
}

type Paths = ReturnType<typeof openApiDocument>['paths']
type OperationObject = NonNullable<Paths[string]['get']>

const link = (name: string): string => `<a href="#${name}">${escaped(name)}</a>`

function operationsOf(tag: string, paths: Paths): string {
  const all: readonly Operation[] = Object.values(operations)
  const articles = all
    .filter((operation) => operation.tag === tag)
    .map((operation) => operationArticle(operation, paths[operation.path]?.[operation.method]))
  return `<h2 id="${tag}">${escaped(tag)}</h2>${articles.join('\n')}`
}

function operationArticle(operation: Operation, published: OperationObject | undefined): string {
  const { id, method, path, summary, description, answer, errors, body } = operation
  const parameters = (published?.parameters ?? []).map(
    ({ name, in: place, required, schema, description: text }) => [
      `<code>${escaped(name)}</code>${required ? ' *' : ''}`,
      place,
      typeName(schema),
      prose(typeof text === 'string' ? text : descriptionOf(schema)),
    ],
  )
  const takes = body === undefined ? '' : `Takes ${typeOf(published?.requestBody?.content)}. `
  const success = typeOf(published?.responses[String(answer.status)])
  return `<article id="${id}"><h3>${link(id)}</h3>
<p><code><b>${method.toUpperCase()}</b> ${escaped(path)}</code></p>
<p>${prose(`${summary}. ${description ?? ''}`)}</p>
${parameters.length === 0 ? '' : table(['name', 'in', 'type', 'meaning'], parameters)}
<p class="quiet">${takes}Answers ${answer.status} ${success}. Errors: ${errors.join(', ') || 'none'}. ${escaped(access(operation))}</p></article>`
}

function access({ access: needed, process }: Operation): string {
  if (needed === 'public') return 'Needs no token.'
  if (needed === 'player') return 'Needs the token of a player.'
  if (needed === 'operator') return 'Needs the token of an operator.'
  if (needed === 'signed') return 'The signed URL is the permission.'
  const scopes = needed.length === 0 ? 'Needs a token.' : `Needs the scope ${needed.join(' and ')}.`
  return process ? `${scopes} A game server may call it for itself.` : scopes
}

/** The type in a body or an answer: of JSON its schema, else the media type. */
function typeOf(holder: unknown): string {
  const content = (holder as { content?: unknown } | undefined)?.content ?? holder
  const [entry] = Object.entries((content ?? {}) as Record<string, { schema?: SchemaObject }>)
  if (entry === undefined || entry[1].schema === undefined) return 'no body'
  return entry[0] === 'application/json' ? typeName(entry[1].schema) : escaped(entry[0])
}

function schemaArticle(name: string, schema: SchemaObject): string {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, SchemaObject>)
  const required = (schema['required'] ?? []) as string[]
  const fields = properties.map(([field, type]) => [
    `<code>${escaped(field)}</code>${required.includes(field) ? ' *' : ''}`,
    typeName(type),
    prose(descriptionOf(type)),
  ])
  const values = (schema['enum'] ?? []) as string[]
  return `<article id="${name}"><h3>${link(name)}</h3><p>${prose(descriptionOf(schema))}</p>
${values.length === 0 ? '' : `<p>${values.map((value) => `<code>${escaped(value)}</code>`).join(' ')}</p>`}
${fields.length === 0 ? '' : table(['field', 'type', 'meaning'], fields)}</article>`
}

function typeName(schema: SchemaObject): string {
  const reference = schema['$ref']
  if (typeof reference === 'string') return link(reference.slice(reference.lastIndexOf('/') + 1))
  if (schema['items'] !== undefined) return `list of ${typeName(schema['items'] as SchemaObject)}`
  const alternatives = schema['anyOf'] as SchemaObject[] | undefined
  if (alternatives !== undefined) return alternatives.map(typeName).join(' or ')
  const types = schema['type'] as string | string[] | undefined
  return escaped([types ?? 'any'].flat().join(' or '))
}

const descriptionOf = (schema: SchemaObject): string =>
  (schema['description'] as string | undefined) ?? ''

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${head.map((name) => `<th>${name}</th>`).join('')}</tr></thead><tbody>${rows
    .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`
