/** The error answers of the OpenAPI document, one component per status. */
import type { TSchema } from 'typebox'
import type { SchemaObject } from './openapi-schemas.ts'
import type { ErrorStatus } from './operation.ts'
import { ApiError } from './schemas/api-error.ts'

const meanings = {
  400: 'It is understood but not possible now, or invalid where 422 is not listed.',
  401: 'There is no valid token, or it lacks a scope; the message names the scope.',
  402: 'A usage limit of the organization is reached.',
  404: 'It is unknown, or belongs to another organization.',
  408: 'The request did not arrive in time.',
  410: 'It was removed.',
  422: 'A parameter or the body is invalid, or a name is taken; the message names the field and what is allowed.',
  429: 'Too many requests, or no capacity just now; `Retry-After` says when to try again.',
  500: 'The driver or the server failed.',
} as const satisfies Record<ErrorStatus, string>

const headers = {
  'Hatchery-Request-Id': {
    description: "The id of the request in the server's log.",
    schema: { type: 'string' },
  },
  'Hatchery-Error': {
    description: 'The code of the error: one status may have several.',
    schema: { type: 'string' },
  },
}

export const errorResponseRef = (status: ErrorStatus): { readonly $ref: string } => ({
  $ref: `#/components/responses/${status}`,
})

export function errorResponses(
  publish: (schema: TSchema) => SchemaObject,
): Record<string, unknown> {
  const content = { 'application/json': { schema: publish(ApiError) } }
  const entries = Object.entries(meanings)
  return Object.fromEntries(
    entries.map(([status, description]) => [status, { description, headers, content }]),
  )
}
