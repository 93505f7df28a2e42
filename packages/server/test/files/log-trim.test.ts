import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

const aWriter = () => aWriterTo(logs.pathOf('p'))

describe('trim', () => {
  const lineOf = (index: number): string => `${String(index).padStart(15, '0')}\n`
  const lines = Array.from({ length: 4 * 65_536 }, (_, index) => lineOf(index))
  const megabyte = 1_048_576
  const notice = '[hatchery] the first 3 MB of this log were dropped: it is over 1 MB\n'

  test('the front goes, a line says so, whole lines and offsets stay', async () => {
    writeFileSync(logs.pathOf('p'), lines.join(''))
    await logs.trim('p', megabyte)
    const whole = await readAll(logs.read('p'))
    expect(whole.startsWith(notice)).toBe(true)
    const kept = whole.slice(notice.length)
    expect(kept.length).toBeLessThanOrEqual(megabyte)
    expect(kept.length).toBeGreaterThan(megabyte * 0.8)
    expect(lines.join('').endsWith(kept)).toBe(true)
    expect(kept.length % 16).toBe(0)
    expect(await logs.size('p')).toBe(4 * megabyte)
    expect(statSync(logs.pathOf('p')).blocks * 512).toBeLessThan(1.2 * megabyte)
    expect(text((await logs.tail('p', 1))?.bytes)).toBe(lines.at(-1))
    expect(text((await logs.tail('p', 10_000_000))?.bytes)).toBe(whole)
    expect(await readAll(logs.follow('p', 0, async () => true, never))).toBe(whole)
  })

  test('a later server still knows what was dropped', async () => {
    writeFileSync(logs.pathOf('p'), lines.join(''))
    await logs.trim('p', megabyte)
    const whole = await readAll(logs.read('p'))
    expect(await readAll(createLogArchive({ folder }).read('p'))).toBe(whole)
  })

  test('a follower goes on, nothing lost or doubled', async () => {
    const writer = aWriter()
    writer.write(lines.join(''))
    const end = (await logs.tail('p', 1))?.end ?? 0
    const got = readAll(logs.follow('p', end, writer.isOver, never))
    writer.write('one\n')
    await logs.trim('p', megabyte)
    writer.write('two\n')
    writer.end()
    expect(await got).toBe('one\ntwo\n')
  })

  test('a reader that counts knows where it is, also behind what was dropped', async () => {
    writeFileSync(logs.pathOf('p'), lines.join(''))
    await logs.trim('p', megabyte)
    for (const from of [0, 1_000, 3 * megabyte]) {
      const { begin, bytes } = await logs.followCounted('p', from, async () => true, never)
      const got = await readAll(bytes)
      expect(got.startsWith(notice)).toBe(true)
      expect(begin + got.length).toBe(4 * megabyte)
    }
    const exact = await logs.followCounted('p', 4 * megabyte - 32, async () => true, never)
    expect(exact.begin).toBe(4 * megabyte - 32)
    expect(await readAll(exact.bytes)).toBe(lines.slice(-2).join(''))
  })

  test('a reader that counts is cut off where what it did not get yet is dropped or emptied', async () => {
    writeFileSync(logs.pathOf('p'), lines.join(''))
    const { bytes } = await logs.followCounted('p', 0, async () => true, never)
    const reader = bytes[Symbol.asyncIterator]()
    expect(text((await reader.next()).value as Uint8Array).startsWith(lines[0] ?? '')).toBe(true)
    await logs.trim('p', megabyte)
    await expect(reader.next()).rejects.toThrow('were dropped')
    const shorter = await logs.followCounted('p', 4 * megabyte, async () => false, never)
    const waiting = readAll(shorter.bytes)
    truncateSync(logs.pathOf('p'), 0)
    aWriter().write('new\n')
    await expect(waiting).rejects.toThrow('were dropped')
  })

  test('a reader that counts does not take its leave for the end of the log', async () => {
    writeFileSync(logs.pathOf('p'), 'one\n')
    const leaving = new AbortController()
    const { bytes } = await logs.followCounted('p', 0, async () => false, leaving.signal)
    const got = readAll(bytes)
    leaving.abort()
    await expect(got).rejects.toThrow('broken off')
  })

  test('it can be trimmed again, and one under the limit is left alone', async () => {
    const writer = aWriter()
    writer.write(lines.join(''))
    await logs.trim('p', 8 * megabyte)
    expect(await readAll(logs.read('p'))).toBe(lines.join(''))
    await logs.trim('p', 2 * megabyte)
    await logs.trim('p', megabyte)
    expect((await readAll(logs.read('p'))).startsWith(notice)).toBe(true)
  })

  test('a log that its game empties begins anew', async () => {
    const writer = aWriter()
    writer.write(lines.join(''))
    await logs.trim('p', megabyte)
    truncateSync(logs.pathOf('p'), 0)
    writer.write('new\n')
    expect(text((await logs.tail('p', 10))?.bytes)).toBe('new\n')
    expect(await readAll(logs.read('p'))).toBe('new\n')
  })

  test('removing it leaves nothing, and a new one of the same id is whole', async () => {
    writeFileSync(logs.pathOf('p'), lines.join(''))
    await logs.trim('p', megabyte)
    await logs.remove('p')
    expect(readdirSync(folder)).toEqual([])
    writeFileSync(logs.pathOf('p'), lines.join(''))
    expect(await readAll(logs.read('p'))).toBe(lines.join(''))
  })

  test('a limit below a block cuts all and says so in the file', async () => {
    const writer = aWriter()
    writer.write(lines.join(''))
    const chunks: string[] = []
    const got = (async () => {
      const from = (await logs.tail('p', 1))?.end ?? 0
      for await (const chunk of logs.follow('p', from, writer.isOver, never))
        chunks.push(text(chunk))
    })()
    await logs.trim('p', 1_000)
    await until(() => chunks.length > 0)
    writer.end()
    await got
    expect(chunks.join('')).toBe(
      '[hatchery] the first 4 MB of this log were dropped: it is over 1 MB\n',
    )
  })

  test('where the file system makes no holes, all of it goes and the file says so', async () => {
    const { PATH } = process.env
    const writer = aWriter()
    writer.write(lines.join(''))
    const got = readAll(logs.follow('p', 4 * megabyte, writer.isOver, never))
    process.env.PATH = '/nowhere'
    try {
      await logs.trim('p', 2 * megabyte)
    } finally {
      process.env.PATH = PATH
    }
    writer.write('next\n')
    writer.end()
    const rest = '[hatchery] the first 4 MB of this log were dropped: it is over 2 MB\nnext\n'
    expect(await got).toBe(rest)
    expect(await readAll(logs.read('p'))).toBe(rest)
  })
})
