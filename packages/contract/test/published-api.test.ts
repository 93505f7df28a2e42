/** The served document against the facts of the published API: one difference breaks clients that are in use. */
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type OpenApiDocument, openApiDocument, operations } from '../src/index.ts'
import { type ApiFacts, apiFacts } from './api-facts.ts'
import { differences } from './differences.ts'

const folder = new URL('facts/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const parts = files.map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as ApiFacts,
)

const published: ApiFacts = {
  operations: Object.fromEntries(parts.flatMap((part) => Object.entries(part.operations))),
  schemas: Object.fromEntries(parts.flatMap((part) => Object.entries(part.schemas))),
}
const tags = [...new Set(Object.values(published.operations).map(({ tag }) => tag))]

const compare = (document: OpenApiDocument): string[] =>
  differences(published, apiFacts({ ...document }, tags))

describe('the OpenAPI document', () => {
  test('has no difference to the published API', () => {
    expect(compare(openApiDocument({ version: '0.0.0' }))).toEqual([])
  })

  test('has every operation of the contract, each under its own id', () => {
    for (const [id, { path, method }] of Object.entries(operations)) {
      const served = openApiDocument({ version: '0.0.0' }).paths[path]?.[method]
      expect(served?.operationId).toBe(id)
    }
  })

  test('has all operations of the published tags, and marks the others as ours', () => {
    const ours = Object.values(operations).filter((operation) => 'ours' in operation)
    expect(ours.every(({ tag }) => !tags.includes(tag))).toBe(true)
    expect(ours.every(({ path }) => path.startsWith('/hatchery/v1/'))).toBe(true)
    const publishedCount = Object.keys(published.operations).length
    expect(publishedCount).toBe(134)
    expect(Object.keys(operations)).toHaveLength(publishedCount + ours.length)
  })

  test('says where the API is', () => {
    const document = openApiDocument({ version: '1.2.3', serverUrl: 'https://games.example/base' })
    expect(document.servers).toEqual([{ url: 'https://games.example/base' }])
    expect(document.info['version']).toBe('1.2.3')
  })

  test('refers only to components it has', () => {
    const document = openApiDocument({ version: '0.0.0' })
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)
    for (const [, kind, name] of references) {
      expect(document.components).toHaveProperty([kind ?? '', name ?? ''])
    }
  })
})

const process = '/processes/v3/apps/{appId}/processes/{processId}'
const latest = '/processes/v3/apps/{appId}/processes/latest'
const metrics = '/processes/v3/apps/{appId}/processes/process/{processId}/metrics'
const processFields = 'components.schemas.ProcessV3.properties'

