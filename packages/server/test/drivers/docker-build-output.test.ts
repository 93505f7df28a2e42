/** What BuildKit says of its steps, as lines. */
import { describe, expect, test } from 'vitest'
import { createBuildOutput, takeAll } from '../../src/drivers/docker/build-output.ts'

const field = (number: number, value: string | number | Buffer): Buffer => {
  if (typeof value === 'number') return Buffer.concat([varint(number * 8), varint(value)])
  const bytes = Buffer.from(value)
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
}

function varint(value: number): Buffer {
  const bytes = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Buffer.from([...bytes, rest])
}

const time = (seconds: number): Buffer =>
  Buffer.concat([field(1, 1_700_000_000 + seconds), field(2, 500_000_000)])

const step = (digest: string, name: string, ...more: Buffer[]): Buffer =>
  field(1, Buffer.concat([field(1, digest), field(3, name), ...more]))

const started = field(5, time(0))
const completed = field(6, time(2))
const log = (digest: string, stream: number, text: Buffer | string): Buffer =>
  field(3, Buffer.concat([field(1, digest), field(2, time(0)), field(3, stream), field(4, text)]))

function said(...messages: (Buffer | string)[]): string[] {
  const lines: string[] = []
  const output = createBuildOutput((line) => lines.push(line))
  for (const message of messages) {
    const aux = typeof message === 'string' ? message : message.toString('base64')
    output.take({ id: 'moby.buildkit.trace', aux })
  }
  output.take({ id: 'moby.image.id', aux: { ID: 'sha256:abc' } })
  expect(output.end()).toBe('abc')
  return lines
}

describe('the steps of BuildKit', () => {
  test('are numbered as they begin, and said once with what they print and how they end', () => {
    const one = ['a', '[1/2] FROM game'] as const
    const two = ['b', '[2/2] RUN make'] as const
    const lines = said(
      Buffer.concat([step(...one), step(...two)]),
      step(...two, started),
      step(...one, started, completed, field(4, 1)),
      log('b', 1, 'compi'),
      log('b', 2, 'warning\n'),
      log('b', 1, 'ling\r\nhalf'),
      step(...two, started, completed),
      step(...two, started, completed),
    )
    expect(lines).toEqual([
      '#1 [2/2] RUN make',
      '#2 [1/2] FROM game',
      '#2 CACHED',
      '#1 warning',
      '#1 compiling',
      '#1 half',
      '#1 DONE 2.0s',
    ])
  })

  test('that fail say why, those that fetch what has come', () => {
    const layer = Buffer.concat([field(1, 'sha256:f00'), field(2, 'a'), field(5, 3_145_728)])
    const lines = said(
      step('a', 'FROM far', started),
      field(2, layer),
      field(2, Buffer.concat([layer, field(8, time(1))])),
      step('a', 'FROM far', started, completed, field(7, 'no\nsuch thing')),
    )
    expect(lines).toEqual([
      '#1 FROM far',
      '#1 sha256:f00 3.0 MB done',
      '#1 ERROR: no',
      '#1 such thing',
    ])
  })

  test('may split a character over two messages, and lose no line that has no end', () => {
    const [first, last] = [Buffer.from('ü').subarray(0, 1), Buffer.from('ü').subarray(1)]
    expect(said(log('a', 1, first), log('a', 1, last))).toEqual(['#1 ü'])
    const long = said(log('a', 1, 'y'.repeat(60_000)))
    expect(long.map((line) => line.length)).toEqual([60_000, 6])
  })

  test('that are told in another way are left out', () => {
    expect(said('', 'AAAA', '////', Buffer.from([0x0a, 0x7f, 1]))).toEqual([])
  })
})

test('an engine that leaves in the midst of a build ends it as failed, in words', async () => {
  const lines: string[] = []
  async function* answer(): AsyncIterable<Buffer> {
    yield Buffer.from('{"stream":"Step 1"}\n')
    await Promise.reject(new Error('aborted'))
  }
  const taken = takeAll(
    answer(),
    createBuildOutput((line) => lines.push(line)),
    'tcp://e:1',
  )
  await expect(taken).rejects.toMatchObject({
    name: 'DriverError',
    message: 'the Docker engine at tcp://e:1 was gone before the end: create another build',
  })
})
