/** Makes an operation's input from a request: own parsers, no coercion of bodies, validators compiled at first use. */
import type { IncomingMessage } from 'node:http'
import { HatcheryError, type Operation } from '@hatchery/contract'
import Type, { type TProperties, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { contentTypeOf } from './content-types.ts'
import { explain, show } from './explain.ts'
import { formBody } from './form-body.ts'
import { bodyOf, lengthOf } from './request-body.ts'

/** What is needed of an HTTP request, with path and query taken apart and nothing converted. */
export interface RawRequest {
  /** By name, strings. */
  readonly params: unknown
  /** A string for each key that came once, a list for one that came repeatedly. */
  readonly query: unknown
  readonly raw: IncomingMessage
}

type Params = Readonly<Record<string, string>>
type Query = Readonly<Record<string, string | string[]>>

export interface RawInput {
  readonly params: Record<string, unknown>
  readonly query: Record<string, unknown>
  readonly body: unknown
}

/** Reads one operation's requests; throws HatcheryError `invalid`. */
export type InputReader = (request: RawRequest) => Promise<RawInput>

const longestParameter = 2_000
const mostBodyBytes = 1_000_000

export function createInputReader(operation: Operation): InputReader {
  const paramSchemas = Object.entries(operation.params)
  const querySchemas = Object.entries(operation.query)
  const checkParams = lazyCheck('', operation.params)
  const checkQuery = lazyCheck('', operation.query)
  const readBody = bodyReader(operation)
  return async ({ params: rawParams, query: rawQuery, raw }) => {
    const params = readParams(paramSchemas, rawParams as Params)
    checkParams(params)
    const query = readQuery(querySchemas, rawQuery as Query)
    checkQuery(query)
    return { params, query, body: await readBody?.(raw) }
  }
}

function lazyCheck(where: string, properties: TProperties): (value: unknown) => void {
  if (Object.keys(properties).length === 0) return () => {}
  return lazySchemaCheck(where, () => Type.Object(properties))
}

function lazySchemaCheck(where: string, schema: () => TSchema): (value: unknown) => void {
  let validator: ReturnType<typeof Compile> | undefined
  return (value) => {
    validator ??= Compile(schema())
    if (validator.Check(value)) return
    throw new HatcheryError('invalid', explain(where, value, [...validator.Errors(value)]))
  }
}

type Schemas = readonly (readonly [string, TSchema])[]

function readParams(schemas: Schemas, raw: Params): Record<string, unknown> {
  const params: Record<string, unknown> = {}
  for (const [name, schema] of schemas) {
    const text = raw[name] ?? ''
    assertLength(name, text)
    params[name] = parseScalar(name, text, schema)
  }
  return params
}

function readQuery(schemas: Schemas, raw: Query): Record<string, unknown> {
  const query: Record<string, unknown> = {}
  for (const [name, schema] of schemas) {
    const given = raw[name]
    if (given === undefined) {
      if ('default' in schema) query[name] = schema.default
      continue
    }
    query[name] = isArray(schema)
      ? parseList(name, given, schema)
      : parseSingle(name, given, schema)
  }
  return query
}

const isArray = (schema: TSchema): schema is TSchema & { items: TSchema } => 'items' in schema

function parseList(name: string, given: string | string[], schema: { items: TSchema }): unknown[] {
  const texts = typeof given === 'string' ? [given] : given
  return texts.map((text) => {
    assertLength(name, text)
    return parseScalar(name, text, schema.items)
  })
}

function parseSingle(name: string, given: string | string[], schema: TSchema): unknown {
  if (typeof given !== 'string')
    throw new HatcheryError(
      'invalid',
      `${name} was given ${given.length} times, it is allowed once`,
    )
  assertLength(name, given)
  return parseScalar(name, given, schema)
}

function assertLength(name: string, text: string): void {
  if (text.length <= longestParameter) return
  throw new HatcheryError(
    'invalid',
    `${name} must have at most ${longestParameter} characters; got ${text.length}`,
  )
}

function parseScalar(name: string, text: string, schema: TSchema): unknown {
  const type = 'type' in schema ? schema.type : undefined
  if (type === 'number' || type === 'integer') return parseNumber(name, text, type)
  if (type === 'boolean') return parseBoolean(name, text)
  return text
}

/** Decimal or exponent form (Go's clients print 1.7e+12); nothing that is not finite, no hex, no blanks. */
function parseNumber(name: string, text: string, type: 'number' | 'integer'): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  const fits = Number.isFinite(value) && (type === 'number' || Number.isSafeInteger(value))
  if (fits) return value
  throw new HatcheryError(
    'invalid',
    `${name} must be ${type === 'number' ? 'a number' : 'a whole number'}; got ${show(text)}`,
  )
}

function parseBoolean(name: string, text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  throw new HatcheryError('invalid', `${name} must be true or false; got ${show(text)}`)
}

type BodyReader = (request: IncomingMessage) => Promise<unknown>

/** Undefined where an operation takes no body: whatever comes is ignored. */
function bodyReader({ body }: Operation): BodyReader | undefined {
  if (body === undefined) return undefined
  if ('form' in body) return async (request) => formBody(request)
  if ('stream' in body)
    return async (request) => ({ length: lengthOf(request), bytes: bodyOf(request) })
  if ('text' in body) return async (request) => (await readBytes(request)).toString('utf8')
  const check = lazySchemaCheck('body', () => body.json)
  return async (request) => {
    const value = known(body.json, parseJson(contentTypeOf(request), await readBytes(request)))
    check(value)
    return value
  }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const length = lengthOf(request)
  if (length !== undefined && length > mostBodyBytes) throw tooLarge(length)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bodyOf(request)) {
    size += chunk.byteLength
    if (size > mostBodyBytes) throw tooLarge(size)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = (size: number): HatcheryError =>
  new HatcheryError(
    'invalid',
    `the body must have at most ${mostBodyBytes} bytes; got ${size} or more`,
  )

function parseJson(contentType: string | undefined, bytes: Buffer): unknown {
  if (bytes.byteLength === 0)
    throw new HatcheryError('invalid', 'the body must be a JSON object; it is empty')
  if (contentType === undefined || !/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new HatcheryError(
      'invalid',
      `the content type must be application/json; got ${show(contentType)}`,
    )
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new HatcheryError('invalid', `the body is not JSON: ${(error as Error).message}`)
  }
}

/**
 * What the schema knows of `value`: other fields are dropped. Go's clients write null for a list that the caller
 * left out: it is an empty one.
 */
function known(schema: TSchema, value: unknown): unknown {
  if (Array.isArray(value))
    return isArray(schema) ? value.map((element) => known(schema.items, element)) : value
  if (value === null) return isArray(schema) ? [] : null
  if (typeof value !== 'object' || !('properties' in schema)) return value
  const result: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(schema.properties as TProperties)) {
    if (Object.hasOwn(value, name))
      result[name] = known(property, (value as Record<string, unknown>)[name])
  }
  return result
}
