/**
 * Unpacks an archive into an empty folder that only we can reach. Symbolic links are made last, when everything
 * else is there: whatever an archive says, no byte is ever written through one.
 */
import { createHash } from 'node:crypto'
import { chmod, link, mkdir, open, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { entryPath, hardLinkTarget } from './entry-path.ts'
import { type UnpackLimits, sizeText } from './limits.ts'
import { assertStaysInside } from './links.ts'
import { entryRefusal, quoted, refusal } from './refusal.ts'
import { type TarEntry, tarEntries } from './tar-entries.ts'
import {
  type FileNode,
  type Tree,
  type TreeNode,
  assertMayReplace,
  missingFolders,
} from './tree.ts'

export interface Unpacking {
  readonly bytes: AsyncIterable<Buffer>
  /** Empty, and closed to everybody else. */
  readonly folder: string
  readonly limits: UnpackLimits
  readonly say: (line: string) => void
}

/** Says how far it is each time this much more was written. */
const sayEveryBytes = 512 * 1_048_576
/** Of all names together: they are kept in memory. */
const mostNameLength = 64 * 1_048_576

/** Modes are 0755 for folders and executable files and 0644 for others; owner is the server's user. */
export async function unpack({ bytes, folder, limits, say }: Unpacking): Promise<Tree> {
  const tree = new Map<string, TreeNode>()
  const target: Target = { tree, folder, limits }
  let entries = 0
  let written = 0
  let nameLength = 0
  for await (const entry of tarEntries(bytes)) {
    entries += 1
    nameLength += entry.name.length + entry.target.length
    if (entries > limits.mostEntries) throw tooMany(limits)
    if (nameLength > mostNameLength) throw refusal('the archive has too many long names')
    const before = written
    written += entry.sizeBytes
    if (written > limits.mostBytes) {
      throw entryRefusal(
        entry.name,
        `makes the archive larger than ${sizeText(limits.mostBytes)} unpacked, which is the most`,
      )
    }
    await add(target, entry)
    if (Math.floor(written / sayEveryBytes) > Math.floor(before / sayEveryBytes))
      say(`unpacked ${sizeText(written)} so far`)
  }
  if (tree.size === 0) throw refusal('the archive is empty')
  await makeLinks(target)
  return tree
}

const tooMany = ({ mostEntries }: UnpackLimits): Error =>
  refusal(`the archive has more than ${mostEntries} entries, which is the most`)

interface Target {
  readonly tree: Map<string, TreeNode>
  readonly folder: string
  readonly limits: UnpackLimits
}

async function add(target: Target, entry: TarEntry): Promise<void> {
  const path = entryPath(entry.name, target.limits.mostDepth)
  if (path === '') {
    if (entry.kind === 'folder') return
    throw entryRefusal(entry.name, 'has no name')
  }
  try {
    await addAt(target, path, entry)
  } catch (error) {
    throw tooLong(error)
      ? entryRefusal(entry.name, 'has a name that is too long for this machine')
      : error
  }
}

const tooLong = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENAMETOOLONG'

async function addAt(target: Target, path: string, entry: TarEntry): Promise<void> {
  const { tree } = target
  for (const missing of missingFolders(tree, path)) await addFolder(target, missing)
  if (entry.kind === 'folder') {
    assertMayReplace(tree, path, 'folder')
    if (!tree.has(path)) await addFolder(target, path)
    return
  }
  assertMayReplace(tree, path, 'file')
  tree.set(path, await nodeOf(target, path, entry))
}

async function nodeOf(target: Target, path: string, entry: TarEntry): Promise<TreeNode> {
  if (entry.kind === 'hard link') return await addHardLink(target, path, entry)
  await clear(target, path)
  return entry.kind === 'symbolic link'
    ? { kind: 'link', target: entry.target }
    : await writeFile(target, path, entry)
}

/** What is there is removed, not written over: it may be a hard link's other name. */
async function clear({ tree, folder }: Target, path: string): Promise<void> {
  if (tree.get(path)?.kind === 'file') await rm(join(folder, path))
}

/** Those that only follow from a path count as entries too. */
async function addFolder({ tree, folder, limits }: Target, path: string): Promise<void> {
  if (tree.size >= limits.mostEntries) throw tooMany(limits)
  await mkdir(join(folder, path))
  await chmod(join(folder, path), 0o755)
  tree.set(path, { kind: 'folder' })
}

async function writeFile(
  { folder }: Target,
  path: string,
  { body, mode, sizeBytes }: TarEntry,
): Promise<FileNode> {
  const executable = (mode & 0o111) !== 0
  const hash = createHash('sha256')
  await using file = await open(join(folder, path), 'wx')
  for await (const chunk of body) {
    hash.update(chunk)
    await file.writeFile(chunk)
  }
  await file.chmod(executable ? 0o755 : 0o644)
  return { kind: 'file', executable, mode, sizeBytes, sha256: hash.digest('hex') }
}

async function addHardLink(target: Target, path: string, entry: TarEntry): Promise<TreeNode> {
  const other = hardLinkTarget(entry.name, entry.target, target.limits.mostDepth)
  const node = target.tree.get(other)
  if (node === undefined || node.kind === 'folder') {
    throw entryRefusal(
      entry.name,
      `is a hard link to ${quoted(entry.target)}, which is no file of the archive before it`,
    )
  }
  if (other === path) return node
  await clear(target, path)
  if (node.kind === 'link') return node
  await link(join(target.folder, other), join(target.folder, path))
  return { ...node, sizeBytes: 0 }
}

async function makeLinks({ tree, folder }: Target): Promise<void> {
  for (const [path, node] of tree) {
    if (node.kind !== 'link') continue
    assertStaysInside(tree, path, node.target)
    await symlink(node.target, join(folder, path))
  }
}
