/** Archives as another program reads them. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  createWriteStream,
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { tarStream } from '../../src/composition/backup/tar-stream.ts'
import { defaultLimits } from '../../src/drivers/archive/limits.ts'
import { tarEntries } from '../../src/drivers/archive/tar-entries.ts'
import { createUnpacker } from '../../src/drivers/local/builder/unpack.ts'
import { aFolder } from '../support/start-hatchery.ts'

const longName = 'n'.repeat(200)

function aTree(): string {
  const from = aFolder()
  const write = (name: string, content: string | Uint8Array, mode: number): void => {
    writeFileSync(join(from, name), content)
    chmodSync(join(from, name), mode)
  }
  mkdirSync(join(from, 'empty'))
  mkdirSync(join(from, longName, longName), { recursive: true })
  write('nothing', '', 0o666)
  write('block', 'x'.repeat(512), 0o600)
  write('program', '#!/bin/sh\n', 0o777)
  write('large', Buffer.alloc(1_000_003, 7), 0o640)
  write(join(longName, longName, 'größe ✓'), 'deep', 0o666)
  symlinkSync('program', join(from, 'link'))
  symlinkSync(`${longName}/${longName}/größe ✓`, join(from, 'far'))
  return from
}

const modesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => `${name} ${(lstatSync(join(folder, name)).mode & 0o777).toString(8)}`)

test('GNU tar unpacks the same names, bytes, modes and links', async () => {
  const from = aTree()
  const archive = join(aFolder(), 'archive.tar')
  const sources = [
    { path: 'first.txt', text: 'hello' },
    { path: 'builds/one', from },
  ]
  await pipeline(tarStream(sources), createWriteStream(archive))
  const to = aFolder()

  const { stderr } = spawnSync('tar', ['-xpf', archive, '-C', to], { encoding: 'utf8' })

  expect(stderr).toBe('')
  expect(readdirSync(to).toSorted()).toEqual(['builds', 'first.txt'])
  const unpacked = join(to, 'builds/one')
  const { stdout } = spawnSync('diff', ['-r', '--no-dereference', from, unpacked], {
    encoding: 'utf8',
  })
  expect(stdout).toBe('')
  expect(modesIn(unpacked)).toEqual(modesIn(from))
})

test('a restore unpacks the same, with what makes programs start', async () => {
  const from = aTree()
  const to = aFolder()
  const unpacker = createUnpacker(to, defaultLimits)
  const bytes = tarStream([{ path: 'one', from }]) as AsyncIterable<Buffer> // of nothing else

  for await (const entry of tarEntries(bytes)) await unpacker.add(entry)
  const tree = await unpacker.finish()

  expect(tree.get('one/program')).toMatchObject({ kind: 'file', executable: true })
  expect(tree.get('one/large')).toMatchObject({ executable: false, sizeBytes: 1_000_003 })
  const { stdout } = spawnSync('diff', ['-r', '--no-dereference', from, join(to, 'one')], {
    encoding: 'utf8',
  })
  expect(stdout).toBe('')
})

test('a file that is not there cuts the archive off', async () => {
  const reading = (async () => {
    for await (const _ of tarStream([{ path: 'a', from: '/nowhere/at/all' }]));
  })()
  await expect(reading).rejects.toThrow('ENOENT')
})
