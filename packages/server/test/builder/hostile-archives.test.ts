import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createGzip, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DriverError } from '../../src/domain/driver.ts'
import { type Entry, archiveOf, paxRecord, procfile, server, tarOf } from './archive-of.ts'
import { type BuildPlace, aBuildPlace } from './build-in.ts'

const limits = { mostBytes: 20 * 1_048_576, mostEntries: 100, mostDepth: 5 }
let place: BuildPlace

beforeEach(() => {
  place = aBuildPlace({ limits })
})

afterEach(() => place.remove())

const good = [procfile('./server'), server]

/** Refused with this reason, and nothing is left or was written elsewhere. */
async function expectRefused(archive: Buffer, reason: string | RegExp): Promise<void> {
  const building = place.build(archive)
  await expect(building).rejects.toThrow(reason)
  await expect(building).rejects.toBeInstanceOf(DriverError)
  expect(place.kept()).toEqual([])
  expect(readdirSync(place.root).toSorted()).toEqual(['archive', 'builds'])
}

const pax = (name: string, value: string): Entry => ({
  path: 'pax',
  type: 'x',
  content: paxRecord(name, value),
})

describe('an entry that leaves the archive is refused by name', () => {
  const refused: [string, Entry[], string][] = [
    [
      '..',
      [{ path: '../../etc/passwd' }],
      'archive entry "../../etc/passwd" leaves the archive: ".."',
    ],
    ['.. in the middle', [{ path: 'a/../../b' }], 'archive entry "a/../../b" leaves the archive'],
    [
      'an absolute path',
      [{ path: '/etc/passwd' }],
      'archive entry "/etc/passwd" leaves the archive: its path is absolute',
    ],
    [
      '.. in a pax header',
      [pax('path', '../x'), { path: 'x' }],
      'archive entry "../x" leaves the archive',
    ],
    [
      '.. in a long name',
      [{ path: 'l', type: 'L', content: '../x\0' }, { path: 'x' }],
      'archive entry "../x" leaves the archive',
    ],
    ['a folder', [{ path: '../x', type: '5' }], 'archive entry "../x" leaves the archive'],
    [
      'a hard link',
      [{ path: 'x', type: '1', target: '../archive' }],
      'archive entry "x" leaves the archive',
    ],
    [
      'an absolute hard link',
      [{ path: 'x', type: '1', target: '/etc/passwd' }],
      'archive entry "x" leaves the archive',
    ],
    [
      'an absolute link',
      [{ path: 'x', type: '2', target: '/etc' }],
      'archive entry "x" leaves the archive: it is a symbolic link to the absolute path "/etc"',
    ],
    ['a link', [{ path: 'x', type: '2', target: '../y' }], 'archive entry "x" leaves the archive'],
    [
      'a link with a long target',
      [pax('linkpath', `${'a/../'.repeat(40)}../y`), { path: 'x', type: '2', target: 'y' }],
      'archive entry "x" leaves the archive',
    ],
    [
      'a link in a folder',
      [{ path: 'a/b/x', type: '2', target: '../../../y' }],
      'archive entry "a/b/x" leaves the archive',
    ],
    [
      'a link through another',
      [
        { path: 'a/b', type: '2', target: '..' },
        { path: 'x', type: '2', target: 'a/b/../y' },
      ],
      'archive entry "x" leaves the archive',
    ],
    [
      'a link through one that comes later',
      [
        { path: 'a/b/x', type: '2', target: '../c/../../y' },
        { path: 'a/c', type: '2', target: '..' },
      ],
      'archive entry "a/b/x" leaves the archive',
    ],
    [
      'a circle',
      [
        { path: 'x', type: '2', target: 'y' },
        { path: 'y', type: '2', target: 'x' },
      ],
      'or leads in a circle',
    ],
    ['a NUL', [pax('path', 'a\0b'), { path: 'x' }], 'has a NUL in its name'],
  ]

  test.each(refused)('%s', async (_, entries, reason) => {
    await expectRefused(archiveOf([...good, ...entries]), reason)
  })
})

