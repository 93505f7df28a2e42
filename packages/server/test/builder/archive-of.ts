/** Archives for tests, made header by header, so that they can say what no tar program would write. */
import { gzipSync } from 'node:zlib'
import { Header } from 'tar'

export interface Entry {
  readonly path: string
  /** Of the tar format: `0` file, `1` hard link, `2` symbolic link, `3` device, `5` folder, `6` FIFO, `x` pax, `L` long name. */
  readonly type?: string
  readonly content?: string | Buffer
  readonly mode?: number
  readonly target?: string
  /** What the header says instead of the content's length. */
  readonly size?: number
}

const blockBytes = 512

export const archiveOf = (entries: readonly Entry[]): Buffer => gzipSync(tarOf(entries))

export const tarOf = (entries: readonly Entry[]): Buffer =>
  Buffer.concat([...entries.map(blocksOf), Buffer.alloc(2 * blockBytes)])

function blocksOf({
  path,
  type = '0',
  content = '',
  mode = 0o644,
  target = '',
  size,
}: Entry): Buffer {
  const body = Buffer.from(content as string)
  const header = Buffer.alloc(blockBytes)
  new Header({
    path: 'x',
    mode,
    size: size ?? body.byteLength,
    mtime: new Date(0),
    uid: 1000,
    gid: 1000,
  }).encode(header)
  header.fill(0, 0, 100)
  header.write(path, 0, 100)
  header.write(type, 156, 1, 'latin1')
  header.write(target, 157, 100)
  writeChecksum(header)
  const padding = Buffer.alloc((blockBytes - (body.byteLength % blockBytes)) % blockBytes)
  return Buffer.concat([header, body, padding])
}

function writeChecksum(header: Buffer): void {
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8, 'latin1')
}

/** One record of a pax header. */
export function paxRecord(name: string, value: string): string {
  const rest = ` ${name}=${value}\n`
  const bytes = Buffer.byteLength(rest)
  const guess = bytes + String(bytes).length
  return `${String(guess).length === String(bytes).length ? guess : guess + 1}${rest}`
}

export const procfile = (command: string): Entry => ({
  path: 'Procfile',
  content: `server: ${command}\n`,
})

/** A server that needs nothing but its own file. */
export const server: Entry = { path: 'server', content: '#!/bin/sh\nexec sleep 60\n', mode: 0o755 }
