/** Writes a tar as it is read: each byte is made when it is asked for, and whoever leaves leaves nothing open. */
import { type BigIntStats, createReadStream } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Header, Pax } from 'tar'

/** A path of the archive, and where its bytes are. */
export type TarSource =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly from: string }

const blockBytes = 512
const chunkBytes = 256 * 1_024

/** Folders with all that is in them, in the order of names. Files must not change meanwhile. */
export async function* tarStream(sources: readonly TarSource[]): AsyncIterable<Uint8Array> {
  for (const source of sources) {
    if ('text' in source) yield* textEntry(source.path, source.text)
    else yield* entriesAt(source.path, source.from)
  }
  yield Buffer.alloc(2 * blockBytes)
}

function* textEntry(path: string, text: string): Iterable<Uint8Array> {
  const bytes = Buffer.from(text)
  yield headerOf({ path, type: 'File', mode: 0o600, size: bytes.byteLength })
  yield padded(bytes)
}

async function* entriesAt(path: string, from: string): AsyncIterable<Uint8Array> {
  const found = await lstat(from, { bigint: true })
  const mode = Number(found.mode & 0o777n)
  if (found.isDirectory()) {
    yield headerOf({ path: `${path}/`, type: 'Directory', mode, size: 0 })
    const names = await readdir(from)
    for (const name of names.toSorted()) yield* entriesAt(`${path}/${name}`, join(from, name))
  } else if (found.isSymbolicLink()) {
    const linkpath = await readlink(from)
    yield headerOf({ path, type: 'SymbolicLink', mode, size: 0, linkpath })
  } else yield* fileEntry({ path, from, mode, found })
}

interface FileEntry {
  readonly path: string
  readonly from: string
  readonly mode: number
  readonly found: BigIntStats
}

async function* fileEntry({ path, from, mode, found }: FileEntry): AsyncIterable<Uint8Array> {
  const size = Number(found.size)
  yield headerOf({ path, type: 'File', mode, size })
  let left = size
  const bytes = createReadStream(from, { highWaterMark: chunkBytes })
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    left -= chunk.byteLength
    yield chunk
  }
  if (left !== 0) throw new Error(`${from} changed while it was backed up`)
  yield Buffer.alloc(paddingOf(size))
}

interface HeaderFields {
  readonly path: string
  readonly type: 'File' | 'Directory' | 'SymbolicLink'
  readonly mode: number
  readonly size: number
  readonly linkpath?: string
}

/** With an extended header before it, where names or sizes do not fit into a plain one. Owners and times say nothing. */
function headerOf(fields: HeaderFields): Buffer {
  const header = new Header({ ...fields, uid: 0, gid: 0, mtime: new Date(0) })
  const block = Buffer.alloc(blockBytes)
  const isTooShort = header.encode(block)
  if (!isTooShort) return block
  const { path, linkpath, size } = fields
  const extension = new Pax({ path, size, ...(linkpath !== undefined && { linkpath }) }).encode()
  return Buffer.concat([extension, block])
}

const paddingOf = (size: number): number => (blockBytes - (size % blockBytes)) % blockBytes

const padded = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc(paddingOf(bytes.byteLength))])
