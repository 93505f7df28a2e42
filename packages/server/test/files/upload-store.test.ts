import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { UploadPart, UploadStore } from '../../src/domain/files.ts'
import { createUploadStore } from '../../src/stores/files/upload-store.ts'

const partBytes = 1_000
let folder = ''
let uploads: UploadStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hatchery-uploads-'))
  uploads = createUploadStore({ folder, partBytes, minFreeBytes: 0 })
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const etagOf = (bytes: Uint8Array): string =>
  `"${createHash('sha256').update(bytes).digest('hex')}"`

async function* inChunks(bytes: Uint8Array, size = 137): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size)
}

function partOf(archive: Uint8Array, partNumber: number): UploadPart {
  const offset = (partNumber - 1) * partBytes
  const bytes = archive.subarray(offset, offset + partBytes)
  return { partNumber, offset, lengthBytes: bytes.byteLength, bytes: inChunks(bytes) }
}

const send = (archive: Uint8Array, partNumber: number): Promise<string> =>
  uploads.writePart('bld-1', partOf(archive, partNumber))

/** A sender that sends some bytes and then nothing, until it is let go. */
function aStalledSender(first: Uint8Array) {
  const gate = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield first
    begun.resolve()
    await gate.promise
  }
  return { bytes: bytes(), begun: begun.promise, letGo: gate.resolve }
}

