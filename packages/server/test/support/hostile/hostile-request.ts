/** Requests of every kind to the operations of an OpenAPI document: right ones, nearly right ones, nonsense. */
import { hash } from 'node:crypto'
import type { OpenApiDocument, OperationObject, SchemaObject } from '@hatchery/contract'
import fc, { type Arbitrary } from 'fast-check'
import { type SchemaValues, knownId, monster, schemaValues } from './schema-values.ts'

export const tokenKinds = [
  'none',
  'nonsense',
  'revoked',
  'foreign',
  'scoped',
  'process',
  'player',
  'admin',
] as const
export type TokenKind = (typeof tokenKinds)[number]

export interface HostileRequest {
  readonly operation: KnownOperation
  readonly method: string
  readonly token: TokenKind
  readonly params: Readonly<Record<string, unknown>>
  /** What is done to the path once the parameters are in it. */
  readonly path: { readonly kind: 'as it is' } | { readonly kind: 'odd'; readonly with: string }
  readonly query: readonly (readonly [string, unknown])[]
  /** Written behind the rest of the query as it stands. */
  readonly rawQuery: string
  /** The permission of an upload URL that the server made. */
  readonly signed: boolean
  readonly body: HostileBody
  readonly contentType: string | undefined
}

/** `value` is written as JSON, `cut` announces more than comes. */
export type HostileBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'value'; readonly value: unknown; readonly framing: 'length' | 'chunked' }
  | { readonly kind: 'cut'; readonly value: unknown }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

export interface KnownOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly statuses: readonly number[]
  /** Media type of what it answers when all is well; undefined: nothing. */
  readonly answers: string | undefined
}

export interface HostileRequests {
  readonly operations: readonly KnownOperation[]
  readonly any: Arbitrary<HostileRequest>
}

/** `idNames`: the fields and parameters that hold ids of the server. */
export function hostileRequests(
  document: OpenApiDocument,
  idNames: readonly string[],
): HostileRequests {
  const values = schemaValues(document, idNames)
  const found = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      operation,
      known: knownOperation(path, method, operation),
    })),
  )
  return {
    operations: found.map(({ known }) => known),
    any: fc.oneof(
      ...found.map(({ operation, known }) => requestOf(operation, known, values, idNames)),
    ),
  }
}

function knownOperation(path: string, method: string, { operationId, responses }: OperationObject) {
  const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1]
  const content = success !== undefined && 'content' in success ? success.content : undefined
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    statuses: Object.keys(responses).map(Number),
    answers: content && Object.keys(content)[0],
  }
}

const usually = <T, U>(often: Arbitrary<T>, seldom: Arbitrary<U>): Arbitrary<T | U> =>
  fc.oneof({ weight: 9, arbitrary: often }, { weight: 1, arbitrary: seldom })

const rightToken = ({ security }: OperationObject): TokenKind =>
  security.some((one) => 'playerAuth' in one) ? 'player' : 'admin'

const oddMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']

function requestOf(
  operation: OperationObject,
  known: KnownOperation,
  values: SchemaValues,
  idNames: readonly string[],
): Arbitrary<HostileRequest> {
  const inPath = operation.parameters.filter((one) => one.in === 'path')
  const inQuery = operation.parameters.filter((one) => one.in === 'query')
  const params = inPath.map(({ name, schema }): [string, Arbitrary<unknown>] => [
    name,
    usually(idNames.includes(name) ? knownId(name) : values.valid(schema, name), monster),
  ])
  const request: Arbitrary<HostileRequest> = fc.record({
    operation: fc.constant(known),
    method: usually(fc.constant(known.method), fc.constantFrom(...oddMethods)),
    token: fc.oneof(
      { weight: 3, arbitrary: fc.constant(rightToken(operation)) },
      fc.constantFrom(...tokenKinds),
    ),
    params: fc.record(Object.fromEntries(params)),
    path: usually(
      fc.constant({ kind: 'as it is' as const }),
      fc.constantFrom(...oddPaths).map((odd) => ({ kind: 'odd' as const, with: odd })),
    ),
    query: queryOf(inQuery, values),
    rawQuery: usually(fc.constant(''), fc.constantFrom(...oddQueries)),
    signed: inQuery.some(({ name }) => name === 'signature')
      ? usually(fc.constant(true), fc.constant(false))
      : fc.constant(false),
    body: bodyOf(operation, values),
    contentType: usually(
      fc.constant(Object.keys(operation.requestBody?.content ?? {})[0]),
      fc.constantFrom(...oddContentTypes),
    ),
  })
  return request.map((one) => ({ ...one, [fc.toStringMethod]: () => nameOf(one) }))
}

