import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { create } from 'tar'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DriverError } from '../../src/domain/driver.ts'
import { createLocalBuilder } from '../../src/drivers/local/builder/index.ts'
import { archiveOf, paxRecord, procfile, server } from './archive-of.ts'
import { type BuildPlace, aBuildPlace } from './build-in.ts'

let place: BuildPlace

beforeEach(() => {
  place = aBuildPlace()
})

afterEach(() => place.remove())

describe('a good archive', () => {
  test('becomes a folder with the start command, and says how it went', async () => {
    const built = await place.build(archiveOf([procfile('./server -port $PORT'), server]))
    expect(built.artifact).toMatchObject({ kind: 'folder', command: './server -port $PORT' })
    expect(built.sizeBytes).toBe(
      readFileSync(join(place.folderOf(built), 'server')).byteLength + 29,
    )
    expect(place.said).toEqual([
      expect.stringMatching(/^unpacking \d+ bytes$/),
      expect.stringMatching(/^unpacked 2 files, \d+ bytes$/),
      'start command: ./server -port $PORT',
    ])
    expect(place.kept()).toEqual([built.artifact.contentHash])
    expect(await place.builder.artifacts()).toEqual([built.artifact.contentHash])
  })

  test('has modes that let games use their own view of it as they like, whatever it says', async () => {
    const built = await place.build(
      archiveOf([
        { path: 'bin', type: '5', mode: 0o2777 },
        { path: 'bin/game', content: '\x7fELF', mode: 0o6711 },
        { path: 'secret', content: 'x', mode: 0o600 },
        { path: 'deep/er/file', content: 'x', mode: 0o666 },
        procfile('bin/game'),
      ]),
    )
    const modeOf = (path: string): string =>
      (statSync(join(place.folderOf(built), path)).mode & 0o7777).toString(8)
    const paths = ['', 'bin', 'bin/game', 'secret', 'deep', 'deep/er', 'deep/er/file']
    expect(paths.map(modeOf)).toEqual(['777', '777', '777', '666', '777', '777', '666'])
    expect(statSync(join(place.folderOf(built), 'secret')).uid).toBe(process.getuid?.())
  })

  test('may hold links inside of it', async () => {
    const built = await place.build(
      archiveOf([
        { path: 'bin/game', content: '#!/bin/sh\n', mode: 0o755 },
        { path: 'current', type: '2', target: 'bin' },
        { path: 'up', type: '2', target: 'current/../bin/./game' },
        { path: 'dangling', type: '2', target: 'nowhere/at/all' },
        { path: 'bin/copy', type: '1', target: './bin/game' },
        procfile('current/game'),
      ]),
    )
    const folder = place.folderOf(built)
    expect(readlinkSync(join(folder, 'current'))).toBe('bin')
    expect(readFileSync(join(folder, 'up'), 'utf8')).toBe('#!/bin/sh\n')
    expect(statSync(join(folder, 'bin/copy')).ino).toBe(statSync(join(folder, 'bin/game')).ino)
    expect(lstatSync(join(folder, 'dangling')).isSymbolicLink()).toBe(true)
  })

  test('has long names of both kinds', async () => {
    const long = `${'folder/'.repeat(20)}${'n'.repeat(120)}`
    const built = await place.build(
      archiveOf([
        {
          path: 'header',
          type: 'x',
          content: paxRecord('path', `${long}-pax`) + paxRecord('mtime', '1.5'),
        },
        { path: 'short', content: 'pax' },
        { path: '././@LongLink', type: 'L', content: `${long}-gnu\0` },
        { path: 'short', content: 'gnu' },
        { path: 'pax_global_header', type: 'g', content: paxRecord('comment', 'abc') },
        procfile('./server'),
        server,
      ]),
    )
    expect(readFileSync(join(place.folderOf(built), `${long}-pax`), 'utf8')).toBe('pax')
    expect(readFileSync(join(place.folderOf(built), `${long}-gnu`), 'utf8')).toBe('gnu')
  })

  test('gives the last of several entries with one name, and leaves hard links to the first alone', async () => {
    const built = await place.build(
      archiveOf([
        { path: 'a', content: 'first' },
        { path: 'b', type: '1', target: 'a' },
        { path: './a', content: 'second' },
        { path: 'c', content: 'file' },
        { path: 'c', type: '2', target: 'a' },
        procfile('./server'),
        server,
      ]),
    )
    const read = (name: string): string => readFileSync(join(place.folderOf(built), name), 'utf8')
    expect([read('a'), read('b'), read('c')]).toEqual(['second', 'first', 'second'])
  })

  test.each(['npm tar', 'GNU tar'])('made by %s is unpacked as it was', async (maker) => {
    const source = join(place.root, 'source')
    mkdirSync(join(source, 'maps'), { recursive: true })
    writeFileSync(join(source, 'Procfile'), 'server: ./run\r\n')
    writeFileSync(join(source, 'run'), '#!/bin/sh\n')
    chmodSync(join(source, 'run'), 0o755)
    writeFileSync(join(source, 'maps', 'ä ö.dat'), Buffer.alloc(300_000, 'map'))
    const file = join(place.root, 'made.tgz')
    if (maker === 'npm tar') await create({ gzip: true, cwd: source, file }, ['.'])
    else execFileSync('tar', ['-czf', file, '-C', source, '.'])
    const built = await place.build(readFileSync(file))
    expect(built.artifact.command).toBe('./run')
    execFileSync('diff', ['-r', source, place.folderOf(built)])
  })
})

