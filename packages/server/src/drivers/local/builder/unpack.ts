/**
 * Unpacks an archive into an empty folder that only we can reach. Symbolic links are made last, when everything
 * else is there: whatever an archive says, no byte is ever written through one.
 */
import { entryPath, hardLinkTarget } from '../../archive/entry-path.ts'
import { limited, tooMany } from '../../archive/limited-entries.ts'
import type { UnpackLimits } from '../../archive/limits.ts'
import { assertStaysInside } from './links.ts'
import { entryRefusal, quoted, refusal } from '../../archive/refusal.ts'
import { type TarEntry, tarEntries } from '../../archive/tar-entries.ts'
import { type TreeWriter, createTreeWriter } from './tree-writer.ts'
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

/** Of a symbolic link, as Linux has it. */
const longestTarget = 4_095

/** Modes are 0755 for folders and executable files and 0644 for others; owner is the server's user. */
export async function unpack({ bytes, folder, limits, say }: Unpacking): Promise<Tree> {
  const unpacker = createUnpacker(folder, limits)
  for await (const entry of limited(tarEntries(bytes), limits, say)) await unpacker.add(entry)
  const tree = await unpacker.finish()
  if (tree.size === 0) throw refusal('the archive is empty')
  return tree
}

/** Puts entries below an empty folder that only we can reach. */
export interface Unpacker {
  add(entry: TarEntry): Promise<void>
  /** Makes the links, and answers what is there then. */
  finish(): Promise<Tree>
}

export function createUnpacker(folder: string, limits: UnpackLimits): Unpacker {
  const target: Target = { tree: new Map(), writer: createTreeWriter(folder), limits }
  return {
    add: (entry) => add(target, entry),
    async finish() {
      await makeLinks(target)
      return target.tree
    },
  }
}

interface Target {
  readonly tree: Map<string, TreeNode>
  readonly writer: TreeWriter
  readonly limits: UnpackLimits
}

async function add(target: Target, entry: TarEntry): Promise<void> {
  const path = entryPath(entry.name, target.limits.mostDepth)
  if (path === '') {
    if (entry.kind === 'folder') return
    throw entryRefusal(entry.name, 'has no name')
  }
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
  if (entry.kind === 'file') {
    await clear(target, path)
    return await addFile(target, path, entry)
  }
  if (Buffer.byteLength(entry.target) > longestTarget) {
    throw entryRefusal(entry.name, `is a symbolic link to more than ${longestTarget} bytes`)
  }
  await clear(target, path)
  return { kind: 'link', target: entry.target }
}

/** What is there is removed, not written over: it may be a hard link's other name. */
async function clear({ tree, writer }: Target, path: string): Promise<void> {
  if (tree.get(path)?.kind === 'file') await writer.remove(path)
}

/** Those that only follow from a path count as entries too. */
async function addFolder({ tree, writer, limits }: Target, path: string): Promise<void> {
  if (tree.size >= limits.mostEntries) throw tooMany(limits)
  await writer.folder(path)
  tree.set(path, { kind: 'folder' })
}

async function addFile({ writer }: Target, path: string, entry: TarEntry): Promise<FileNode> {
  const { body, mode, sizeBytes } = entry
  const executable = (mode & 0o111) !== 0
  const sha256 = await writer.file(path, body, executable)
  return { kind: 'file', executable, mode, sizeBytes, sha256 }
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
  await target.writer.hardLink(other, path)
  return { ...node, sizeBytes: 0 }
}

async function makeLinks({ tree, writer }: Target): Promise<void> {
  for (const [path, node] of tree) {
    if (node.kind !== 'link') continue
    assertStaysInside(tree, path, node.target)
    await writer.symbolicLink(node.target, path)
  }
}
