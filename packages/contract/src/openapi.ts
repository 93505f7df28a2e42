/** The OpenAPI 3.1 document of the API, made from the operations and their schemas. */
import Type, { type TProperties, type TSchema } from 'typebox'
import { errorResponses, errorResponseRef } from './openapi-errors.ts'
import { type SchemaObject, schemaPublisher } from './openapi-schemas.ts'
import type { Access, Answer, Body, Operation } from './operation.ts'
import { type OperationById, type OperationId, operations } from './operations/index.ts'

export type { SchemaObject }

export interface OpenApiOptions {
  /** The version of the program that answers. */
  readonly version: string
  /** Where the API is, base path included; left out: relative to the document. */
  readonly serverUrl?: string
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: Readonly<Record<string, unknown>>
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, unknown>>
    readonly responses: Readonly<Record<string, unknown>>
    readonly schemas: Readonly<Record<string, SchemaObject>>
  }
}

export interface OperationObject {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly deprecated?: true
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters: readonly ParameterObject[]
  readonly requestBody?: { readonly required: true; readonly content: Content }
  readonly responses: Readonly<Record<string, ResponseObject>>
}

export interface ParameterObject {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly schema: SchemaObject
  readonly [key: string]: unknown
}

export type Content = Readonly<Record<string, { readonly schema: SchemaObject }>>

export type ResponseObject =
  | { readonly $ref: string }
  | { readonly description: string; readonly content?: Content }

type Publish = (schema: TSchema) => SchemaObject

/** Makes the document. Every schema with a title becomes a component of that name. */
export function openApiDocument(options: OpenApiOptions): OpenApiDocument {
  const { publish, published } = schemaPublisher()
  const responses = errorResponses(publish)
  const paths = pathsOf(Object.values(operations), publish)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hatchery',
      version: options.version,
      description: 'Starts, watches and stops game servers; compatible with Hathora Cloud.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: options.serverUrl ?? '/' }],
    tags: Object.entries(tagDescriptions).map(([name, description]) => ({ name, description })),
    paths,
    components: { securitySchemes, responses, schemas: published() },
  }
}

const tagDescriptions = {
  ProcessesV3: 'Start, watch and stop processes: runs of a deployment in a region.',
  AppsV2: 'Applications: one game in one environment each.',
  BuildsV3: 'Builds: what a deployment runs.',
  BuildsV2: 'Builds, as an older version has them.',
  BuildsV1: 'Builds, as the oldest version has them.',
  DeploymentsV3: 'Deployments: a build and how to run it.',
  RoomsV2: 'Rooms: one match each, placed on a process.',
  RoomsV1: 'Rooms, as the oldest version has them.',
  TokensV1: 'Tokens that act for an organization.',
  OrganizationsV1: 'The organization, its members, who is invited, and what it may use.',
  BillingV1: 'What was used, as invoices. No money moves.',
  ManagementV1: 'Mail to people.',
  AuthV1: 'How players log in to an application.',
  LobbiesV3: 'Rooms that players make and find.',
  LobbiesV2: 'Lobbies, as an older version has them.',
  LobbiesV1: 'Lobbies, as the oldest version has them.',
  LogsV1: 'What processes write to stdout and stderr.',
  MetricsV1: 'What is measured of processes, under the names of the oldest version.',
  DiscoveryV2: 'Where regions can be pinged.',
  DiscoveryV1: 'Where regions can be pinged, at the path of the oldest version.',
  ProcessesV2: 'Processes, as an older version has them.',
  ProcessesV1: 'Processes, as the oldest version has them.',
  AppsV1: 'Applications, as the oldest version has them.',
  DeploymentsV2: 'Deployments, as an older version has them.',
  DeploymentsV1: 'Deployments, as the oldest version has them.',
  FleetsV2: 'Fleets: named pools of machines.',
  FleetsV1: 'Fleets, as the older version has them.',
  NodesV1: 'The machines of a fleet.',
  Hatchery: "Hatchery's own operations, beside the published API.",
} as const satisfies Record<OperationById<OperationId>['tag'], string>

const securitySchemes = {
  hathoraDevToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of an organization. Lacking a scope answers 401.',
  },
  playerAuth: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a player of the application: a login answers one.',
  },
}

function pathsOf(
  list: readonly Operation[],
  publish: Publish,
): Record<string, Record<string, OperationObject>> {
  const paths: Record<string, Record<string, OperationObject>> = {}
  for (const operation of list) {
    const path = (paths[operation.path] ??= {})
    path[operation.method] = operationObject(operation, publish)
  }
  return paths
}

function operationObject(operation: Operation, publish: Publish): OperationObject {
  const { id, tag, summary, description, deprecated, access, body } = operation
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(deprecated && { deprecated }),
    security: securityOf(access),
    parameters: [
      ...parameters('path', operation.params, publish),
      ...parameters('query', operation.query, publish),
    ],
    ...(body && { requestBody: { required: true, content: bodyContent(body, publish) } }),
    responses: responsesOf(operation, publish),
  }
}

function securityOf(access: Access): OperationObject['security'] {
  if (access === 'public' || access === 'signed') return []
  if (access === 'player') return [{ playerAuth: [] }]
  return [{ hathoraDevToken: access === 'operator' ? [] : access }]
}

function parameters(
  place: 'path' | 'query',
  fields: TProperties,
  publish: Publish,
): ParameterObject[] {
  return Object.entries(fields).map(([name, field]) => {
    const { description, examples, ...schema } = publish(field)
    const example: unknown = Array.isArray(examples) ? examples[0] : undefined
    return {
      name,
      in: place,
      required: !Type.IsOptional(field),
      ...(typeof description === 'string' && { description }),
      ...(schema['type'] === 'array' && { style: 'form', explode: true }),
      schema,
      ...(example !== undefined && { example }),
    }
  })
}

const bytes: SchemaObject = { type: 'string', format: 'binary' }

function bodyContent(body: Body, publish: Publish): Content {
  if ('json' in body) return { 'application/json': { schema: publish(body.json) } }
  if ('form' in body) return { 'multipart/form-data': { schema: publish(body.form) } }
  if ('stream' in body) return { [body.stream]: { schema: bytes } }
  return { [body.text]: { schema: { type: 'string' } } }
}

function responsesOf(operation: Operation, publish: Publish): Record<string, ResponseObject> {
  const responses: Record<string, ResponseObject> = {
    [operation.answer.status]: success(operation.answer, publish),
  }
  for (const status of operation.errors) responses[status] = errorResponseRef(status)
  return responses
}

function success(answer: Answer, publish: Publish): ResponseObject {
  const { description } = answer
  if ('json' in answer) {
    return { description, content: { 'application/json': { schema: publish(answer.json) } } }
  }
  if ('text' in answer)
    return { description, content: { [answer.text]: { schema: { type: 'string' } } } }
  return 'stream' in answer
    ? { description, content: { [answer.stream]: { schema: bytes } } }
    : { description }
}
