/** A hostile request as the bytes that go over the wire. */
import type { HostileBody, HostileRequest } from './hostile-request.ts'
import { KnownId } from './schema-values.ts'

/** What the server knows just now. */
export interface KnownThings {
  /** Ids by the name of the field they stand in; at least one of each name that is asked for. */
  idsOf(name: string): readonly string[]
  /** Path and query of an upload URL of its own. */
  readonly uploadPaths: readonly string[]
  readonly authorization: string | undefined
}

export interface Wire {
  readonly head: string
  readonly body: Uint8Array
  /** The path as it is sent. */
  readonly path: string
}

export function wireOf(request: HostileRequest, known: KnownThings): Wire {
  const path = pathOf(request, known)
  const { body, headers } = framed(request.body, known)
  const lines = [
    `${request.method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: close',
    ...(known.authorization === undefined ? [] : [`Authorization: ${known.authorization}`]),
    ...(request.contentType === undefined ? [] : [`Content-Type: ${request.contentType}`]),
    ...headers,
  ]
  return { head: `${lines.join('\r\n')}\r\n\r\n`, body, path }
}

function pathOf(request: HostileRequest, known: KnownThings): string {
  const upload = request.signed ? uploadPathLike(request, known) : undefined
  if (upload !== undefined) return upload
  const filled = request.operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encode(request.params[name], known),
  )
  const query = request.query.map(([name, value]) => `${name}=${encode(value, known)}`)
  const all = [...query, ...(request.rawQuery === '' ? [] : [request.rawQuery])].join('&')
  return `${oddly(request, filled)}${all === '' ? '' : `?${all}`}`
}

/** A permission is for one part of one build, or for its end. */
function uploadPathLike({ operation }: HostileRequest, known: KnownThings): string | undefined {
  const pattern = new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}\\?`)
  return known.uploadPaths.findLast((path) => pattern.test(path))
}

function oddly({ path: oddness }: HostileRequest, path: string): string {
  if (oddness.kind === 'as it is') return path
  const last = path.lastIndexOf('/')
  return oddness.with.length % 2 === 0
    ? `${path}${oddness.with}`
    : `${path.slice(0, last + 1)}${oddness.with}`
}

function encode(value: unknown, known: KnownThings): string {
  const plain = resolved(value, known)
  const text = typeof plain === 'string' ? plain : (JSON.stringify(plain) ?? '')
  return encodeURIComponent(text.toWellFormed().slice(0, 8_000))
}

/** With the ids that the server knows in place of what stands for them. */
function resolved(value: unknown, known: KnownThings): unknown {
  if (value instanceof KnownId) {
    const ids = known.idsOf(value.name)
    return ids[value.pick % ids.length] ?? 'none'
  }
  if (Array.isArray(value)) return value.map((element) => resolved(element, known))
  if (typeof value !== 'object' || value === null) return value
  const copy = {}
  for (const [key, field] of Object.entries(value))
    Object.defineProperty(copy, key, { value: resolved(field, known), enumerable: true })
  return copy
}

const length = (bytes: number): string => `Content-Length: ${bytes}`

function framed(body: HostileBody, known: KnownThings): { body: Uint8Array; headers: string[] } {
  if (body.kind === 'none') return { body: new Uint8Array(), headers: [] }
  if (body.kind === 'bytes') return { body: body.bytes, headers: [length(body.bytes.byteLength)] }
  const bytes = Buffer.from(JSON.stringify(resolved(body.value, known)) ?? '')
  if (body.kind === 'cut')
    return {
      body: bytes.subarray(0, bytes.byteLength / 2),
      headers: [length(bytes.byteLength + 1)],
    }
  return body.framing === 'length'
    ? { body: bytes, headers: [length(bytes.byteLength)] }
    : { body: chunked(bytes), headers: ['Transfer-Encoding: chunked'] }
}

function chunked(bytes: Buffer): Buffer {
  if (bytes.byteLength === 0) return Buffer.from('0\r\n\r\n')
  const size = bytes.byteLength.toString(16)
  return Buffer.concat([Buffer.from(`${size}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')])
}
