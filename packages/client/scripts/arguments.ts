/**
 * The arguments of a method, in the official client's order: ids of the path, the body, the ids that the client
 * may have itself, then the query. With more than four it takes one object, as there.
 */
import type { OpenApiDocument, Operation, SchemaObject } from '@hatchery/contract'
import { nameOf } from './type-text.ts'

export interface Argument {
  readonly name: string
  readonly place: 'path' | 'query' | 'body' | 'form'
  readonly schema: SchemaObject
  readonly required: boolean
}

/** What `new Hatchery()` can be given once: the application of a path, the organization of a query. */
export const isClientWide = ({ name, place }: Pick<Argument, 'name' | 'place'>): boolean =>
  (name === 'appId' && place === 'path') || (name === 'orgId' && place === 'query')

export function argumentsOf(operation: Operation, document: OpenApiDocument): Argument[] {
  const described = document.paths[operation.path]?.[operation.method]
  const parameters = (described?.parameters ?? []).map(
    ({ name, in: place, required, schema, description }): Argument => ({
      name,
      place,
      schema: { ...schema, description },
      required: required && !isClientWide({ name, place }),
    }),
  )
  const content = described?.requestBody?.content
  const body = content?.['application/json']?.schema
  const form = content?.['multipart/form-data']?.schema
  return [
    ...parameters.filter(({ required }) => required),
    ...(body === undefined ? [] : [bodyArgument(body)]),
    ...(form === undefined ? [] : [formArgument(form)]),
    ...parameters.filter(isClientWide),
    ...parameters.filter((parameter) => !parameter.required && !isClientWide(parameter)),
  ]
}

function bodyArgument(schema: SchemaObject): Argument {
  const type = nameOf(String(schema['$ref']))
  const name = `${type.slice(0, 1).toLowerCase()}${type.slice(1)}`
  return { name, place: 'body', schema, required: true }
}

const formArgument = (schema: SchemaObject): Argument => ({
  ...{ name: 'requestBody', place: 'form', schema, required: true },
})

export const takesRequest = (args: readonly Argument[]): boolean => args.length > 4

export const requestTypeName = (id: string): string => `${id}Request`
