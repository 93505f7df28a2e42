/**
 * The name of what an archive holds: a SHA-256 over paths, kinds, modes, bytes and links, in the order of the paths.
 * Not over the archive itself: packing the same files again gives other bytes (times, order, compression), but the
 * same server, which is kept once.
 */
import { createHash } from 'node:crypto'
import type { Tree, TreeNode } from './tree.ts'

export function contentHash(tree: Tree): string {
  const hash = createHash('sha256')
  for (const path of [...tree.keys()].toSorted())
    hash.update(`${path}\0${described(tree.get(path))}\0`)
  return hash.digest('hex')
}

function described(node: TreeNode | undefined): string {
  if (node?.kind === 'file') return `${node.executable ? 'program' : 'file'} ${node.sha256}`
  return node?.kind === 'link' ? `link ${node.target}` : 'folder'
}