describe('the comparison', () => {
  test.each([
    ['a missing operation', ['paths', process, 'get'], undefined, 'GetProcess: missing'],
    [
      'an operation that is not published',
      ['paths', '/apps/v2/other', 'get'],
      { operationId: 'GetOther', tags: ['AppsV2'] },
      'GetOther: not published',
    ],
    [
      'an operation id',
      ['paths', process, 'get', 'operationId'],
      'ReadProcess',
      'GetProcess operationId: published GetProcess, served ReadProcess',
    ],
    [
      'a method',
      ['paths', '/discovery/v2/ping'],
      { post: openApiDocument({ version: '' }).paths['/discovery/v2/ping']?.['get'] },
      'GetPingServiceEndpoints request: published GET /discovery/v2/ping, served POST /discovery/v2/ping',
    ],
    [
      'whether a token is needed',
      ['paths', process, 'get', 'security'],
      [],
      'GetProcess access: published token, served none',
    ],
    [
      'whose token is needed',
      ['paths', '/lobby/v3/{appId}/create', 'post', 'security'],
      [{ hathoraDevToken: [] }],
      'CreateLobby access: published player, served token',
    ],
    [
      'a missing parameter',
      ['paths', process, 'get', 'parameters', '1'],
      {},
      'GetProcess path.processId: published string, served nothing',
    ],
    [
      'the place of a parameter',
      ['paths', latest, 'get', 'parameters', '3', 'in'],
      'header',
      'GetLatestProcesses query.before: published optional number, served nothing',
    ],
    [
      'the type of a parameter',
      ['paths', latest, 'get', 'parameters', '3', 'schema', 'type'],
      'integer',
      'GetLatestProcesses query.before: published optional number, served optional integer',
    ],
    [
      'whether a parameter is required',
      ['paths', latest, 'get', 'parameters', '3', 'required'],
      true,
      'GetLatestProcesses query.before: published optional number, served number',
    ],
    [
      'the form of an array',
      ['paths', latest, 'get', 'parameters', '1', 'explode'],
      false,
      'GetLatestProcesses query.status: published optional ProcessStatus[] repeated, served optional ProcessStatus[]',
    ],
    [
      'a default',
      ['paths', metrics, 'get', 'parameters', '5', 'schema', 'default'],
      30,
      'GetProcessMetrics query.step: published optional integer = 60, served optional integer = 30',
    ],
    [
      'a body',
      ['paths', '/apps/v2/apps', 'post', 'requestBody'],
      undefined,
      'CreateApp body: published application/json CreateAppConfig, served nothing',
    ],
    [
      'whether a body is required',
      ['paths', '/apps/v2/apps', 'post', 'requestBody', 'required'],
      false,
      'CreateApp body: published application/json CreateAppConfig, served optional application/json CreateAppConfig',
    ],
    [
      'the success status',
      ['paths', process, 'get', 'responses', '200'],
      undefined,
      'GetProcess answer: published 200 application/json ProcessV3, served nothing',
    ],
    [
      'the content type of the answer',
      ['paths', process, 'get', 'responses', '200', 'content'],
      { 'text/plain': { schema: { $ref: '#/components/schemas/ProcessV3' } } },
      'GetProcess answer: published 200 application/json ProcessV3, served 200 text/plain ProcessV3',
    ],
    [
      'the schema of the answer',
      ['paths', process, 'get', 'responses', '200', 'content', 'application/json', 'schema'],
      { type: 'array', items: { $ref: '#/components/schemas/ProcessV3' } },
      'GetProcess answer: published 200 application/json ProcessV3, served 200 application/json ProcessV3[]',
    ],
    [
      'an error status',
      ['paths', process, 'get', 'responses', '422'],
      { $ref: '#/components/responses/422' },
      'GetProcess errors: published 401 404 408 429, served 401 404 408 422 429',
    ],
    [
      'the body of an error',
      ['paths', process, 'get', 'responses', '404'],
      {},
      'GetProcess errors: published 401 404 408 429, served 401 404  408 429',
    ],
    [
      'a deprecated operation',
      ['paths', process, 'get', 'deprecated'],
      true,
      'GetProcess deprecated: published nothing, served true',
    ],
    ['a missing schema', ['components', 'schemas', 'Hosting'], undefined, 'Hosting: missing'],
    [
      'a missing field',
      [...processFields.split('.'), 'hosting'],
      undefined,
      'ProcessV3.hosting: published optional Hosting, served nothing',
    ],
    [
      'an additional field',
      [...processFields.split('.'), 'extra'],
      { type: 'string' },
      'ProcessV3.extra: published nothing, served optional string',
    ],
    [
      'the type of a field',
      [...processFields.split('.'), 'roomsAllocated', 'type'],
      'number',
      'ProcessV3.roomsAllocated: published integer, served number',
    ],
    [
      'the format of a field',
      [...processFields.split('.'), 'createdAt', 'format'],
      undefined,
      'ProcessV3.createdAt: published date-time, served string',
    ],
    [
      'whether a field may be null',
      [...processFields.split('.'), 'startedAt', 'type'],
      'string',
      'ProcessV3.startedAt: published date-time|null, served date-time',
    ],
    [
      'whether a field is required',
      ['components', 'schemas', 'BuildPart', 'required'],
      ['putRequestUrl'],
      'BuildPart.partNumber: published number, served optional number',
    ],
    [
      'the values of an enum',
      ['components', 'schemas', 'TransportType', 'enum'],
      ['tcp', 'udp'],
      'TransportType values: published ["tcp","tls","udp"], served ["tcp","udp"]',
    ],
  ])('names %s, and nothing else', (_, path, value, difference) => {
    const document = changed(openApiDocument({ version: '0.0.0' }), path, value)
    expect(compare(document)).toEqual([difference])
  })
})

/** A copy of the document with another value at a path; undefined removes what is there. */
function changed(
  document: OpenApiDocument,
  path: readonly string[],
  value: unknown,
): OpenApiDocument {
  const copy = copyOf(document)
  let holder: unknown = copy
  for (const key of path.slice(0, -1)) holder = child(holder, key)
  Object.assign(holder as object, { [path.at(-1) ?? '']: value })
  return copyOf(copy)
}

/** As it would be served: without what is undefined. */
const copyOf = (document: OpenApiDocument): OpenApiDocument =>
  JSON.parse(JSON.stringify(document)) as OpenApiDocument

/** The value below `key`, made where there is none. */
function child(holder: unknown, key: string): unknown {
  const values = holder as Record<string, unknown>
  return (values[key] ??= {})
}
