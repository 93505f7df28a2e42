/** The API as a page to read: made from the contract, no script, nothing loaded from anywhere. */
import { type Operation, errorCodes, operations } from '@hatchery/contract'
import type { TProperties, TSchema } from 'typebox'

export function docsPage(version: string): string {
  const all: readonly Operation[] = Object.values(operations)
  const tags = [...new Set(all.map(({ tag }) => tag))]
  const contents = tags.map((tag) => `<a href="#${tag}">${escape(tag)}</a>`).join(' ')
  const sections = tags.map((tag) =>
    section(
      tag,
      all.filter((operation) => operation.tag === tag),
    ),
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Hatchery API ${escape(version)}</title><style>${style}</style>
<h1>Hatchery API <small>${escape(version)}</small></h1>
<p>The HTTP API of Hathora Cloud, answered by this server. Send <code>Authorization: Bearer &lt;token&gt;</code>; the same as data: <a href="/openapi.json">/openapi.json</a>.</p>
<nav>${contents} <a href="#errors">Errors</a></nav>
${sections.join('\n')}
<h2 id="errors">Errors</h2><p>The body of every error is <code>{"message": "…"}</code>; the header <code>Hatchery-Error</code> has one of these codes.</p>
<table><tr><th>code<th>status</tr>${Object.entries(errorCodes)
    .map(([code, status]) => `<tr><td><code>${code}</code><td>${status}</tr>`)
    .join('')}</table></html>`
}

const section = (tag: string, list: readonly Operation[]): string =>
  `<h2 id="${tag}">${escape(tag)}</h2>${list.map(article).join('')}`

function article(operation: Operation): string {
  const { id, method, path, summary, description, answer, errors } = operation
  const success = `${answer.status} ${'json' in answer ? typeName(answer.json) : 'stream' in answer ? answer.stream : 'no body'}`
  return `<article id="${id}"><h3><a href="#${id}">${id}</a></h3>
<p><code><b>${method.toUpperCase()}</b> ${escape(path)}</code></p><p>${escape(summary)}. ${escape(description ?? '')}</p>
${parameters(operation)}
<p class="quiet">Answers ${escape(success)}. Errors: ${errors.join(', ') || 'none'}. ${escape(accessText(operation))}</p></article>`
}

function accessText({ access }: Operation): string {
  if (access === 'public') return 'Needs no token.'
  if (access === 'signed') return 'The signed URL is the permission.'
  return `Needs the scope ${access.join(' and ')}.`
}

function parameters({ params, query, body }: Operation): string {
  const rows = [...rowsOf('path', params), ...rowsOf('query', query), ...bodyRows(body)]
  if (rows.length === 0) return ''
  return `<table><tr><th>name<th>in<th>type<th>meaning</tr>${rows.join('')}</table>`
}

function bodyRows(body: Operation['body']): string[] {
  if (body === undefined || !('json' in body)) return []
  return 'properties' in body.json
    ? rowsOf('body', body.json.properties as TProperties, body.json)
    : []
}

function rowsOf(place: string, properties: TProperties, of?: TSchema): string[] {
  const required = of !== undefined && 'required' in of ? (of.required as string[]) : undefined
  return Object.entries(properties).map(([name, schema]) => {
    const optional = required === undefined ? '~optional' in schema : !required.includes(name)
    const text = 'description' in schema ? String(schema.description) : ''
    return `<tr><td><code>${escape(name)}</code>${optional ? '' : ' *'}<td>${place}<td>${escape(typeName(schema))}<td>${escape(text)}</tr>`
  })
}

function typeName(schema: TSchema): string {
  if ('items' in schema) return `${typeName(schema.items as TSchema)}[]`
  if ('title' in schema) return String(schema.title)
  return 'type' in schema ? String(schema.type) : 'any'
}

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const style = `:root{color-scheme:light dark;--ground:#f7f6f2;--text:#1b1e21;--quiet:#5c6166;--line:#ddd9d0;--accent:#9a5b00}
@media(prefers-color-scheme:dark){:root{--ground:#14171a;--text:#eceae4;--quiet:#a2a8ae;--line:#30363c;--accent:#ffb73d}}
body{font:16px/1.5 system-ui,sans-serif;background:var(--ground);color:var(--text);max-width:60rem;margin:2.5rem auto;padding:0 1rem}
a{color:var(--accent)}code{font-family:ui-monospace,monospace;font-size:14px}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;border-bottom:1px solid var(--line);padding:4px 12px 4px 0;font-size:14px}
article{border-top:1px solid var(--line);margin-top:24px}.quiet,small{color:var(--quiet)}nav a{margin-right:12px}`