/** For failures, which show the bytes too: bodies may be too deep or too long to print. */
const nameOf = ({ operation, method, token, body }: HostileRequest): string =>
  `${operation.id} ${method} with token ${token}, body ${body.kind}`

function queryOf(
  parameters: OperationObject['parameters'],
  values: SchemaValues,
): Arbitrary<[string, unknown][]> {
  const each = parameters.map(({ name, schema, required }) => {
    const one = usually(flat(values.valid(schema, name)), flat(values.hostile(schema, name)))
    const times = required
      ? usually(fc.constant(1), fc.constantFrom(0, 2))
      : fc.constantFrom(0, 0, 1, 1, 2)
    return times
      .chain((count) => fc.array(one, { minLength: count, maxLength: count }))
      .map((all) => all.flat().map((value): [string, unknown] => [name, value]))
  })
  return fc.tuple(...each).map((lists) => lists.flat())
}

/** A list in a query is its elements one by one. */
const flat = (values: Arbitrary<unknown>): Arbitrary<unknown[]> =>
  values.map((value) => (Array.isArray(value) ? (value as unknown[]).slice(0, 50) : [value]))

function bodyOf({ requestBody }: OperationObject, values: SchemaValues): Arbitrary<HostileBody> {
  const schema = requestBody?.content['application/json']?.schema
  if (schema === undefined) {
    const none = fc.constant({ kind: 'none' as const })
    const right = fc.constantFrom(tenBytes, rightList).map(bytesOf)
    return requestBody === undefined ? usually(none, nonsense) : fc.oneof(none, nonsense, right)
  }
  return jsonBody(schema, values)
}

function jsonBody(schema: SchemaObject, values: SchemaValues): Arbitrary<HostileBody> {
  const value = fc.oneof(values.valid(schema, ''), values.hostile(schema, ''))
  return fc.oneof(
    {
      weight: 12,
      arbitrary: value.map((one) => ({
        kind: 'value' as const,
        value: one,
        framing: 'length' as const,
      })),
    },
    {
      weight: 1,
      arbitrary: value.map((one) => ({
        kind: 'value' as const,
        value: one,
        framing: 'chunked' as const,
      })),
    },
    { weight: 1, arbitrary: value.map((one) => ({ kind: 'cut' as const, value: one })) },
    { weight: 2, arbitrary: nonsense },
    { weight: 1, arbitrary: fc.constant({ kind: 'none' as const }) },
  )
}

/** An archive for which there always is an upload URL. */
export const tenBytes = '0123456789'

const rightList = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"${hash('sha256', tenBytes)}"</ETag></Part></CompleteMultipartUpload>`

const texts = [
  ...['', ' ', '{', '{"a":', '[', 'null', '"', '{}}', "{'a':1}", '{"a":1,}', 'NaN', '1e999', '-'],
  ...['{"a":1e999}', '{"a":1,"a":2}', '\uFEFF{}', '{"__proto__":{"b":1}}', '/* */{}', '<a/>'],
  ...['['.repeat(20_000), '{"a":'.repeat(20_000), '<CompleteMultipartUpload>'.repeat(50)],
  ...[`{"a":"${'x'.repeat(1_000_000)}"}`, `[${'0,'.repeat(400_000)}0]`, '"\\ud800"'],
]

const bytesOf = (text: string): HostileBody => ({ kind: 'bytes', bytes: Buffer.from(text) })

const nonsense: Arbitrary<HostileBody> = fc
  .oneof(
    fc.constantFrom(...texts).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 40 }),
  )
  .map((bytes) => ({ kind: 'bytes', bytes }))

/** Put where the last parameter stands, or at the end. */
const oddPaths = [
  ...[
    '%',
    '%zz',
    '%c3%28',
    '%00',
    '%2f',
    '%2e%2e',
    '..',
    '.',
    '//',
    '/',
    '#x',
    ';a=b',
    '\\',
    ':id',
    '*',
  ],
  ...['é', '%F0%9F%98%80', 'x'.repeat(3_000), 'x'.repeat(20_000)],
]

const oddQueries = [
  ...['&', '=', '&=&', '%', '%zz=1', 'a=%c3%28', '__proto__=1', 'constructor=1', 'a[b]=1', 'a[]=1'],
  ...[
    'orgId',
    'orgId=',
    'appId=&appId=',
    'é=é',
    'a=b=c',
    '?',
    'x='.repeat(1_000),
    'y'.repeat(20_000),
  ],
]

const oddContentTypes = [
  ...[
    undefined,
    '',
    'text/plain',
    'application/json; charset=utf-16',
    'APPLICATION/JSON',
    'nonsense',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    ';',
  ],
]
