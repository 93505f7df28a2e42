/** Forms as they are read: whole ones however they come, and those that nobody should send. */
import { once } from 'node:events'
import { type IncomingMessage, createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { OpenForm } from '@hatchery/contract'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { formBody } from '../../src/api/form-body.ts'
import { discardRest } from '../../src/api/request-body.ts'
import { type FormPart, boundary, formBytes, formType } from '../support/form.ts'

type Use = (form: OpenForm) => Promise<unknown>

const contentOf = async ({ fields, file }: OpenForm) => {
  if (file === undefined) return { fields: Object.fromEntries(fields), content: null }
  const chunks: Uint8Array[] = []
  for await (const chunk of file) chunks.push(chunk)
  return {
    fields: Object.fromEntries(fields),
    content: Buffer.concat(chunks).toString('latin1'),
  }
}

/** A server that reads one form with `use`; `send` answers what came of it, or what was thrown. */
async function aReader(use: Use = contentOf, silenceMs = 30_000) {
  const outcome = Promise.withResolvers<unknown>()
  let answered: Promise<unknown> | undefined
  outcome.promise.catch(() => undefined)
  const server = createServer((request, response) => {
    formBody(request, { silenceMs })
      .read(use)
      .then(outcome.resolve, outcome.reject)
      .finally(() => {
        // As the API lets go of what a handler left unread.
        request.once('end', () => response.end())
        discardRest(request)
      })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo

  function open(headers: string) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    onTestFinished(() => void socket.destroy())
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`)
    return socket
  }
  return {
    open,
    outcome: outcome.promise,
    send(chunks: readonly Uint8Array[], type = formType) {
      const socket = open(`Content-Type: ${type}\r\nTransfer-Encoding: chunked`)
      for (const chunk of chunks) {
        if (chunk.byteLength === 0) continue
        socket.write(`${chunk.byteLength.toString(16)}\r\n`)
        socket.write(chunk)
        socket.write('\r\n')
      }
      socket.write('0\r\n\r\n')
      answered = once(socket, 'data')
      return outcome.promise
    },
    /** Resolves when what was sent last was read to its end, by whomever, and answered. */
    answered: () => answered,
  }
}

/** All of a request that is looked at, without a network in between. */
const aRequest = (chunks: () => AsyncIterable<Uint8Array>): IncomingMessage =>
  Object.assign(Readable.from(chunks(), { objectMode: false }), {
    headers: { 'content-type': formType, 'transfer-encoding': 'chunked' },
  }) as unknown as IncomingMessage

const read = async (bytes: Uint8Array, type?: string): Promise<unknown> =>
  await (await aReader()).send([bytes], type)

const field = (name: string, content: string): FormPart => ({ name, content })
const file = (content: string | Uint8Array, name = 'file'): FormPart => ({
  ...{ name, content, fileName: 'a.tgz' },
})

describe('a form', () => {
  test('is its fields and its file', async () => {
    const form = formBytes([field('a', '1'), field('b', 'ü\r\n--x'), file('bytes')])
    expect(await read(form)).toEqual({ fields: { a: '1', b: 'ü\r\n--x' }, content: 'bytes' })
  })

  test('may have no file, and nothing at all', async () => {
    expect(await read(formBytes([field('a', '1')]))).toEqual({ fields: { a: '1' }, content: null })
    expect(await read(formBytes([]))).toEqual({ fields: {}, content: null })
  })

  test('may be no body', async () => {
    const empty = { fields: {}, content: null }
    for (const headers of ['Content-Length: 0', `Content-Type: ${formType}\r\nX: 1`]) {
      const { open, outcome } = await aReader()
      open(headers)
      expect(await outcome).toEqual(empty)
    }
  })

  test('has a file under its name also where that has no file name', async () => {
    const form = formBytes([{ name: 'file', content: 'bytes' }])
    expect(await read(form)).toEqual({ fields: {}, content: 'bytes' })
  })

  test('may have an empty file, a preamble, something behind its end, and other headers', async () => {
    expect(await read(formBytes([file('')]))).toEqual({ fields: {}, content: '' })
    const form = Buffer.concat([
      Buffer.from('hello\r\n'),
      formBytes([file('x')]),
      Buffer.from('bye'),
    ])
    expect(await read(form)).toEqual({ fields: {}, content: 'x' })
    const head =
      'Content-Type: application/gzip\r\nX-Other: 1\r\ncontent-disposition: form-data; filename=x; name=file'
    expect(await read(formBytes([{ head, content: 'x' }]))).toEqual({ fields: {}, content: 'x' })
  })

  test('has every byte of its file, however it comes, and whatever looks like its boundary', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
      fc
        .constantFrom('\r\n', `\r\n--${boundary.slice(0, 9)}`, `--${boundary}`, '\r\n--', '-')
        .map((text) => Buffer.from(text)),
    )
    const property = fc.asyncProperty(
      fc.array(bytes, { maxLength: 20 }),
      fc.array(fc.nat(300), { maxLength: 30 }),
      async (pieces, lengths) => {
        const content = Buffer.concat(pieces)
        // The one thing that no file may hold.
        fc.pre(!`\r\n${content.toString('latin1')}`.includes(`\r\n--${boundary}`))
        const form = formBytes([field('a', 'b'), file(content)])
        const chunks: Buffer[] = []
        let at = 0
        for (const length of lengths) chunks.push(form.subarray(at, (at += length)))
        chunks.push(form.subarray(at))
        const { send } = await aReader()
        expect(await send(chunks)).toEqual({
          ...{ fields: { a: 'b' }, content: content.toString('latin1') },
        })
      },
    )
    await fc.assert(property, { numRuns: 100 })
  })
})

const boundaryProblem = 'is cut off, or its parts are not divided by the boundary'
const whole = formBytes([field('a', '1'), file('bytes')])

/** Whose reader waits for the rest of the file. */
const halfAFile = formBytes([file('x'.repeat(500))]).subarray(0, 300)

const hostile: [string, Uint8Array, string][] = [
  ['with two files', formBytes([file('1'), file('2')]), 'must have one file; it has more'],
  [
    'with a file of another name',
    formBytes([file('1', 'archive')]),
    'must be its part `file`; got "archive"',
  ],
  [
    'with a file without a name',
    formBytes([{ head: 'Content-Disposition: form-data; filename="x"' }]),
    'must be its part `file`; got nothing',
  ],
  ['of nothing', Buffer.alloc(0), boundaryProblem],
  ['of anything else', Buffer.from('hello'), boundaryProblem],
  ['without its end', formBytes([file('1')], ''), boundaryProblem],
  ['that ends in the middle of its file', whole.subarray(0, whole.length - 40), boundaryProblem],
  ['that ends in the headers of its file', whole.subarray(0, 120), boundaryProblem],
  [
    'with too many fields',
    formBytes(Array.from({ length: 21 }, (_, i) => field(`f${i}`, ''))),
    'at most 20 fields',
  ],
  [
    'with a field that is too long',
    formBytes([field('a', 'x'.repeat(2_001)), file('1')]),
    'the field "a" of the form is too long',
  ],
  [
    'with too much in front',
    Buffer.concat([Buffer.alloc(1_200_000, 'x'), whole]),
    'at most 1000000 bytes beside its file',
  ],
  [
    'with too much behind',
    Buffer.concat([whole, Buffer.alloc(1_200_000, 'x')]),
    'at most 1000000 bytes beside its file',
  ],
  [
    'with headers that do not end',
    formBytes([{ head: `X: ${'x'.repeat(1_500_000)}`, content: '1' }]),
    'at most 1000000 bytes beside its file',
  ],
]

describe('a form is refused', () => {
  test.for(hostile)('%s', async ([, bytes, message]) => {
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(message) as string,
    })
  })

  test('with a second file that comes when the first one was read', async () => {
    const bytes = formBytes([file('1'.repeat(100)), file('2')])
    const middle = bytes.lastIndexOf(`--${boundary}\r\n`) + boundary.length + 4
    const request = aRequest(async function* () {
      yield bytes.subarray(0, middle)
      // Everything here happens in this process: what can be read of the first one is read now.
      for (let turn = 0; turn < 200; turn += 1) await setImmediate()
      yield bytes.subarray(middle)
    })
    await expect(formBody(request).read(contentOf)).rejects.toMatchObject({
      ...{ code: 'invalid', message: 'the form must have one file; it has more' },
    })
  })

  test.for([
    ['application/json', 'must be multipart/form-data; got "application/json"'],
    ['multipart/mixed; boundary=x', 'must be multipart/form-data'],
    ['application/x-www-form-urlencoded', 'must be multipart/form-data'],
    ['multipart/form-data', 'must name a boundary'],
    ['multipart/form-data; boundary=', 'must name a boundary'],
    [`multipart/form-data; boundary=${'x'.repeat(300)}`, 'must name a boundary'],
    ['multipart/form-data; boundary=""', 'must name a boundary'],
    ['multipart/form-data; boundary=other', boundaryProblem],
  ] as const)('of the content type %s', async ([type, message]) => {
    await expect(read(whole, type)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(message) as string,
    })
  })

  test('whose bytes are changed anywhere, or it is read; it never hangs', async () => {
    const property = fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.nat(whole.length - 1),
      fc.uint8Array({ maxLength: 8 }),
      async (from, length, other) => {
        const bytes = Buffer.concat([
          whole.subarray(0, from),
          Buffer.from(other),
          whole.subarray(from + length),
        ])
        const outcome = await read(bytes).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'invalid' })
        else expect(outcome).toHaveProperty('fields')
      },
    )
    await fc.assert(property, { numRuns: 300 })
  })

  test('that stops coming, after the time it may be silent', async () => {
    const { open, outcome } = await aReader(contentOf, 200)
    const socket = open(`Content-Type: ${formType}\r\nContent-Length: 1000`)
    socket.write(halfAFile)
    await expect(outcome).rejects.toMatchObject({
      ...{ code: 'timeout', message: 'nothing more of the form came for 0.2 s' },
    })
  })

  test('whose connection breaks', async () => {
    const { open, outcome } = await aReader()
    const socket = open(`Content-Type: ${formType}\r\nContent-Length: 1000`)
    socket.write(halfAFile, () => socket.destroy())
    await expect(outcome).rejects.toMatchObject({ code: 'timeout' })
  })
})

describe('a file', () => {
  const large = Buffer.alloc(8_000_000, 'x')
  const chunkBytes = 65_536

  test('comes no faster than it is read', async () => {
    let pulled = 0
    const form = formBytes([file(large)])
    const request = aRequest(async function* () {
      for (let at = 0; at < form.length; at += chunkBytes) {
        pulled += 1
        yield form.subarray(at, at + chunkBytes)
      }
    })
    const length = await formBody(request).read(async (opened) => {
      let read = 0
      for await (const chunk of opened.file ?? []) {
        read += chunk.byteLength
        if (read > chunkBytes) continue
        // Everything here happens in this process: what would be read ahead is read now.
        for (let turn = 0; turn < 200; turn += 1) await setImmediate()
        expect(pulled).toBeLessThan(10)
      }
      return read
    })
    expect(length).toBe(large.length)
  })

  test('that is not read, or not to its end, keeps nobody waiting', async () => {
    const uses: Use[] = [
      async () => 'left',
      async ({ file: bytes }) => {
        for await (const _ of bytes ?? []) return 'left'
        return 'read'
      },
    ]
    for (const use of uses) {
      const { send, answered } = await aReader(use)
      expect(await send([formBytes([file(large)])])).toBe('left')
      await answered()
    }
  })
})