describe('the content hash', () => {
  const entries = [procfile('./server'), server, { path: 'data', content: 'x' }]

  test('is the same however the archive was packed, and the folder is used again', async () => {
    const first = await place.build(archiveOf(entries))
    const { ino } = statSync(place.folderOf(first))
    const again = await place.build(archiveOf([...entries.toReversed(), { path: './', type: '5' }]))
    expect(again).toEqual(first)
    expect(statSync(place.folderOf(first)).ino).toBe(ino)
    expect(place.said.at(-1)).toBe('it is the same as an earlier build, which is used')
    expect(place.kept()).toEqual([first.artifact.contentHash])
  })

  test.each([
    ['bytes', { path: 'data', content: 'y' }],
    ['a mode', { path: 'data', content: 'x', mode: 0o755 }],
    ['a name', { path: 'date', content: 'x' }],
    ['a kind', { path: 'data', type: '2', target: 'x' }],
    ['an empty folder', { path: 'empty', type: '5' }],
  ])('differs when %s differs', async (_, entry) => {
    const first = await place.build(archiveOf(entries))
    const other = await place.build(archiveOf([procfile('./server'), server, entry]))
    expect(other.artifact.contentHash).not.toBe(first.artifact.contentHash)
  })

  test('two builds of the same at once both succeed', async () => {
    const archive = archiveOf(entries)
    const built = await Promise.all([place.build(archive), place.build(archive)])
    expect(built[0]).toEqual(built[1])
    expect(place.kept()).toEqual([built[0].artifact.contentHash])
  })
})

describe('what is kept', () => {
  test('goes when it is removed; what is not there is success', async () => {
    const { artifact } = await place.build(archiveOf([procfile('./server'), server]))
    await place.builder.removeArtifact(artifact.contentHash)
    await place.builder.removeArtifact(artifact.contentHash)
    await place.builder.removeArtifact('../archive')
    expect(place.kept()).toEqual([])
    expect(statSync(join(place.root, 'archive')).isFile()).toBe(true)
  })

  test('does not count what a killed server left behind, which the next one removes', async () => {
    mkdirSync(join(place.builds, '.tmp-1234', 'bin'), { recursive: true })
    const { builder } = aSecondBuilder()
    expect(await builder.artifacts()).toEqual([])
    expect(place.kept()).toEqual([])
  })

  const aSecondBuilder = () => ({
    builder: createLocalBuilder({ buildsFolder: place.builds, asRoot: true }),
  })
})

describe('a build that is stopped', () => {
  test('ends with the reason and leaves nothing', async () => {
    const abort = new AbortController()
    abort.abort()
    const building = place.build(archiveOf([procfile('./server'), server]), abort.signal)
    await expect(building).rejects.toThrow('the build was stopped before its end')
    await expect(building).rejects.toBeInstanceOf(DriverError)
    expect(place.kept()).toEqual([])
  })

  test('also in the middle', async () => {
    const abort = new AbortController()
    const big = Buffer.alloc(64 * 1_048_576)
    for (let at = 0; at < big.byteLength; at += 4_096)
      big.writeUInt32LE((at * 2_654_435_761) >>> 0, at)
    const archive = archiveOf([{ path: 'big', content: big }, procfile('./server'), server])
    const building = place.build(archive, abort.signal)
    const deadline = performance.now() + 20_000
    while (place.kept().length === 0 && performance.now() < deadline)
      await new Promise(setImmediate)
    abort.abort()
    await expect(building).rejects.toThrow('the build was stopped before its end')
    expect(place.kept()).toEqual([])
  })
})
