/** Archives that want to harm, sent through the API to the builder of this machine. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Entry, archiveOf, procfile, server, tarOf } from '../builder/archive-of.ts'
import { type TestHatchery, startHatchery } from '../support/start-hatchery.ts'
import { buildOf } from '../support/upload.ts'

const megabyte = 1_048_576
const good: readonly Entry[] = [procfile('./server'), server]

/** A gzip file of 10 GB in 10 MB: files of zeros, of which each stretch is packed once and used again and again. */
function bomb(): Buffer {
  const zeros = gzipSync(Buffer.alloc(64 * megabyte))
  const sizeBytes = 1024 * megabyte
  const header = (path: string): Buffer =>
    gzipSync(tarOf([{ path, size: sizeBytes }]).subarray(0, 512))
  const files = Array.from({ length: 10 }, (_, index) => [
    header(`zeros-${index}`),
    ...Array<Buffer>(16).fill(zeros),
  ])
  return Buffer.concat([gzipSync(tarOf(good).subarray(0, -1024)), ...files.flat()])
}

const packed = archiveOf(good)

const hostile: [string, () => Buffer, RegExp][] = [
  [
    'with a way out',
    () => archiveOf([...good, { path: '../../evil', content: 'x' }]),
    /archive entry "\.\.\/\.\.\/evil" leaves the archive/,
  ],
  [
    'with an absolute path',
    () => archiveOf([...good, { path: '/tmp/evil', content: 'x' }]),
    /archive entry "\/tmp\/evil" leaves the archive/,
  ],
  [
    'with a link out',
    () => archiveOf([...good, { path: 'up', type: '2', target: '../..' }]),
    /archive entry "up" leaves the archive/,
  ],
  [
    'with a file behind a link',
    () =>
      archiveOf([
        ...good,
        { path: 'etc', type: '2', target: '/etc' },
        { path: 'etc/evil', content: 'x' },
      ]),
    /archive entry "etc/,
  ],
  [
    'with a hard link out',
    () => archiveOf([...good, { path: 'shadow', type: '1', target: '/etc/shadow' }]),
    /archive entry "shadow" leaves the archive/,
  ],
  ['with a device', () => archiveOf([...good, { path: 'sda', type: '3' }]), /archive entry "sda" /],
  ['of 10 GB of zeros', bomb, /unpacks to more than 200 times its size/],
  ['that is cut off', () => packed.subarray(0, packed.length - 20), /./],
  ['that is no archive', () => Buffer.from('hello'), /gzip/],
  ['that holds no archive', () => gzipSync(Buffer.from('hello')), /./],
  ['without a file', () => archiveOf([]), /the archive is empty/],
]

/** What builds left in the data folder. */
const leftIn = ({ data }: TestHatchery): string[] => readdirSync(join(data, 'builds'))

test.for(hostile)(
  'an archive %s fails to build, says why, and leaves nothing',
  async ([, archive, why]) => {
    const hatchery = await startHatchery({ driver: 'local' })
    const { build, output } = await buildOf(hatchery.client, archive())
    expect(build).toMatchObject({ status: 'failed', imageSize: 0 })
    const last = output.trimEnd().split('\n').at(-1) ?? ''
    expect(last).toMatch(/^error: /)
    expect(last).toMatch(why)
    expect(last).not.toContain('an error of the server')
    expect(leftIn(hatchery)).toEqual([])
  },
)

test('an archive that is fine is built beside them', async () => {
  const hatchery = await startHatchery({ driver: 'local' })
  const { build, output } = await buildOf(hatchery.client, packed)
  expect(output).toContain('start command: ./server\n')
  expect(build.status).toBe('succeeded')
  expect(leftIn(hatchery)).toEqual([build.contentHash])
})