describe('what would be written through something else is refused', () => {
  const refused: [string, Entry[], string][] = [
    [
      'below a link',
      [{ path: 'a', type: '2', target: 'b' }, { path: 'a/x' }],
      'archive entry "a/x" lies below "a", which is a symbolic link',
    ],
    [
      'below a link that leaves',
      [{ path: 'a', type: '2', target: '/tmp' }, { path: 'a/x' }],
      'archive entry "a/x" lies below "a"',
    ],
    [
      'below a file',
      [{ path: 'a' }, { path: 'a/x' }],
      'archive entry "a/x" lies below "a", which is a file',
    ],
    [
      'a folder over a link',
      [
        { path: 'a', type: '2', target: '/tmp' },
        { path: 'a', type: '5' },
      ],
      'archive entry "a" is no folder earlier',
    ],
    [
      'a file over a folder',
      [{ path: 'a/x' }, { path: 'a' }],
      'archive entry "a" is a folder earlier',
    ],
    [
      'a link over a folder',
      [{ path: 'a/x' }, { path: 'a', type: '2', target: '/tmp' }],
      'archive entry "a" is a folder earlier',
    ],
    [
      'a hard link to a folder',
      [{ path: 'a/x' }, { path: 'b', type: '1', target: 'a' }],
      'is a hard link to "a", which is no file',
    ],
    [
      'a hard link to nothing',
      [{ path: 'b', type: '1', target: 'a' }],
      'is a hard link to "a", which is no file',
    ],
  ]

  test.each(refused)('%s', async (_, entries, reason) => {
    await expectRefused(archiveOf([...good, ...entries]), reason)
  })

  test("a file over a link to elsewhere takes the link's place", async () => {
    const victim = join(place.root, 'archive')
    const built = await place.build(
      archiveOf([...good, { path: 'a', type: '2', target: victim }, { path: 'a', content: 'x' }]),
    )
    expect(readFileSync(join(place.folderOf(built), 'a'), 'utf8')).toBe('x')
    expect(readFileSync(victim).readUInt16BE(0)).toBe(0x1f8b)
  })

  test('a hard link to a link is a link of its own and has to stay inside too', async () => {
    const entries = [
      { path: 'a/l', type: '2', target: '../server' },
      { path: 'l', type: '1', target: 'a/l' },
    ]
    await expectRefused(archiveOf([...good, ...entries]), 'archive entry "l" leaves the archive')
  })
})

describe('kinds and forms that are not allowed', () => {
  test.each([
    ['3', 'is a device'],
    ['4', 'is a device'],
    ['6', 'is a named pipe'],
    ['S', 'is stored as a sparse file'],
    ['V', 'is of a kind that is not known'],
    ['Z', 'is of a kind that is not known'],
  ])('type %s', async (type, reason) => {
    await expectRefused(archiveOf([...good, { path: 'x', type }]), `archive entry "x" ${reason}`)
  })

  test.each<[string, Buffer, string]>([
    ['empty', Buffer.of(), 'the archive is not a gzipped tar: it is empty'],
    ['a tar without gzip', tarOf(good), 'it is a tar that is not compressed'],
    ['a zip', Buffer.from('504b030414000000', 'hex'), 'it is a zip file'],
    ['text', Buffer.from('hello'), 'it is another kind of file (it begins with 68656c6c)'],
    ['gzip of text', gzipSync('x'.repeat(600)), 'the archive is damaged, or is no tar'],
    ['gzip of nothing', gzipSync(''), 'the archive is empty'],
    ['a tar of nothing', archiveOf([]), 'the archive is empty'],
    ['only its own folder', archiveOf([{ path: './', type: '5' }]), 'the archive is empty'],
    [
      'cut in the gzip',
      archiveOf([...good, { path: 'x', content: 'abc' }]).subarray(0, 120),
      'the archive is cut off',
    ],
    [
      'cut in an entry',
      gzipSync(tarOf([{ path: 'x', content: Buffer.alloc(5_000) }]).subarray(0, 2_000)),
      'archive entry "x" is not complete',
    ],
    ['cut in a header', gzipSync(tarOf(good).subarray(0, 700 + 512)), 'the archive is cut off'],
    ['changed bytes', corrupted(), 'the archive is damaged'],
    [
      'a bad pax header',
      archiveOf([{ path: 'x', type: 'x', content: '99 path=a\n' }, server]),
      'an extended header cannot be read',
    ],
    [
      'a size for all',
      archiveOf([{ path: 'g', type: 'g', content: paxRecord('size', '9') }, server]),
      'the archive sets "size" for all its entries',
    ],
    ['a size that is no number', archiveOf([pax('size', '-5'), server]), '"-5" is no size'],
    ['pax sparse', archiveOf([pax('GNU.sparse.major', '1'), server]), 'is stored as a sparse file'],
    [
      'a name that is too long',
      archiveOf([pax('path', 'n'.repeat(300)), server]),
      'has a name of more than 255 bytes',
    ],
    [
      'a path that is too long',
      archiveOf([pax('path', `${'n'.repeat(4_000)}`), server]),
      'is longer than 3500 bytes',
    ],
    ['no name', archiveOf([{ path: './' }]), 'the archive is empty'],
  ])('%s', async (_, archive, reason) => {
    await expectRefused(archive, reason)
  })

  test('a link to a megabyte of folders', async () => {
    const link = { path: 'x', type: '2', target: 'y' }
    const archive = archiveOf([...good, pax('linkpath', 'a/'.repeat(400_000)), link])
    await expectRefused(archive, 'archive entry "x" is a symbolic link to more than 4095 bytes')
  })

  test('names in messages stay on one line and end', async () => {
    await expectRefused(
      archiveOf([pax('path', `../${'a\nb'.repeat(500)}`), server]),
      /^archive entry "[^\n]{1,420}…" leaves/,
    )
  })
})

