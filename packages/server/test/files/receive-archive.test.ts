/** Archives that come in one piece: there whole, or not at all. */
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { UploadStore } from '../../src/domain/files.ts'
import { createUploadStore } from '../../src/stores/files/upload-store.ts'

let folder = ''
let uploads: UploadStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hatchery-uploads-'))
  uploads = createUploadStore({ folder, partBytes: 1_000, minFreeBytes: 0 })
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const mostBytes = 10_000

async function* inChunks(bytes: Uint8Array, size = 137): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size)
}

const receive = (bytes: AsyncIterable<Uint8Array> | Uint8Array, buildId = 'bld-1') =>
  uploads.receive(buildId, {
    bytes: bytes instanceof Uint8Array ? inChunks(bytes) : bytes,
    mostBytes,
  })

/** A sender that sends some bytes and then nothing, until it is let go. */
function aStalledSender(first: Uint8Array) {
  const gate = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield first
    begun.resolve()
    await gate.promise
  }
  return { bytes: bytes(), begun: begun.promise, letGo: gate.resolve }
}

describe('an archive in one piece', () => {
  test('is complete once it came, byte by byte, and only its owner may read it', async () => {
    const archive = randomBytes(3_333)
    expect(await uploads.has('bld-1')).toBe(false)
    await receive(archive)
    expect(await uploads.has('bld-1')).toBe(true)
    const state = await uploads.state('bld-1')
    expect(state.complete && readFileSync(state.path).equals(archive)).toBe(true)
    expect(statSync(join(folder, 'bld-1', 'archive')).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'bld-1')).mode & 0o777).toBe(0o700)
    expect((await uploads.list()).map(({ buildId }) => buildId)).toEqual(['bld-1'])
    await uploads.remove('bld-1')
    expect(await uploads.has('bld-1')).toBe(false)
    expect(readdirSync(folder)).toEqual([])
  })

  test('is there for a later server, which removes what is half', async () => {
    await receive(randomBytes(100))
    mkdirSync(join(folder, '.new-bld-2'))
    writeFileSync(join(folder, '.new-bld-2', 'archive'), 'half')
    uploads = createUploadStore({ folder, partBytes: 77, minFreeBytes: 0 })
    expect(readdirSync(folder)).toEqual(['bld-1'])
    expect(await uploads.has('bld-1')).toBe(true)
  })

  test('may have as many bytes as are allowed, and not one more', async () => {
    await receive(randomBytes(mostBytes))
    await expect(receive(randomBytes(mostBytes + 1), 'bld-2')).rejects.toMatchObject({
      ...{ code: 'invalid', message: 'the archive must have at most 10000 bytes; it has more' },
    })
    expect(readdirSync(folder)).toEqual(['bld-1'])
  })

  test('that is empty is refused', async () => {
    await expect(receive(Buffer.alloc(0))).rejects.toMatchObject({ code: 'invalid' })
    expect(readdirSync(folder)).toEqual([])
  })

  test('whose sender breaks off leaves nothing, and can be sent again', async () => {
    const bytes = (async function* (): AsyncGenerator<Uint8Array> {
      yield randomBytes(10)
      throw new Error('connection lost')
    })()
    await expect(receive(bytes)).rejects.toThrow('connection lost')
    expect(readdirSync(folder)).toEqual([])
    await receive(randomBytes(10))
  })

  test('is no upload to anybody before it is whole', async () => {
    const stalled = aStalledSender(randomBytes(100))
    const receiving = receive(stalled.bytes)
    await stalled.begun
    expect(await uploads.has('bld-1')).toBe(false)
    expect(await uploads.list()).toEqual([])
    await expect(uploads.state('bld-1')).rejects.toMatchObject({ code: 'not-found' })
    stalled.letGo()
    await receiving
    expect(await uploads.has('bld-1')).toBe(true)
  })

  test('sent again while the first sender is silent wins', async () => {
    const stalled = aStalledSender(randomBytes(100))
    const refused = expect(receive(stalled.bytes)).rejects.toMatchObject({ code: 'not-now' })
    await stalled.begun
    const archive = randomBytes(200)
    await receive(archive)
    await refused
    stalled.letGo()
    expect(readFileSync(join(folder, 'bld-1', 'archive')).equals(archive)).toBe(true)
    expect(readdirSync(folder)).toEqual(['bld-1'])
  })

  test('a second one is refused, and the first stays as it is', async () => {
    const archive = randomBytes(200)
    await receive(archive)
    const again = receive(randomBytes(300))
    await expect(again).rejects.toMatchObject({
      code: 'not-now',
      message: 'the build has its archive already: run it without a file, or create another build',
    })
    expect(readFileSync(join(folder, 'bld-1', 'archive')).equals(archive)).toBe(true)
  })

  test('of many at once it is one of them, whole', async () => {
    const archives = Array.from({ length: 8 }, () => randomBytes(5_000))
    const outcomes = await Promise.allSettled(archives.map((archive) => receive(archive)))
    const content = readFileSync(join(folder, 'bld-1', 'archive'))
    const taken = archives.filter((archive) => content.equals(archive))
    expect(taken).toHaveLength(1)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(readdirSync(folder)).toEqual(['bld-1'])
  })

  test('is given up when its upload is removed, and when a folder took its place', async () => {
    const stalled = aStalledSender(randomBytes(100))
    const refused = expect(receive(stalled.bytes)).rejects.toMatchObject({ code: 'not-now' })
    await stalled.begun
    await uploads.remove('bld-1')
    await refused
    stalled.letGo()
    expect(readdirSync(folder)).toEqual([])

    const late = aStalledSender(randomBytes(100))
    const taken = expect(receive(late.bytes)).rejects.toMatchObject({ code: 'not-now' })
    await late.begun
    await uploads.create('bld-1', 10)
    late.letGo()
    await taken
    expect(readdirSync(folder)).toEqual(['bld-1'])
    expect(existsSync(join(folder, 'bld-1', 'complete'))).toBe(false)
  })

  test('for which the disk has too little room is refused and leaves nothing', async () => {
    const tight = createUploadStore({
      ...{ folder, partBytes: 1_000, minFreeBytes: Number.MAX_SAFE_INTEGER },
    })
    const receiving = tight.receive('bld-1', { bytes: inChunks(randomBytes(10)), mostBytes })
    await expect(receiving).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/has \d+ MB free; the next piece of an archive of 64 MB must/),
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test('of a build whose name is none is not taken', async () => {
    for (const id of ['..', '../x', '.hidden', 'a/b', '']) {
      await expect(receive(randomBytes(1), id)).rejects.toMatchObject({ code: 'not-found' })
      expect(await uploads.has(id)).toBe(false)
    }
    expect(readdirSync(folder)).toEqual([])
  })
})
