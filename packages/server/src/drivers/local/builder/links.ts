/** Symbolic links inside a tree: where they lead, and that none leads out. */
import { entryRefusal, quoted } from '../../archive/refusal.ts'
import { type Tree, parentOf } from './tree.ts'

const mostLinks = 40

/** The path that `path` is in the end, through all links; what is not there counts as a folder. Refuses a way out. */
export function realPath(tree: Tree, path: string): string {
  const pending = path.split('/')
  const at: string[] = []
  let followed = 0
  for (let part = pending.shift(); part !== undefined; part = pending.shift()) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (at.pop() === undefined) throw new LeavesTree()
      continue
    }
    at.push(part)
    const node = tree.get(at.join('/'))
    if (node?.kind !== 'link') continue
    followed += 1
    if (node.target.startsWith('/') || followed > mostLinks) throw new LeavesTree()
    at.pop()
    pending.unshift(...node.target.split('/'))
  }
  return at.join('/')
}

class LeavesTree extends Error {}

/** Refuses a link that leads out of the tree, by itself or through other links, whether something is there or not. */
export function assertStaysInside(tree: Tree, path: string, target: string): void {
  if (target === '' || target.includes('\0'))
    throw entryRefusal(path, 'is a symbolic link to nothing')
  if (target.startsWith('/')) {
    throw entryRefusal(
      path,
      `leaves the archive: it is a symbolic link to the absolute path ${quoted(target)}; links must be relative`,
    )
  }
  try {
    realPath(tree, `${parentOf(path)}/${target}`)
  } catch (error) {
    if (!(error instanceof LeavesTree)) throw error
    throw entryRefusal(
      path,
      `leaves the archive, or leads in a circle: it is a symbolic link to ${quoted(target)}`,
    )
  }
}