function corrupted(): Buffer {
  const archive = archiveOf([
    ...good,
    {
      path: 'noise',
      content: Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * i * 31) % 251)),
    },
  ])
  const checksumAt = archive.byteLength - 8
  archive.writeUInt8(archive.readUInt8(checksumAt) ^ 1, checksumAt)
  return archive
}

describe('limits', () => {
  test('the number of entries, where folders that only follow from a path count', async () => {
    const files = Array.from({ length: 101 }, (_, index) => ({ path: `f${index}` }))
    await expectRefused(archiveOf(files), 'the archive has more than 100 entries')
    const folders = Array.from({ length: 30 }, (_, index) => ({
      path: `${index}/${index}/${index}/x`,
    }))
    await expectRefused(archiveOf(folders), 'the archive has more than 100 entries')
  })

  test('the depth', async () => {
    await expectRefused(
      archiveOf([{ path: 'a/b/c/d/e/f' }]),
      'archive entry "a/b/c/d/e/f" is 6 folders deep; at most 5',
    )
  })

  test('the size, before anything of the entry that is too much is written', async () => {
    const entry = { path: 'big', content: 'x', size: 30 * 1_048_576 }
    await expectRefused(
      archiveOf([...good, entry]),
      'archive entry "big" makes the archive larger than 20.0 MB unpacked',
    )
  })

  test('a small archive that packs well is no bomb', async () => {
    const built = await place.build(
      archiveOf([...good, { path: 'zeros', content: Buffer.alloc(9 * 1_048_576) }]),
    )
    expect(built.sizeBytes).toBeGreaterThan(9 * 1_048_576)
  })

  test('a bomb of 10 GB stops after some MB', async () => {
    place.remove()
    place = aBuildPlace()
    const began = performance.now()
    await expectRefused(
      await aBomb(10 * 1024 * 1_048_576),
      /unpacks to more than 200 times its size \(1\d\.\d MB from/,
    )
    expect(performance.now() - began).toBeLessThan(25_000)
  })

  test('also one without any entry', async () => {
    const gzip = gzipSync(Buffer.concat([tarOf(good), Buffer.alloc(64 * 1_048_576)]))
    await expectRefused(gzip, 'unpacks to more than 200 times its size')
  })
})

/** A gzip of a tar with one file of zeros. Its middle is one compressed piece, repeated. */
async function aBomb(size: number): Promise<Buffer> {
  const [header] = [tarOf([{ path: 'zeros', size }]).subarray(0, 512)]
  const piece = Buffer.alloc(64 * 1_048_576)
  const gzip = createGzip({ level: 9 })
  const chunks: Buffer[] = []
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk))
  gzip.write(header)
  await new Promise<void>((resolve) => gzip.write(piece, () => gzip.flush(() => resolve())))
  const before = Buffer.concat(chunks).byteLength
  await new Promise<void>((resolve) => gzip.write(piece, () => gzip.flush(() => resolve())))
  gzip.destroy()
  const all = Buffer.concat(chunks)
  return Buffer.concat([
    all,
    ...Array.from({ length: Math.ceil(size / piece.byteLength) }, () => all.subarray(before)),
  ])
}
