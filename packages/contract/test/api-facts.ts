/**
 * What an OpenAPI document says about the wire, in a short form that is easy to read and to compare.
 * The files in `facts/` hold the published API in this form, one per tag.
 *
 * A key that ends in `?` may be left out. A type is a JSON type, `date-time`, `bytes` or a schema's name, with
 * `[]` for arrays, `|null` where null is allowed, `repeated` for an array that comes as a repeated key, and
 * `= value` for a default.
 */
export interface ApiFacts {
  readonly operations: Readonly<Record<string, OperationFacts>>
  /** The fields of an object, or the values of an enum. */
  readonly schemas: Readonly<Record<string, Fields | readonly string[]>>
}

export interface OperationFacts {
  readonly tag: string
  /** Method and path, as `GET /apps/v2/apps`. */
  readonly request: string
  readonly path?: Fields
  readonly query?: Fields
  /** Media type and type. */
  readonly body?: string
  /** Status, media type and type. */
  readonly answer: string
  /** Statuses; those that answer something else than an ApiError say what. */
  readonly errors: readonly (number | string)[]
  readonly access: 'token' | 'player' | 'none'
  readonly deprecated?: true
}

export type Fields = Readonly<Record<string, string>>

type Json = Readonly<Record<string, unknown>>

/** The facts of a document: its operations of the given tags, and all its schemas. */
export function apiFacts(document: Json, tags: readonly string[]): ApiFacts {
  const components = object(document['components'])
  const sharedResponses = object(components['responses'])
  const facts = Object.entries(object(document['paths'])).flatMap(([path, item]) =>
    Object.entries(object(item)).map(([method, operation]) =>
      operationFacts(`${method.toUpperCase()} ${path}`, object(operation), sharedResponses),
    ),
  )
  const schemas = Object.entries(object(components['schemas']))
  return {
    operations: Object.fromEntries(facts.filter(([, { tag }]) => tags.includes(tag))),
    schemas: Object.fromEntries(
      schemas.map(([name, schema]) => [name, schemaFacts(object(schema))]),
    ),
  }
}

function operationFacts(
  request: string,
  operation: Json,
  sharedResponses: Json,
): [string, OperationFacts] {
  const parameters = list(operation['parameters']).map(object)
  const path = parameterFields(parameters, 'path')
  const query = parameterFields(parameters, 'query')
  const responses = Object.entries(object(operation['responses'])).map(([status, response]) => ({
    status,
    body: content(resolved(object(response), sharedResponses)),
  }))
  const body = operation['requestBody']
  const facts: OperationFacts = {
    tag: String(list(operation['tags'])[0]),
    request,
    ...(Object.keys(path).length > 0 && { path }),
    ...(Object.keys(query).length > 0 && { query }),
    ...(body !== undefined && { body: bodyFacts(object(body)) }),
    answer: responses
      .filter(({ status }) => status < '300')
      .map((response) => `${response.status} ${response.body}`.trim())
      .join(', '),
    errors: responses
      .filter(({ status }) => status >= '300')
      .map((response) =>
        response.body === errorBody
          ? Number(response.status)
          : `${response.status} ${response.body}`,
      ),
    access: accessFacts(list(operation['security']).map(object)),
    ...(operation['deprecated'] === true && { deprecated: true }),
  }
  return [String(operation['operationId']), facts]
}

function accessFacts([security]: readonly Json[]): OperationFacts['access'] {
  if (security === undefined) return 'none'
  return 'playerAuth' in security ? 'player' : 'token'
}

function parameterFields(parameters: readonly Json[], place: string): Fields {
  const here = parameters.filter((parameter) => parameter['in'] === place)
  return Object.fromEntries(
    here.map((parameter) => {
      const schema = object(parameter['schema'])
      const repeated =
        schema['type'] === 'array' && parameter['style'] === 'form' && parameter['explode'] === true
      const fallback =
        schema['default'] === undefined ? '' : ` = ${JSON.stringify(schema['default'])}`
      const type = `${typeOf(schema)}${repeated ? ' repeated' : ''}${fallback}`
      return [`${String(parameter['name'])}${parameter['required'] === true ? '' : '?'}`, type]
    }),
  )
}

const errorBody = 'application/json ApiError'

const resolved = (response: Json, shared: Json): Json =>
  typeof response['$ref'] === 'string'
    ? object(shared[response['$ref'].split('/').at(-1) ?? ''])
    : response

const bodyFacts = (body: Json): string =>
  `${body['required'] === true ? '' : 'optional '}${content(body)}`

const content = (holder: Json): string =>
  Object.entries(object(holder['content']))
    .map(([mediaType, media]) => `${mediaType} ${typeOf(object(object(media)['schema']))}`)
    .join(', ')

function schemaFacts(schema: Json): Fields | readonly string[] {
  if (schema['enum'] !== undefined) return list(schema['enum']).map(String)
  const required = list(schema['required'])
  const properties = Object.entries(object(schema['properties']))
  return Object.fromEntries(
    properties.map(([name, field]) => [
      `${name}${required.includes(name) ? '' : '?'}`,
      typeOf(object(field)),
    ]),
  )
}

function typeOf(schema: Json): string {
  if (typeof schema['$ref'] === 'string') return schema['$ref'].split('/').at(-1) ?? ''
  if (Array.isArray(schema['anyOf']))
    return schema['anyOf'].map((one) => typeOf(object(one))).join('|')
  if (Array.isArray(schema['enum']))
    return schema['enum'].map((value) => JSON.stringify(value)).join('|')
  if (schema['type'] === 'array') return `${typeOf(object(schema['items']))}[]`
  const [type, ...others] = [schema['type']].flat().map(String)
  const name = { 'date-time': 'date-time', binary: 'bytes' }[String(schema['format'])] ?? type
  return [name, ...others].join('|')
}

/** The documents are read as they come: what is absent or of another kind reads as empty. */
const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
