/** Tars made in memory, as the official command line packs a folder: regular files with relative paths. */
import { gzipSync } from 'node:zlib'

const blockBytes = 512

/** By path; those that begin with `#!` can be executed. */
type Files = Readonly<Record<string, string | Uint8Array>>

export const tarball = (files: Files): Uint8Array => gzipSync(plainTar(files))

/** As `tarball`, not gzipped. */
export function plainTar(files: Files): Uint8Array {
  const entries = Object.entries(files).map(([path, content]) => entry(path, Buffer.from(content)))
  return Buffer.concat([...entries, Buffer.alloc(2 * blockBytes)])
}

function entry(path: string, content: Buffer): Buffer {
  const padding = (blockBytes - (content.length % blockBytes)) % blockBytes
  return Buffer.concat([header(path, content), content, Buffer.alloc(padding)])
}

/** A header of the ustar format: numbers are octal text. */
function header(path: string, content: Buffer): Buffer {
  const block = Buffer.alloc(blockBytes)
  const mode = content.subarray(0, 2).toString() === '#!' ? 0o755 : 0o644
  block.write(path, 0, 100)
  block.write(octal(mode, 7), 100)
  block.write(octal(0, 7), 108)
  block.write(octal(0, 7), 116)
  block.write(octal(content.length, 11), 124)
  block.write(octal(0, 11), 136)
  block.write('0', 156)
  block.write('ustar\u000000', 257)
  block.write(`${octal(checksum(block), 6)}\0 `, 148)
  return block
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')

/** The sum of all bytes, with blanks in place of the checksum itself. */
const checksum = (block: Buffer): number => block.reduce((sum, byte) => sum + byte, 0) + 8 * 0x20
