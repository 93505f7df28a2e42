/** What an operation of the API is: data from which router, validation, OpenAPI document and client are made. */
import type { Static, TObject, TProperties, TSchema } from 'typebox'
import type { Scope } from './schemas/scope.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
export type ErrorStatus = 400 | 401 | 402 | 404 | 408 | 410 | 422 | 429 | 500

/**
 * Who may call: anyone, the bearer of a signed upload URL, a player of the application in the path, an organization token
 * with all of these scopes, or an operator, as the whole installation is concerned: who may do everything in its first
 * organization.
 */
export type Access = 'public' | 'signed' | 'player' | 'operator' | readonly Scope[]

/** What comes in the request's body: JSON of a schema, a form with a file, a stream of bytes, or a short text of a media type. */
export type Body =
  | { readonly json: TSchema }
  | { readonly form: TSchema }
  | { readonly stream: string }
  | { readonly text: string }

/** What goes out on success, at exactly this status. A text comes as it is made, like a stream. */
export type Answer =
  | { readonly status: 200 | 201; readonly json: TSchema; readonly description: string }
  | { readonly status: 200; readonly stream: string; readonly description: string }
  | { readonly status: 200; readonly text: string; readonly description: string }
  | { readonly status: 200 | 204; readonly description: string }

export interface Operation {
  /** operationId of the published API, or ours. */
  readonly id: string
  readonly tag: string
  readonly method: Method
  /** Path with `{name}` for parameters; fixed segments win over parameters in the router. */
  readonly path: `/${string}`
  readonly summary: string
  readonly description?: string
  readonly access: Access
  /** A game server may call it with its own token, for itself and its rooms. */
  readonly process?: true
  readonly params: TProperties
  /** Query parameters; `Type.Optional` where they may be left out; an array comes as a repeated key. */
  readonly query: TProperties
  readonly body?: Body
  readonly answer: Answer
  /** The error statuses that the published API lists for this operation. */
  readonly errors: readonly ErrorStatus[]
  readonly deprecated?: true
  /** An operation of Hatchery's own: outside the comparison with the published API. */
  readonly ours?: true
}

/** Defines an operation and keeps its literal types, so that handlers and client are typed from it. */
export const operation = <const O extends Operation>(definition: O): O => definition

type Values<P extends TProperties> = Static<TObject<P>>

/** What a handler of `O` gets: parameters, query and body, validated. */
export interface Input<O extends Operation> {
  readonly params: Values<O['params']>
  readonly query: Values<O['query']>
  readonly body: BodyValue<O['body']>
}

type BodyValue<B> = B extends { json: infer S extends TSchema }
  ? Static<S>
  : B extends { form: TSchema }
    ? FormBody
    : B extends { stream: string }
      ? UploadBody
      : B extends { text: string }
        ? string
        : undefined

/** A body that is not read yet. `length` is the Content-Length header's, undefined where it is absent. */
export interface UploadBody {
  readonly length: number | undefined
  readonly bytes: AsyncIterable<Uint8Array>
}

/** A `multipart/form-data` body that is not read yet. `length` as that of an `UploadBody`. */
export interface FormBody {
  readonly length: number | undefined
  /**
   * Reads up to the file, or to the end where there is none, and hands on what it found; what that leaves is not read.
   * Throws `invalid` for what is no such form.
   */
  read<T>(use: (form: OpenForm) => Promise<T>): Promise<T>
}

export interface OpenForm {
  /** The fields in front of the file, by name. */
  readonly fields: ReadonlyMap<string, string>
  /**
   * The bytes of the part `file`; undefined where there is none. They end only after the end of the form: whatever is
   * wrong with the rest of it, such as a second file, is thrown before that.
   */
  readonly file: AsyncIterable<Uint8Array> | undefined
}

/** The JSON value that `O` answers, or undefined where it answers a stream or nothing. */
export type Answered<O extends Operation> = O['answer'] extends { json: infer S extends TSchema }
  ? Static<S>
  : undefined
