import {
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LogArchive } from '../../src/domain/files.ts'
import { createLogArchive } from '../../src/stores/files/log-archive.ts'
import { aWriterTo, never, readAll, text, until } from './log-fixture.ts'

let folder = ''
let logs: LogArchive

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hatchery-logs-'))
  logs = createLogArchive({ folder })
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const firstOf = (result: IteratorResult<Uint8Array, unknown>): Uint8Array | undefined =>
  result.done === true ? undefined : result.value

const aWriter = (id = 'p') => aWriterTo(logs.pathOf(id))

describe('names', () => {
  test.each(['', '../x', 'a/b', 'a\0b', 'ä', 'x'.repeat(129)])('%j is no id', async (id) => {
    expect(() => logs.pathOf(id)).toThrow('there is no such log')
    await expect(logs.tail(id, 1)).rejects.toMatchObject({ code: 'not-found' })
    await expect(logs.append(id, 'x\n')).rejects.toMatchObject({ code: 'not-found' })
    await expect(logs.remove(id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a link in the place of a log is not followed', async () => {
    writeFileSync(join(folder, 'secret'), 'secret\n')
    symlinkSync(join(folder, 'secret'), logs.pathOf('p'))
    expect(await logs.tail('p', 10)).toBeUndefined()
    await expect(logs.append('p', 'x\n')).rejects.toThrow('ELOOP')
    expect(await readAll(logs.follow('p', 0, async () => true, never))).toBe('')
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('secret\n')
  })
})

/** Whether there is a place for one more reader. */
function canFollow(archive: LogArchive): boolean {
  const abort = new AbortController()
  try {
    archive.follow('another', 0, async () => true, abort.signal)
    return true
  } catch {
    return false
  } finally {
    abort.abort()
  }
}

describe('append, read, size, remove', () => {
  test('what was appended is read back, in a file closed to others', async () => {
    await logs.append('p', 'one\n')
    await logs.append('p', 'two\n')
    expect(await readAll(logs.read('p'))).toBe('one\ntwo\n')
    expect(await logs.size('p')).toBe(8)
    expect(statSync(logs.pathOf('p')).mode & 0o777).toBe(0o600)
  })

  test('what is not there has no tail, no size, and is removed with success', async () => {
    expect(await logs.tail('p', 1)).toBeUndefined()
    expect(await logs.size('p')).toBeUndefined()
    await logs.remove('p')
    await logs.trim('p', 1)
    await expect(readAll(logs.read('p'))).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('tail', () => {
  test.each([
    ['', 3, ''],
    ['a\nb\nc\n', 1, 'c\n'],
    ['a\nb\nc\n', 2, 'b\nc\n'],
    ['a\nb\nc\n', 3, 'a\nb\nc\n'],
    ['a\nb\nc\n', 9, 'a\nb\nc\n'],
    ['a\nb\nunfinished', 1, 'unfinished'],
    ['a\nb\nunfinished', 2, 'b\nunfinished'],
    ['\n\n\n', 2, '\n\n'],
    ['a\nb\n', 0, ''],
  ])('of %j the last %i are %j', async (content, lines, wanted) => {
    writeFileSync(logs.pathOf('p'), content)
    const tail = await logs.tail('p', lines)
    expect(text(tail?.bytes)).toBe(wanted)
    expect(tail?.end).toBe(Buffer.byteLength(content))
  })

  test('lines over many blocks are the same as those of the whole', async () => {
    const lines = Array.from(
      { length: 30_000 },
      (_, index) => `${index} ${'x'.repeat(index % 50)}\n`,
    )
    writeFileSync(logs.pathOf('p'), lines.join(''))
    const tail = await logs.tail('p', 5_000)
    expect(text(tail?.bytes)).toBe(lines.slice(-5_000).join(''))
  })

  test('a log of 100 MB without a line end costs no more than 8 MB', async () => {
    writeFileSync(logs.pathOf('p'), Buffer.alloc(100 * 1_048_576, 'x'))
    const tail = await logs.tail('p', 5_000)
    expect(tail?.bytes.byteLength).toBe(8 * 1_048_576)
    expect(tail?.end).toBe(100 * 1_048_576)
  })
})

describe('follow', () => {
  test('everything from the offset on comes, to the last byte before the end', async () => {
    const writer = aWriter()
    writer.write('before\n')
    const got = readAll(logs.follow('p', 7, writer.isOver, never))
    writer.write('one\n')
    await delay(20)
    writer.write('two\nunfinished')
    writer.end()
    expect(await got).toBe('one\ntwo\nunfinished')
  })

  test('a log that is over is replayed and ends', async () => {
    const content = 'line\n'.repeat(500_000)
    writeFileSync(logs.pathOf('p'), content)
    expect(await readAll(logs.follow('p', 0, async () => true, never))).toBe(content)
  })

  test('a file that is not there yet is waited for', async () => {
    const writer = aWriter()
    const got = readAll(logs.follow('p', 0, writer.isOver, never))
    await delay(60)
    writer.write('late\n')
    writer.end()
    expect(await got).toBe('late\n')
  })

  test('one that never comes ends when its process is over', async () => {
    expect(await readAll(logs.follow('p', 0, async () => true, never))).toBe('')
  })

  test('it ends when the reader gives up, also while it waits', async () => {
    const abort = new AbortController()
    const got = readAll(logs.follow('p', 0, async () => false, abort.signal))
    abort.abort()
    expect(await got).toBe('')
    expect(await readAll(logs.follow('p', 0, async () => false, abort.signal))).toBe('')
  })

  test('a file that shrank is read again from its start', async () => {
    const writer = aWriter()
    writer.write('a long first line\n')
    const chunks: string[] = []
    const got = (async () => {
      for await (const chunk of logs.follow('p', 0, writer.isOver, never)) chunks.push(text(chunk))
    })()
    await until(() => chunks.length === 1)
    truncateSync(logs.pathOf('p'), 0)
    writer.write('new\n')
    await until(() => chunks.join('').endsWith('new\n'))
    writer.write('more\n')
    writer.end()
    await got
    expect(chunks.join('')).toBe('a long first line\nnew\nmore\n')
  })

  test('an end that is said delivers what was written before it', async () => {
    const writer = aWriter()
    writer.write('one\n')
    const got = readAll(logs.follow('p', 0, writer.isOver, never))
    await logs.append('p', 'last\n')
    writer.end()
    logs.ended('p')
    logs.ended('unknown')
    expect(await got).toBe('one\nlast\n')
  })

  test('an offset behind the end of the file begins at its start', async () => {
    writeFileSync(logs.pathOf('p'), 'short\n')
    expect(await readAll(logs.follow('p', 5_000, async () => true, never))).toBe('short\n')
  })

  test('a log that is removed meanwhile ends', async () => {
    const writer = aWriter()
    writer.write('x\n')
    const chunks: string[] = []
    const got = (async () => {
      for await (const chunk of logs.follow('p', 0, writer.isOver, never)) chunks.push(text(chunk))
    })()
    await until(() => chunks.length > 0)
    await logs.remove('p')
    await got
    expect(chunks.join('')).toBe('x\n')
  })

  test('a stalled reader is cut off and costs the others nothing', async () => {
    const writer = aWriter()
    writer.write('start\n')
    const stalled = logs.follow('p', 0, writer.isOver, never)[Symbol.asyncIterator]()
    expect(text(firstOf(await stalled.next()))).toBe('start\n')
    const others = Array.from({ length: 20 }, () =>
      readAll(logs.follow('p', 0, writer.isOver, never)),
    )
    void stalled.next().then(() => undefined)
    const line = `${'x'.repeat(1_023)}\n`
    let written = 'start\n'
    for (let round = 0; round < 40; round += 1) {
      writer.write(line.repeat(100))
      written += line.repeat(100)
      await delay(10)
    }
    writer.end()
    for (const other of await Promise.all(others)) expect(other === written).toBe(true)
    await expect(stalled.next()).rejects.toThrow('more than 1 MB behind')
  })

  test('more readers than allowed are refused, and a place is free again when one leaves', async () => {
    const few = createLogArchive({ folder, maxFollowers: 2 })
    const abort = new AbortController()
    const first = few.follow('p', 0, async () => false, abort.signal)
    few.follow('p', 0, async () => false, abort.signal)
    expect(() => few.follow('q', 0, async () => false, never)).toThrow('2 readers follow logs')
    const got = readAll(first)
    abort.abort()
    expect(await got).toBe('')
    expect(await readAll(few.follow('q', 0, async () => true, never))).toBe('')
  })

  test('a stalled reader that was cut off holds no place any more', async () => {
    const one = createLogArchive({ folder, maxFollowers: 1 })
    const writer = aWriter()
    writer.write('start\n')
    const stalled = one.follow('p', 0, writer.isOver, never)[Symbol.asyncIterator]()
    await stalled.next()
    void stalled.next().then(() => undefined)
    await until(() => {
      writer.write(Buffer.alloc(100_000, 'x'))
      return canFollow(one)
    })
    await expect(stalled.next()).rejects.toThrow('more than 1 MB behind')
  })

  test("a question that fails is the reader's error", async () => {
    const isOver = async (): Promise<boolean> => {
      throw new Error('no store')
    }
    await expect(readAll(logs.follow('p', 0, isOver, never))).rejects.toThrow('no store')
  })

  test('a reader that leaves in the middle frees its place', async () => {
    const one = createLogArchive({ folder, maxFollowers: 1 })
    writeFileSync(one.pathOf('p'), 'x\n')
    for await (const chunk of one.follow('p', 0, async () => false, never)) {
      expect(text(chunk)).toBe('x\n')
      break
    }
    expect(await readAll(one.follow('p', 0, async () => true, never))).toBe('x\n')
  })
})

describe('whatever is written, and whenever one looks', () => {
  const piece = fc.record({
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constant(new Uint8Array(70_000).fill(65)),
    ),
    pauseMs: fc.constantFrom(0, 0, 0, 1, 7),
  })

  test('each follower gets exactly the bytes from its offset on', async () => {
    const property = fc.asyncProperty(
      fc.array(piece, { maxLength: 25 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
      async (pieces, places) => {
        const id = `p-${Math.random().toString(36).slice(2)}`
        const writer = aWriter(id)
        writer.write('')
        const readers: { from: number; got: Promise<string> }[] = []
        const join = async (): Promise<void> => {
          const tail = await logs.tail(id, 3)
          const follow = logs.follow(id, tail?.end ?? 0, writer.isOver, never)
          readers.push({ from: tail?.end ?? 0, got: readLatin(follow) })
        }
        const joins: Promise<void>[] = []
        for (const [index, { bytes, pauseMs }] of pieces.entries()) {
          for (const place of places)
            if (Math.floor(place * pieces.length) === index) joins.push(join())
          writer.write(bytes)
          if (pauseMs > 0) await delay(pauseMs)
        }
        await Promise.all(joins)
        const fromStart = readLatin(logs.follow(id, 0, writer.isOver, never))
        writer.end()
        const whole = readFileSync(logs.pathOf(id)).toString('latin1')
        expect((await fromStart) === whole).toBe(true)
        for (const { from, got } of readers) expect((await got) === whole.slice(from)).toBe(true)
        await logs.remove(id)
      },
    )
    await fc.assert(property, { numRuns: 40 })
  })
})

async function readLatin(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}
