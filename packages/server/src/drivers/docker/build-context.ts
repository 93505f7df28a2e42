/**
 * What an engine builds from: the entries of an archive, checked as those of every archive, without what its
 * .dockerignore leaves out, as a plain tar that is made while it is read.
 */
import { Readable } from 'node:stream'
import { Header, Pax } from 'tar'
import { archiveBytes } from '../archive/archive-bytes.ts'
import { entryPath, hardLinkTarget } from '../archive/entry-path.ts'
import { limited } from '../archive/limited-entries.ts'
import { type UnpackLimits, defaultLimits } from '../archive/limits.ts'
import { listed, nothingToBuild, quoted } from '../archive/refusal.ts'
import { type TarEntry, tarEntries } from '../archive/tar-entries.ts'
import { type IgnoreRule, ignoreRules } from './ignore-rules.ts'

export interface BuildContext {
  /** Can be read once. */
  readonly bytes: Readable
}

export interface ContextOptions {
  readonly archive: string
  readonly say: (line: string) => void
  readonly signal: AbortSignal
  readonly limits?: UnpackLimits
}

/** Reads the archive once to know it. Refuses one without a Dockerfile with `nothingToBuild`. */
export async function buildContext(options: ContextOptions): Promise<BuildContext> {
  const { names, ignored } = await survey(options)
  if (!names.has('Dockerfile')) throw noDockerfile([...names])
  const isLeftOut: IgnoreRule = (path) => !alwaysSent.has(path) && ignored(path)
  return { bytes: Readable.from(tarOf(options, isLeftOut), { objectMode: false }) }
}

/** The engine needs them, whatever they say of themselves. */
const alwaysSent: ReadonlySet<string> = new Set(['Dockerfile', '.dockerignore'])

const mostIgnoreBytes = 1_048_576

async function survey(
  options: ContextOptions,
): Promise<{ names: ReadonlySet<string>; ignored: IgnoreRule }> {
  const names = new Set<string>()
  let ignored: IgnoreRule = () => false
  for await (const { entry, path } of entriesOf(options)) {
    const [first = ''] = path.split('/')
    if (first !== '') names.add(first === path && entry.kind !== 'folder' ? first : `${first}/`)
    if (path !== '.dockerignore' || entry.kind !== 'file') continue
    ignored = ignoreRules(await textOf(entry))
  }
  return { names, ignored }
}

async function textOf({ body }: TarEntry): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size <= mostIgnoreBytes) chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

interface PlacedEntry {
  readonly entry: TarEntry
  /** Clean, below the root; empty for the root itself. */
  readonly path: string
}

async function* entriesOf({
  archive,
  say,
  signal,
  limits = defaultLimits,
}: ContextOptions): AsyncIterable<PlacedEntry> {
  const bytes = archiveBytes(archive, limits, signal)
  for await (const entry of limited(tarEntries(bytes), limits, say)) {
    yield { entry, path: entryPath(entry.name, limits.mostDepth) }
  }
}

const blockBytes = 512

async function* tarOf(options: ContextOptions, isLeftOut: IgnoreRule): AsyncIterable<Uint8Array> {
  const quiet = { ...options, say: () => undefined }
  for await (const { entry, path } of entriesOf(quiet)) {
    if (path === '' || isLeftOut(path)) continue
    yield headerOf(entry, path, options.limits ?? defaultLimits)
    if (entry.kind !== 'file') continue
    yield* entry.body
    yield Buffer.alloc((blockBytes - (entry.sizeBytes % blockBytes)) % blockBytes)
  }
  yield Buffer.alloc(2 * blockBytes)
}

const types = {
  file: 'File',
  folder: 'Directory',
  'symbolic link': 'SymbolicLink',
  'hard link': 'Link',
} as const satisfies Record<TarEntry['kind'], string>

/** Without times and owners: what is the same gives the same layers. */
function headerOf(entry: TarEntry, path: string, { mostDepth }: UnpackLimits): Buffer {
  const { kind, mode, sizeBytes: size, target } = entry
  const linkpath = kind === 'hard link' ? hardLinkTarget(entry.name, target, mostDepth) : target
  const fields = {
    ...{ path: kind === 'folder' ? `${path}/` : path, type: types[kind], size },
    ...{ mode: mode & 0o777, uid: 0, gid: 0, mtime: new Date(0) },
    ...(linkpath !== '' && { linkpath }),
  }
  const header = new Header(fields)
  const block = Buffer.alloc(blockBytes)
  if (!header.encode(block, 0)) return block
  return Buffer.concat([new Pax(fields).encode(), block])
}

function noDockerfile(names: readonly string[]): Error {
  const [first = ''] = names
  const way =
    names.length === 1 && first.endsWith('/')
      ? `everything is below ${quoted(first)}: pack what is in that folder, not the folder`
      : 'add a file "Dockerfile" that makes an image of the game server'
  const found = names.length === 0 ? 'it is empty' : `at its root: ${listed(names.toSorted())}`
  return nothingToBuild(`the archive has no Dockerfile; ${found}; ${way}`)
}
