/**
 * The entries of a tar, one after the other, strictly: what other readers pass over with a warning is refused here,
 * so that nothing unpacks to something else than its maker saw.
 */
import { Header } from 'tar'
import { type ByteReader, createByteReader } from './byte-reader.ts'
import { parsePax } from './pax.ts'
import { entryRefusal, refusal } from './refusal.ts'

export interface TarEntry {
  /** As it stands in the archive. */
  readonly name: string
  readonly kind: 'file' | 'folder' | 'symbolic link' | 'hard link'
  /** Of files; 0 else. */
  readonly sizeBytes: number
  readonly mode: number
  /** Where a link leads. */
  readonly target: string
  /** Must be read before the next entry is asked for, or is left out. */
  readonly body: AsyncIterable<Buffer>
}

const blockBytes = 512
const mostMetaBytes = 1_048_576

const kinds: Readonly<Record<string, TarEntry['kind']>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'folder',
  Link: 'hard link',
  SymbolicLink: 'symbolic link',
}

const refusedKinds: Readonly<Record<string, string>> = {
  CharacterDevice: 'is a device',
  BlockDevice: 'is a device',
  FIFO: 'is a named pipe',
}

export async function* tarEntries(bytes: AsyncIterable<Buffer>): AsyncIterable<TarEntry> {
  const reader = createByteReader(bytes)
  let extended: Extended = {}
  for (;;) {
    const header = await readHeader(reader)
    if (header === undefined) break
    const more = await readExtension(reader, header, extended)
    if (more !== undefined) {
      extended = more
      continue
    }
    const entry = entryOf(header, extended)
    extended = {}
    const rest = { left: entry.sizeBytes }
    yield { ...entry, body: bodyOf(reader, entry, rest) }
    for await (const _ of reader.pass(rest.left));
    await reader.take(paddingOf(entry.sizeBytes))
  }
  await reader.drain()
}

/** What headers of their own say about the entry after them. */
interface Extended {
  readonly path?: string
  readonly linkpath?: string
  readonly size?: number
}

/** Undefined at the end of the archive. */
async function readHeader(reader: ByteReader): Promise<Header | undefined> {
  const block = await reader.take(blockBytes)
  if (block.byteLength === 0) return undefined
  if (block.byteLength < blockBytes) throw cutOff()
  const header = decode(block)
  if (header.nullBlock) return undefined
  if (!header.cksumValid)
    throw refusal('the archive is damaged, or is no tar: a header has a wrong checksum')
  return header
}

function decode(block: Buffer): Header {
  try {
    return new Header(block)
  } catch (cause) {
    throw refusal('the archive is damaged: a header has a number that is out of range', cause)
  }
}

const cutOff = (): Error =>
  refusal('the archive is cut off: its tar ends in the middle of an entry')

const paddingOf = (size: number): number => (blockBytes - (size % blockBytes)) % blockBytes

/** Headers that say more about the entry after them: what they add. */
const extensions: Readonly<Record<string, (meta: Buffer) => Extended>> = {
  ExtendedHeader: (meta) => fieldsOf(parsePax(meta)),
  OldExtendedHeader: (meta) => fieldsOf(parsePax(meta)),
  GlobalExtendedHeader: (meta) => assertHarmless(parsePax(meta)),
  NextFileHasLongPath: (meta) => ({ path: untilNul(meta) }),
  OldGnuLongPath: (meta) => ({ path: untilNul(meta) }),
  NextFileHasLongLinkpath: (meta) => ({ linkpath: untilNul(meta) }),
}

/** The extension with what this header adds; undefined when it is a header of an entry. */
async function readExtension(
  reader: ByteReader,
  header: Header,
  extended: Extended,
): Promise<Extended | undefined> {
  const parse = extensions[header.type]
  return parse && { ...extended, ...parse(await readMeta(reader, header)) }
}

async function readMeta(reader: ByteReader, header: Header): Promise<Buffer> {
  const size = header.size ?? 0
  if (size > mostMetaBytes)
    throw refusal(`the archive has a header of ${size} bytes, at most ${mostMetaBytes} are allowed`)
  const bytes = await reader.take(size)
  if (bytes.byteLength < size) throw cutOff()
  await reader.take(paddingOf(size))
  return bytes
}

const untilNul = (bytes: Buffer): string => bytes.toString('utf8').replace(/\0.*$/s, '')

function fieldsOf(records: ReadonlyMap<string, string>): Extended {
  for (const name of records.keys()) {
    if (name.startsWith('GNU.sparse.'))
      throw sparse(records.get('GNU.sparse.name') ?? records.get('path') ?? 'of this archive')
  }
  const path = records.get('path')
  const linkpath = records.get('linkpath')
  const size = records.get('size')
  if (size !== undefined && !/^\d{1,15}$/.test(size))
    throw refusal(`the archive is damaged: ${JSON.stringify(size)} is no size`)
  return {
    ...(path !== undefined && { path }),
    ...(linkpath !== undefined && { linkpath }),
    ...(size !== undefined && { size: Number(size) }),
  }
}

const sparse = (name: string): Error =>
  entryRefusal(name, 'is stored as a sparse file: pack without "--sparse"')

/** Such headers hold comments, of git for one; what would change all entries is refused. */
function assertHarmless(records: ReadonlyMap<string, string>): Extended {
  for (const name of ['path', 'linkpath', 'size']) {
    if (records.has(name))
      throw refusal(`the archive sets "${name}" for all its entries, which is not allowed`)
  }
  return {}
}

function entryOf(header: Header, extended: Extended): Omit<TarEntry, 'body'> {
  const name = extended.path ?? header.path ?? ''
  const kind = name.endsWith('/') && kinds[header.type] === 'file' ? 'folder' : kinds[header.type]
  if (kind === undefined) throw refusedKind(name, header.type)
  const sizeBytes = kind === 'file' ? (extended.size ?? header.size) : 0
  if (sizeBytes === undefined)
    throw entryRefusal(name, 'has a size that is no number: the archive is damaged')
  const target = extended.linkpath ?? header.linkpath ?? ''
  return { name, kind, sizeBytes, mode: header.mode ?? 0, target }
}

function refusedKind(name: string, type: string): Error {
  if (type === 'SparseFile') return sparse(name)
  return entryRefusal(
    name,
    `${refusedKinds[type] ?? 'is of a kind that is not known'}: only files, folders and links are allowed`,
  )
}

async function* bodyOf(
  reader: ByteReader,
  { name, sizeBytes }: Pick<TarEntry, 'name' | 'sizeBytes'>,
  rest: { left: number },
): AsyncIterable<Buffer> {
  for await (const chunk of reader.pass(sizeBytes)) {
    rest.left -= chunk.byteLength
    yield chunk
  }
  if (rest.left > 0) throw entryRefusal(name, 'is not complete: the archive is cut off')
}
