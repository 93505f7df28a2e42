/** `multipart/form-data`: some fields and one file, read no faster than the file is used. */
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { type FormBody, HatcheryError, type OpenForm } from '@hatchery/contract'
import { contentTypeOf } from './content-types.ts'
import { show } from './explain.ts'
import { bodyOf, hasBody, lengthOf } from './request-body.ts'

const limits = {
  ...{ files: 1, fields: 20, fieldNameSize: 100, fieldSize: 2_000 },
  ...{ headerPairs: 20, headerSize: 8_000 },
}
/** Of what is not the file: preamble, headers, fields, what comes behind the end. */
const mostBesideBytes = 1_000_000
const longestSilenceMs = 60_000

/**
 * `silenceMs`: how long nothing may come. There is no other limit of time: a large file takes long. No body at all is an
 * empty form: some clients send none where they have no file.
 */
export const formBody = (
  request: IncomingMessage,
  { silenceMs = longestSilenceMs } = {},
): FormBody => ({
  length: lengthOf(request),
  async read(use) {
    if (!hasBody(request)) return await use({ fields: new Map(), file: undefined })
    const reading = startReading(request, silenceMs)
    try {
      return await use(await reading.opened)
    } finally {
      reading.stop()
    }
  },
})

interface Reading {
  readonly opened: Promise<OpenForm>
  /** Reads no further. */
  stop(): void
}

function startReading(request: IncomingMessage, silenceMs: number): Reading {
  const parser = parserOf(contentTypeOf(request))
  const fields = new Map<string, string>()
  const begun = Promise.withResolvers<BusboyFileStream | undefined>()
  const ended = new AbortController()
  const fail = (problem: unknown): void => {
    ended.abort(problem)
    begun.reject(problem)
  }
  let file: BusboyFileStream | undefined
  ended.signal.addEventListener('abort', () => file?.destroy())

  parser.on('field', (name, value, isNameCut, isValueCut) => {
    if (isNameCut || isValueCut) fail(invalid(`the field ${show(name)} of the form is too long`))
    else fields.set(name, value)
  })
  parser.on('file', (name, stream) => {
    file = stream
    // The parser tells of it too, and before.
    stream.on('error', () => {})
    if (name === 'file') begun.resolve(stream)
    else fail(invalid(`the file of the form must be its part \`file\`; got ${show(name)}`))
  })
  parser.on('filesLimit', () => fail(invalid('the form must have one file; it has more')))
  parser.on('fieldsLimit', () =>
    fail(invalid(`the form must have at most ${limits.fields} fields; it has more`)),
  )
  parser.on('error', (cause) => fail(malformed(cause)))

  const fed = feed(patient(bodyOf(request), silenceMs), {
    parser,
    signal: ended.signal,
    fileBytes: () => file?.bytesRead ?? 0,
  })
  fed.then(() => begun.resolve(undefined), fail)
  const opened = begun.promise.then((stream) => ({
    fields,
    file: stream && wholeFile(stream, fed, ended.signal),
  }))
  opened.catch(() => undefined)
  return { opened, stop: () => ended.abort(new Error('the form is not read any further')) }
}

/** Throws `invalid` for what is no such form. */
function parserOf(contentType: string | undefined): BusboyInstance {
  if (contentType === undefined || !/^multipart\/form-data\s*(;|$)/i.test(contentType)) {
    throw invalid(`the content type must be multipart/form-data; got ${show(contentType)}`)
  }
  if (!/;\s*boundary=("[^"]{1,70}"|[^\s";]{1,70})\s*(;|$)/i.test(contentType)) {
    throw invalid(
      `the content type must name a boundary of 1 to 70 characters; got ${show(contentType)}`,
    )
  }
  return new Busboy({
    headers: { 'content-type': contentType },
    limits,
    isPartAFile: (name, _type, fileName) => name === 'file' || fileName !== undefined,
  })
}

interface Feeding {
  readonly parser: BusboyInstance
  readonly signal: AbortSignal
  /** Of the file, so far. */
  readonly fileBytes: () => number
}

/** Resolves once the form is over and was one. */
async function feed(
  bytes: AsyncIterable<Uint8Array>,
  { parser, signal, fileBytes }: Feeding,
): Promise<void> {
  const finished = once(parser, 'finish', { signal })
  finished.catch(() => undefined)
  let length = 0
  for await (const chunk of bytes) {
    length += chunk.byteLength
    if (length - fileBytes() > mostBesideBytes + chunk.byteLength)
      throw invalid(`the form must have at most ${mostBesideBytes} bytes beside its file`)
    if (!parser.write(chunk)) await once(parser, 'drain', { signal })
    signal.throwIfAborted()
  }
  parser.end()
  await finished
}

/** The file, which ends when all of the form was read and is well. */
async function* wholeFile(
  file: BusboyFileStream,
  fed: Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const chunk of file) yield chunk as Uint8Array
    await fed
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  }
}

/** Throws `timeout` when nothing comes for so long. Waiting for the reader does not count. */
async function* patient(
  bytes: AsyncIterable<Uint8Array>,
  silenceMs: number,
): AsyncGenerator<Uint8Array, void> {
  const iterator = bytes[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = Promise.withResolvers<IteratorResult<Uint8Array>>()
      const timer = setTimeout(() => next.reject(tooSilent(silenceMs)), silenceMs)
      iterator.next().then(next.resolve, next.reject)
      const result = await next.promise.finally(() => clearTimeout(timer))
      if (result.done === true) return
      yield result.value
    }
  } finally {
    void iterator.return?.().then(undefined, () => undefined)
  }
}

const invalid = (message: string): HatcheryError => new HatcheryError('invalid', message)

const malformed = (cause: unknown): HatcheryError =>
  new HatcheryError(
    'invalid',
    'the form is cut off, or its parts are not divided by the boundary that its content type names',
    { cause },
  )

const tooSilent = (silenceMs: number): HatcheryError =>
  new HatcheryError('timeout', `nothing more of the form came for ${silenceMs / 1000} s`)
