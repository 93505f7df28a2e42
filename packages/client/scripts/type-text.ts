/** JSON schemas of the OpenAPI document as TypeScript, and comments. */
import type { SchemaObject } from '@hatchery/contract'

export const generatedHeader = '// Made by scripts/generate.ts from the contract. Do not edit.\n'

/** The type of a schema as it stands in a field or parameter. Date-times are `Date`s. */
export function typeText(schema: SchemaObject): string {
  const { $ref: reference, anyOf, items, type } = schema
  if (typeof reference === 'string') return nameOf(reference)
  if (Array.isArray(anyOf)) return anyOf.map((one: SchemaObject) => typeText(one)).join(' | ')
  if (type === 'array') return `Array<${typeText(items as SchemaObject)}>`
  // Any value: the schema says nothing of it.
  if (!('type' in schema)) return 'unknown'
  return [type]
    .flat()
    .map((one) => scalarText(String(one), schema))
    .join(' | ')
}

function scalarText(type: string, { format }: SchemaObject): string {
  if (format === 'binary') return 'FormFile'
  if (type === 'string') return format === 'date-time' ? 'Date' : 'string'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'boolean' || type === 'null') return type
  throw new Error(`the client has no type for ${type}`)
}

export const nameOf = (reference: string): string => reference.split('/').at(-1) ?? ''

/** A doc comment of paragraphs, each wrapped to the line; empty ones are left out. */
export function docComment(paragraphs: readonly (string | undefined)[], indent = ''): string {
  const lines = paragraphs
    .filter((paragraph) => paragraph !== undefined && paragraph !== '')
    .flatMap((paragraph, index) => [
      ...(index > 0 ? [''] : []),
      ...wrapped(paragraph ?? '', indent),
    ])
  if (lines.length === 0) return ''
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`
  const body = lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')
  return `${indent}/**\n${body}${indent} */\n`
}

/** Lines of at most 100 columns, comment marks included; a line break in the text stays one. */
function wrapped(text: string, indent: string): string[] {
  const width = 97 - indent.length
  return text.split('\n').flatMap((line) => {
    const lines: string[] = []
    let current = ''
    for (const word of line.split(' ')) {
      const longer = current === '' ? word : `${current} ${word}`
      if (longer.length > width && current !== '') lines.push(current)
      current = longer.length > width && current !== '' ? word : longer
    }
    return [...lines, current]
  })
}
