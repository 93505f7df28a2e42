/**
 * Fields that many schemas share. A schema with a `title` is a named schema: the title is its published
 * name in the OpenAPI document and in the client. A field must not have a title.
 */
import Type, { type TUnsafe } from 'typebox'

export const dateTime = (description: string) => Type.String({ format: 'date-time', description })

export const dateTimeOrNull = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time', description })

/** A named string of a closed list. */
export const choice = <const V extends string>(
  title: string,
  values: readonly V[],
  description: string,
): TUnsafe<V> => Type.Unsafe<V>({ type: 'string', enum: [...values], title, description })

/**
 * A named string that has known values and may have others: the document lists the known ones as `enum`,
 * validation lets every string through.
 */
export const openChoice = (
  title: string,
  known: readonly string[],
  description: string,
): TUnsafe<string> =>
  Type.Unsafe<string>({ type: 'string', 'x-known': [...known], title, description })

export const appId = Type.String({
  description: 'The id of an application.',
  examples: ['app-af469a92-5b45-4565-b3c4-b79878de67d2'],
})

export const orgId = Type.String({
  description: 'The id of an organization.',
  examples: ['org-6f706e83-0ec1-437a-9a46-7d4281eb2f39'],
})

export const processId = Type.String({
  description: 'The id of a process: a UUID.',
  examples: ['cbfcddd2-0006-43ae-996c-995fff7bed2e'],
})

export const deploymentId = Type.String({
  description: 'The id of a deployment.',
  examples: ['dep-6d4c6a71-2d75-4b42-94e1-f312f57f33c5'],
})

export const buildId = Type.String({
  description: 'The id of a build: made by the server, or chosen when the build was created.',
  examples: ['bld-6d4c6a71-2d75-4b42-94e1-f312f57f33c5'],
})

export const fleetId = Type.String({
  description: 'The id of a fleet.',
  examples: ['fleet-6d4c6a71-2d75-4b42-94e1-f312f57f33c5'],
})

export const createdBy = Type.String({
  description: 'Who made it: an e-mail address or the id of a token.',
  examples: ['noreply@hathora.dev'],
})

export const buildTag = Type.String({
  description: 'A version of your own beside the build, at most 1,000 characters.',
  examples: ['0.1.14-14c793'],
  maxLength: 1000,
})

export const deploymentTag = Type.String({
  description: 'A label of your own beside the deployment, at most 1,000 characters.',
  examples: ['alpha'],
  maxLength: 1000,
})

/** Bytes in a part of a form. */
export const file = Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' })

export const portNumber = Type.Integer({
  description: 'The port the game server listens on.',
  minimum: 1,
  maximum: 65_535,
})
