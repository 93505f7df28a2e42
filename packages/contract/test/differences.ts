/** Compares two sets of facts and says each difference in a line that begins with where it is. */
import type { ApiFacts, Fields, OperationFacts } from './api-facts.ts'

/** Schemas that only `served` has are its own affair: they matter where an operation of `published` uses them. */
export function differences(published: ApiFacts, served: ApiFacts): string[] {
  return [
    ...operationDifferences(published.operations, served.operations),
    ...Object.entries(published.schemas).flatMap(([name, schema]) =>
      schemaDifferences(name, schema, served.schemas[name]),
    ),
  ]
}

type Operations = ApiFacts['operations']

function operationDifferences(published: Operations, served: Operations): string[] {
  const paired = new Set<string>()
  const found = Object.entries(published).flatMap(([id, operation]) => {
    const partner = partnerOf(id, operation, served)
    if (partner === undefined) return [`${id}: missing`]
    paired.add(partner[0])
    return [
      ...differ(`${id} operationId`, id, partner[0]),
      ...fieldsOfOperation(id, operation, partner[1]),
    ]
  })
  const extra = Object.keys(served).filter((id) => !paired.has(id))
  return [...found, ...extra.map((id) => `${id}: not published`)]
}

/** The operation of the same id, else the one at the same place. */
function partnerOf(id: string, operation: OperationFacts, served: Operations) {
  const entries = Object.entries(served)
  return (
    entries.find(([other]) => other === id) ??
    entries.find(([, other]) => other.request === operation.request)
  )
}

const fieldsOfOperation = (id: string, a: OperationFacts, b: OperationFacts): string[] => [
  ...differ(`${id} tag`, a.tag, b.tag),
  ...differ(`${id} request`, a.request, b.request),
  ...fieldDifferences(`${id} path`, a.path ?? {}, b.path ?? {}),
  ...fieldDifferences(`${id} query`, a.query ?? {}, b.query ?? {}),
  ...differ(`${id} body`, a.body, b.body),
  ...differ(`${id} answer`, a.answer, b.answer),
  ...differ(`${id} errors`, a.errors.join(' '), b.errors.join(' ')),
  ...differ(`${id} access`, a.access, b.access),
  ...differ(`${id} deprecated`, a.deprecated, b.deprecated),
]

type Schema = ApiFacts['schemas'][string]

function schemaDifferences(name: string, a: Schema, b: Schema | undefined): string[] {
  if (b === undefined) return [`${name}: missing`]
  if (isValues(a) || isValues(b)) {
    return differ(`${name} values`, JSON.stringify(sorted(a)), JSON.stringify(sorted(b)))
  }
  return fieldDifferences(name, a, b)
}

const isValues = (schema: Schema): schema is readonly string[] => Array.isArray(schema)

const sorted = (schema: Schema): Schema => (isValues(schema) ? schema.toSorted() : schema)

function fieldDifferences(where: string, a: Fields, b: Fields): string[] {
  const left = unmarked(a)
  const right = unmarked(b)
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].flatMap((name) => differ(`${where}.${name}`, left[name], right[name]))
}

/** Moves the mark for an optional field from the name to the type, so that a change of it is one difference. */
const unmarked = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, type]) =>
      name.endsWith('?') ? [name.slice(0, -1), `optional ${type}`] : [name, type],
    ),
  )

type Told = string | boolean | undefined

const differ = (where: string, a: Told, b: Told): string[] =>
  a === b ? [] : [`${where}: published ${shown(a)}, served ${shown(b)}`]

const shown = (value: Told): string =>
  value === undefined || value === '' ? 'nothing' : String(value)
