import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync as realpath,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DriverError } from '../../src/domain/driver.ts'
import { type Entry, archiveOf, procfile, server } from './archive-of.ts'
import { type BuildPlace, aBuildPlace } from './build-in.ts'

const good = [procfile('./server'), server]
let place: BuildPlace

beforeEach(() => {
  place = aBuildPlace()
})

afterEach(() => place.remove())

describe('whatever an archive says', { timeout: 120_000 }, () => {
  const name = fc.oneof(
    fc.constantFrom(
      'a',
      'b',
      'a/b',
      'a/b/c',
      './a',
      '..',
      '../a',
      'a/..',
      'a/../..',
      '/a',
      '//a',
      'a//b',
      '.',
      './',
      '',
      'a/',
      '../outside',
      'Procfile',
    ),
    fc
      .array(fc.constantFrom('a', 'b', '..', '.', '', 'outside'), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join('/')),
  )
  const entry: fc.Arbitrary<Entry> = fc.record({
    path: name,
    type: fc.constantFrom('0', '0', '0', '1', '2', '2', '2', '5', '7', 'L', 'K'),
    content: fc.constantFrom('', 'x', 'written by the archive'),
    target: fc.oneof(name, fc.constant('../../outside/victim')),
    mode: fc.constantFrom(0o644, 0o755, 0o4777, 0),
  })

  test('no file outside of the build is ever made or changed, and no link leads out', async () => {
    const outside = join(place.root, 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, 'victim'), 'untouched')
    const property = fc.asyncProperty(fc.array(entry, { maxLength: 12 }), async (entries) => {
      const built = await place
        .build(archiveOf([...entries, ...good]))
        .catch((error: unknown) => error)
      expect(readFileSync(join(outside, 'victim'), 'utf8')).toBe('untouched')
      expect(readdirSync(outside)).toEqual(['victim'])
      expect(readdirSync(place.root).toSorted()).toEqual(['archive', 'builds', 'outside'])
      if (built instanceof Error) {
        expect(built).toBeInstanceOf(DriverError)
        expect(place.kept()).toEqual([])
        return
      }
      for (const hash of place.kept()) expectClosed(join(place.builds, hash))
      for (const hash of place.kept()) await place.builder.removeArtifact(hash)
    })
    await fc.assert(property, { numRuns: 400 })
  })
})

/** Whatever the kernel finds by any name below `folder` is below it too. */
function expectClosed(folder: string): void {
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name)
    if (!file.isSymbolicLink() || !existsSync(path)) continue
    expect(relative(folder, realpath(path)).startsWith('..')).toBe(false)
  }
}