describe('an upload', () => {
  test('parts sent at once in any order become the archive', async () => {
    const archive = randomBytes(3_500)
    await uploads.create('bld-1', archive.byteLength)
    expect(await uploads.state('bld-1')).toEqual({ complete: false, missing: [1, 2, 3, 4] })
    const etags = await Promise.all([4, 2, 3, 1].map((number) => send(archive, number)))
    expect(etags[0]).toBe(etagOf(archive.subarray(3_000)))
    expect(await uploads.state('bld-1')).toEqual({ complete: false, missing: [] })
    const parts = [4, 2, 3, 1].map((partNumber, index) => ({
      partNumber,
      etag: etags[index] ?? '',
    }))
    await uploads.complete('bld-1', parts)
    await uploads.complete('bld-1', parts)
    const state = await uploads.state('bld-1')
    expect(state.complete && readFileSync(state.path).equals(archive)).toBe(true)
  })

  test('its room is reserved on the disk from the beginning', async () => {
    await uploads.create('bld-1', 3 * 1_048_576)
    const { size, blocks, mode } = statSync(join(folder, 'bld-1', 'archive'))
    expect(size).toBe(3 * 1_048_576)
    expect(blocks * 512).toBeGreaterThanOrEqual(3 * 1_048_576)
    expect(mode & 0o777).toBe(0o600)
  })

  test('ETags count without their quotes too', async () => {
    const archive = randomBytes(500)
    await uploads.create('bld-1', 500)
    const etag = await send(archive, 1)
    await uploads.complete('bld-1', [{ partNumber: 1, etag: etag.replaceAll('"', '') }])
    expect((await uploads.state('bld-1')).complete).toBe(true)
  })

  test('a later server goes on with it, whatever its size of parts', async () => {
    const archive = randomBytes(2_500)
    await uploads.create('bld-1', 2_500)
    await send(archive, 2)
    uploads = createUploadStore({ folder, partBytes: 77, minFreeBytes: 0 })
    expect(await uploads.state('bld-1')).toEqual({ complete: false, missing: [1, 3] })
  })

  test('too little room is refused with the figures, and leaves nothing', async () => {
    const tight = createUploadStore({ folder, partBytes, minFreeBytes: Number.MAX_SAFE_INTEGER })
    await expect(tight.create('bld-1', 1_048_576)).rejects.toThrow(
      /has \d+ MB free; an archive of 1 MB must leave \d+ MB/,
    )
    await expect(tight.create('bld-1', 1)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(uploads.create('bld-1', 2 ** 50)).rejects.toMatchObject({ code: 'unavailable' })
    expect(readdirSync(folder)).toEqual([])
  })

  test('an unknown one is not found, and removing it is success', async () => {
    for (const id of ['bld-9', '..', '../x', '.hidden', 'a/b']) {
      await expect(uploads.state(id)).rejects.toMatchObject({ code: 'not-found' })
      await uploads.remove(id)
    }
  })

  test('those there are are listed with the time of their last write', async () => {
    const before = Date.now() - 2_000
    await uploads.create('bld-1', 10)
    await uploads.create('bld-2', 10)
    const list = await uploads.list()
    expect(list.map(({ buildId }) => buildId).toSorted()).toEqual(['bld-1', 'bld-2'])
    for (const { changedAt } of list) expect(changedAt).toBeGreaterThan(before)
    await uploads.remove('bld-1')
    expect((await uploads.list()).map(({ buildId }) => buildId)).toEqual(['bld-2'])
  })
})

describe('a part', () => {
  const archive = randomBytes(2_500)

  beforeEach(() => uploads.create('bld-1', archive.byteLength))

  test.each([
    [999, 'it ended after 999'],
    [1_001, 'it has 1001 or more'],
  ])('of %i bytes instead of 1000 is refused and does not count', async (length, found) => {
    const part = { ...partOf(archive, 1), bytes: inChunks(randomBytes(length), 1_001) }
    await expect(uploads.writePart('bld-1', part)).rejects.toMatchObject({
      code: 'invalid',
      message: `part 1 must have exactly 1000 bytes; ${found}`,
    })
    expect(await uploads.state('bld-1')).toEqual({ complete: false, missing: [1, 2, 3] })
  })

  test('that is too long does not touch the next one', async () => {
    const etag = await send(archive, 2)
    const part = { ...partOf(archive, 1), bytes: inChunks(randomBytes(1_500), 600) }
    await expect(uploads.writePart('bld-1', part)).rejects.toMatchObject({ code: 'invalid' })
    const written = readFileSync(join(folder, 'bld-1', 'archive')).subarray(1_000, 2_000)
    expect(etagOf(written)).toBe(etag)
  })

  test('whose sender breaks off does not count, also when an earlier one did', async () => {
    await send(archive, 1)
    const bytes = (async function* (): AsyncIterable<Uint8Array> {
      yield randomBytes(10)
      throw new Error('connection lost')
    })()
    const part = { ...partOf(archive, 1), bytes }
    await expect(uploads.writePart('bld-1', part)).rejects.toThrow('connection lost')
    expect(await uploads.state('bld-1')).toEqual({ complete: false, missing: [1, 2, 3] })
  })

  test('sent again replaces the one before', async () => {
    const other = randomBytes(2_500)
    await send(other, 1)
    const etag = await send(archive, 1)
    expect(etag).toBe(etagOf(archive.subarray(0, 1_000)))
    expect(
      readFileSync(join(folder, 'bld-1', 'archive'))
        .subarray(0, 1_000)
        .equals(archive.subarray(0, 1_000)),
    ).toBe(true)
  })

  test('sent again while the first sender is silent wins', async () => {
    const stalled = aStalledSender(randomBytes(100))
    const first = uploads.writePart('bld-1', { ...partOf(archive, 1), bytes: stalled.bytes })
    const refused = expect(first).rejects.toMatchObject({ code: 'not-now' })
    await stalled.begun
    expect(await send(archive, 1)).toBe(etagOf(archive.subarray(0, 1_000)))
    await refused
    stalled.letGo()
    expect(await uploads.state('bld-1')).toEqual({ complete: false, missing: [2, 3] })
  })

  test('is given up when its upload is removed', async () => {
    const stalled = aStalledSender(randomBytes(100))
    const part = uploads.writePart('bld-1', { ...partOf(archive, 1), bytes: stalled.bytes })
    const refused = expect(part).rejects.toMatchObject({ code: 'not-now' })
    await stalled.begun
    await uploads.remove('bld-1')
    await refused
    stalled.letGo()
    expect(readdirSync(folder)).toEqual([])
    await expect(send(archive, 2)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('completing', () => {
  const archive = randomBytes(2_500)
  let etags: string[] = []
  const listed = (...numbers: number[]) =>
    numbers.map((partNumber) => ({ partNumber, etag: etags[partNumber - 1] ?? '' }))

  beforeEach(async () => {
    await uploads.create('bld-1', archive.byteLength)
    etags = [await send(archive, 1), await send(archive, 2)]
  })

  test.each([
    [[1, 2], 'part 3 is not listed and was not uploaded'],
    [[1, 2, 3], 'part 3 was not uploaded: send it again, then complete'],
    [[2], 'part 1 is not listed'],
    [[1, 1, 2], 'part 1 is listed twice'],
    [[1, 2, 4], 'part 4 does not exist: the parts are 1 to 3'],
    [[0, 1, 2], 'part 0 does not exist: the parts are 1 to 3'],
  ])('with the parts %j is refused: %s', async (numbers, message) => {
    const completing = uploads.complete('bld-1', listed(...numbers))
    await expect(completing).rejects.toMatchObject({ code: 'invalid', message })
    expect((await uploads.state('bld-1')).complete).toBe(false)
  })

  test.each(['', '"abc"', '"'])(
    'with the ETag %j is refused and says which it is',
    async (etag) => {
      await send(archive, 3)
      const completing = uploads.complete('bld-1', [{ partNumber: 1, etag }, ...listed(2, 3)])
      await expect(completing).rejects.toThrow(`but its upload answered ${etags[0]}`)
    },
  )

  test('is refused while a part is sent, and no part is taken afterwards', async () => {
    const stalled = aStalledSender(archive.subarray(2_000))
    const sending = uploads.writePart('bld-1', { ...partOf(archive, 3), bytes: stalled.bytes })
    await stalled.begun
    await expect(uploads.complete('bld-1', listed(1, 2, 3))).rejects.toMatchObject({
      code: 'not-now',
    })
    stalled.letGo()
    etags.push(await sending)
    await uploads.complete('bld-1', listed(1, 2, 3))
    await expect(send(archive, 1)).rejects.toMatchObject({ code: 'not-now' })
  })

  test('state files that a kill left half made count for nothing', async () => {
    writeFileSync(join(folder, 'bld-1', 'part-3.new'), '"abc"')
    writeFileSync(join(folder, 'bld-1', 'complete.new'), '')
    expect(await uploads.state('bld-1')).toEqual({ complete: false, missing: [3] })
  })
})

test('whatever is sent, again and in parallel, a part that counts has the bytes of its ETag', async () => {
  const sending = fc.record({
    partNumber: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(255),
    fails: fc.boolean(),
  })
  const property = fc.asyncProperty(fc.array(sending, { maxLength: 12 }), async (sendings) => {
    await uploads.create('bld-1', 2_500)
    const sent = sendings.map(({ partNumber, seed, fails }) => {
      const lengthBytes = partNumber === 3 ? 500 : 1_000
      const bytes = inChunks(Buffer.alloc(fails ? lengthBytes - 1 : lengthBytes, seed))
      return uploads.writePart('bld-1', {
        partNumber,
        offset: (partNumber - 1) * 1_000,
        lengthBytes,
        bytes,
      })
    })
    await Promise.allSettled(sent)
    const content = readFileSync(join(folder, 'bld-1', 'archive'))
    const state = await uploads.state('bld-1')
    const missing = state.complete ? [] : state.missing
    for (const number of [1, 2, 3].filter((one) => !missing.includes(one))) {
      const recorded = readFileSync(join(folder, 'bld-1', `part-${number}`), 'utf8')
      expect(etagOf(content.subarray((number - 1) * 1_000, number * 1_000))).toBe(recorded)
    }
    await uploads.remove('bld-1')
  })
  await fc.assert(property, { numRuns: 30 })
})
