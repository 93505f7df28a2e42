/** The class of a tag: a method per operation. */
import type { OpenApiDocument, Operation } from '@hatchery/contract'
import {
  type Argument,
  argumentsOf,
  isClientWide,
  requestTypeName,
  takesRequest,
} from './arguments.ts'
import { datedSchemas, datesOf } from './date-fields-text.ts'
import { docComment, generatedHeader, nameOf, typeText } from './type-text.ts'

export function groupText(
  name: string,
  operations: readonly Operation[],
  document: OpenApiDocument,
): string {
  const methods = operations.map((operation) => methodOf(operation, document))
  const used = new Set(methods.flatMap(({ types }) => types))
  const imports = Object.keys(document.components.schemas)
    .concat(operations.map(({ id }) => requestTypeName(id)))
    .filter((type) => used.has(type))
    .toSorted()
  const importText =
    imports.length === 0 ? '' : `import type { ${imports.join(', ')} } from './types.ts'\n`
  const dates = [...new Set(methods.map((method) => method.dates))].filter(Boolean).toSorted()
  const datesText =
    dates.length === 0 ? '' : `import { ${dates.join(', ')} } from './date-fields.ts'\n`
  const description = document.tags.find((tag) => tag.name === operations[0]?.tag)?.description
  return `${generatedHeader}/* oxlint-disable max-params, max-lines -- the operations and their arguments are those of the API */
import type { ${operations.some(takesPlayer) ? 'PlayerSecurity, ' : ''}RequestOptions } from '../options.ts'
import type { Sender } from '../sender.ts'
${datesText}${importText}
${docComment([description])}export class ${name} {
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

${methods.map(({ text }) => text).join('\n')}}
`
}

/** The token of a player comes with the call, before all else, as in the official client. */
const takesPlayer = ({ access }: Operation): boolean => access === 'player'

interface Method {
  readonly text: string
  /** Names of the types in its signature. */
  readonly types: readonly string[]
  /** The constant that says where its answer has dates; empty where it has none. */
  readonly dates: string
}

function methodOf(operation: Operation, document: OpenApiDocument): Method {
  const args = argumentsOf(operation, document)
  const name = `${operation.id.slice(0, 1).toLowerCase()}${operation.id.slice(1)}`
  const signature = signatureOf(operation, args)
  const answer = answerOf(operation, document)
  const request = takesRequest(args)
    ? `    const { ${args.map((argument) => argument.name).join(', ')} } = request\n`
    : ''
  const text = `${comment(operation, args)}  async ${name}(${signature}): Promise<${answer.type}> {
${request}    return this.#sender.${answer.send}({ ${callOf(operation, args)}${answer.dates && `, dates: ${answer.dates}`} }, options)
  }
`
  const types = `${signature} ${answer.type}`.match(/\w+/g) ?? []
  return { text, types, dates: answer.dates }
}

function comment(operation: Operation, args: readonly Argument[]): string {
  const { summary, description, errors } = operation
  const tags = takesRequest(args)
    ? []
    : args
        .filter(({ schema }) => schema['description'] !== undefined)
        .map(
          (argument) =>
            `@param ${argument.name} ${String(argument.schema['description'])}${fallback(argument)}`,
        )
  const failures =
    errors.length === 0 ? [] : [`@throws {ApiError} with status ${errors.join(', ')}.`]
  const security = takesPlayer(operation)
    ? ['@param security The token of a player, in place of the client’s own.']
    : []
  return docComment(
    [`${summary}.`, description, [...security, ...tags, ...failures].join('\n')],
    '  ',
  )
}

const fallback = (argument: Argument): string =>
  isClientWide(argument) ? " The client's own when left out." : ''

function signatureOf(operation: Operation, args: readonly Argument[]): string {
  const list = takesRequest(args)
    ? [`request: ${requestTypeName(operation.id)}`]
    : args.map(({ name, schema, required }) => `${name}${required ? '' : '?'}: ${typeText(schema)}`)
  const security = takesPlayer(operation) ? ['security: PlayerSecurity'] : []
  return [...security, ...list, 'options?: RequestOptions'].join(', ')
}

function callOf(operation: Operation, args: readonly Argument[]): string {
  const names = (place: Argument['place']): string =>
    args
      .filter((argument) => argument.place === place)
      .map(({ name }) => name)
      .join(', ')
  const [path, query, body, form] = [
    ...[names('path'), names('query')],
    ...[names('body'), names('form')],
  ]
  return [
    `operation: '${operation.id}'`,
    `method: '${operation.method.toUpperCase()}'`,
    `path: '${operation.path}'`,
    ...(path === '' ? [] : [`params: { ${path} }`]),
    ...(query === '' ? [] : [`query: { ${query} }`]),
    ...(body === '' ? [] : [`body: ${body}`]),
    ...(form === '' ? [] : [`form: { ...${form} }`]),
    ...createsOf(operation, args),
    ...(operation.access === 'public' ? ['public: true'] : []),
    ...(takesPlayer(operation) ? ['security'] : []),
  ].join(', ')
}

const madeAnew = new Set(['SendVerificationEmail', 'RotateAppSecret'])

/** Whether each call makes something new; one that is given the id of what it makes does not. */
function createsOf({ id, method, tag }: Operation, args: readonly Argument[]): string[] {
  const isCreating = method === 'post' && (id.startsWith('Create') || madeAnew.has(id))
  if (!isCreating) return []
  if (args.some(({ name }) => name === 'roomId')) return ['creates: roomId === undefined']
  const body = args.find(({ place }) => place === 'body')
  if (tag === 'BuildsV3' && body !== undefined)
    return [`creates: ${body.name}.buildId === undefined`]
  return ['creates: true']
}

interface AnswerText {
  readonly type: string
  readonly send: 'json' | 'text' | 'stream' | 'empty'
  readonly dates: string
}

export function answerOf(operation: Operation, document: OpenApiDocument): AnswerText {
  const { answer } = operation
  if ('stream' in answer) return { type: 'ReadableStream<Uint8Array>', send: 'stream', dates: '' }
  if ('text' in answer) return { type: 'string', send: 'text', dates: '' }
  if (!('json' in answer)) return { type: 'void', send: 'empty', dates: '' }
  const response = document.paths[operation.path]?.[operation.method]?.responses[answer.status]
  const schema =
    response !== undefined && 'content' in response
      ? response.content?.['application/json']?.schema
      : undefined
  if (schema === undefined) throw new Error(`${operation.id} has no answer in the document`)
  const type = typeText(schema)
  const name = nameOf(type.replace(/^Array<(.*)>$/, '$1'))
  const dated = datedSchemas(document).has(name)
  return { type, send: 'json', dates: dated ? datesOf(name) : '' }
}
