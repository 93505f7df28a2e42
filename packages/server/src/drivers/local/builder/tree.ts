/** What an archive holds, by path. While it is unpacked, the rules of what may replace what stand here. */
import { entryRefusal, quoted } from '../../archive/refusal.ts'

export type TreeNode = FolderNode | FileNode | LinkNode

export interface FolderNode {
  readonly kind: 'folder'
}

export interface FileNode {
  readonly kind: 'file'
  readonly executable: boolean
  /** As it stood in the archive. */
  readonly mode: number
  readonly sizeBytes: number
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string
}

export interface LinkNode {
  readonly kind: 'link'
  readonly target: string
}

/** Paths are relative and normal: `bin/server`. The root is not in it. */
export type Tree = ReadonlyMap<string, TreeNode>

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/**
 * Folders above `path` that are not in the tree yet, the highest first. Refuses an entry that lies below something
 * that is no folder: written through a link, it would land elsewhere.
 */
export function missingFolders(tree: Tree, path: string): string[] {
  const missing: string[] = []
  for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) {
    const node = tree.get(folder)
    if (node?.kind === 'folder') break
    if (node !== undefined) {
      const kind = node.kind === 'link' ? 'a symbolic link' : 'a file'
      throw entryRefusal(path, `lies below ${quoted(folder)}, which is ${kind} of the same archive`)
    }
    missing.unshift(folder)
  }
  return missing
}

/** A later file or link takes the place of an earlier one, as tar does; folders and files never replace each other. */
export function assertMayReplace(tree: Tree, path: string, kind: TreeNode['kind']): void {
  const node = tree.get(path)
  if (node === undefined || (node.kind === 'folder') === (kind === 'folder')) return
  throw entryRefusal(
    path,
    node.kind === 'folder'
      ? 'is a folder earlier in the archive'
      : 'is no folder earlier in the archive',
  )
}

export const filesOf = (tree: Tree): FileNode[] =>
  [...tree.values()].filter((node) => node.kind === 'file')
