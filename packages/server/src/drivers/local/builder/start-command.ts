/** Finds the command that starts the game server, and refuses one that could never start here. */
import { constants } from 'node:fs'
import { access, chmod, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { realPath } from './links.ts'
import { firstProgram, serverCommand } from './procfile.ts'
import { programKind } from './program-kind.ts'
import { listed, nothingToBuild, quoted, refusal } from '../../archive/refusal.ts'
import { type FileNode, type Tree, type TreeNode, filesOf } from './tree.ts'

export interface StartCommandSearch {
  /** Marks a program as executable where its archive could not. */
  readonly tree: Map<string, TreeNode>
  /** Where the tree is unpacked. */
  readonly folder: string
  /** Folders of the machine in which games find their programs. */
  readonly searchPath: readonly string[]
  /** Games run as somebody else than we: a program must be executable by everybody. */
  readonly asRoot: boolean
  readonly say: (line: string) => void
}

const mostProcfileBytes = 65_536
const magicBytes = 256

export async function findStartCommand(search: StartCommandSearch): Promise<string> {
  const { tree, folder } = search
  const procfile = lookUp(tree, 'Procfile')
  if (procfile === undefined) throw noProcfile(tree)
  const command = serverCommand(
    (await readStart(join(folder, procfile.path), mostProcfileBytes)).toString('utf8'),
  )
  const program = firstProgram(command)
  if (program === undefined) return command
  if (program.startsWith('/')) await assertOnMachine(search, program)
  else if (program.includes('/')) await assertInTree(search, program)
  else await assertOnPath(search, program)
  return command
}

/** The file that a path leads to, through links. */
function lookUp(tree: Tree, path: string): { path: string; node: FileNode } | undefined {
  const real = realPath(tree, path)
  const node = tree.get(real)
  return node?.kind === 'file' ? { path: real, node } : undefined
}

async function readStart(file: string, mostBytes: number): Promise<Buffer> {
  await using handle = await open(file)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(mostBytes), 0, mostBytes, 0)
  return buffer.subarray(0, bytesRead)
}

function noProcfile(tree: Tree): Error {
  const names = [...tree]
    .filter(([path]) => !path.includes('/'))
    .map(([path, node]) => (node.kind === 'folder' ? `${path}/` : path))
  const [first = ''] = names
  const parts = [
    `the archive has no Procfile; at its root: ${listed(names.toSorted())}`,
    wayOut(tree, names, first),
  ]
  if (tree.get('Dockerfile')?.kind === 'file')
    parts.push('its Dockerfile needs a region with Docker')
  return nothingToBuild(parts.join('; '))
}

function wayOut(tree: Tree, names: readonly string[], first: string): string {
  const similar = names.find((name) => /^procfile(\.\w+)?$/i.test(name))
  if (similar !== undefined) return `rename ${quoted(similar)} to "Procfile"`
  if (names.length === 1 && first.endsWith('/')) {
    const there = tree.has(`${first}Procfile`) ? ', its Procfile too' : ''
    return `everything is below ${quoted(first)}${there}: pack what is in that folder, not the folder`
  }
  return 'add a file "Procfile" with the line "server: COMMAND", the command that starts the game server'
}

async function assertInTree(search: StartCommandSearch, program: string): Promise<void> {
  const { tree, folder } = search
  const found = fileOf(tree, program)
  const kind = programKind(await readStart(join(folder, found.path), magicBytes))
  if (kind.kind === 'foreign') throw refusal(`the start command ${quoted(program)} ${kind.reason}`)
  if (kind.kind === 'script') await assertInterpreter(search, program, kind.interpreter)
  if (!found.node.executable) await makeExecutable(search, program, found)
}

function fileOf(tree: Tree, program: string): { path: string; node: FileNode } {
  const found = insideOnly(() => lookUp(tree, program), program)
  if (found !== undefined) return found
  if (tree.get(realPath(tree, program))?.kind === 'folder')
    throw refusal(`the start command ${quoted(program)} is a folder`)
  throw refusal(
    `the start command ${quoted(program)} is not in the archive${suggestion(tree, program)}`,
  )
}

function insideOnly<T>(find: () => T, program: string): T {
  try {
    return find()
  } catch (cause) {
    throw refusal(
      `the start command ${quoted(program)} is outside of the archive: it must be a path below its root`,
      cause,
    )
  }
}

/** Files of that name elsewhere, however its letters are written. */
function suggestion(tree: Tree, program: string): string {
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const wanted = nameOf(program)
  const same = [...tree].filter(([path, { kind }]) => kind === 'file' && nameOf(path) === wanted)
  if (same.length > 0)
    return `, which has ${listed(
      same.map(([path]) => `./${path}`),
      3,
    )}`
  return ': build the server before packing, and look whether the file is left out by an ignore file'
}

/** Windows keeps no such mode: an archive that was packed there has it for no file, and cannot. */
const packedOnWindows = (tree: Tree): boolean =>
  filesOf(tree).every(({ mode }) => [0o666, 0o444].includes(mode & 0o777))

async function makeExecutable(
  search: StartCommandSearch,
  program: string,
  found: { path: string; node: FileNode },
): Promise<void> {
  const { tree, folder, say } = search
  if (!packedOnWindows(tree)) {
    throw refusal(
      `the start command ${quoted(program)} is not executable: run "chmod +x ${found.path}" before packing`,
    )
  }
  say(
    `warning: ${quoted(program)} is not executable, as always when packed on Windows: it is made so`,
  )
  await chmod(join(folder, found.path), 0o777)
  tree.set(found.path, { ...found.node, executable: true })
}

async function assertInterpreter(
  search: StartCommandSearch,
  program: string,
  interpreter: string,
): Promise<void> {
  if (!interpreter.startsWith('/') || (await isProgram(search, interpreter))) return
  throw refusal(
    `the start command ${quoted(program)} needs ${quoted(interpreter)} (its first line), which is not on this machine: install it`,
  )
}

async function assertOnMachine(search: StartCommandSearch, program: string): Promise<void> {
  if (await isProgram(search, program)) return
  throw refusal(
    `the start command ${quoted(program)} is no program of this machine: install it, or name one of the archive, as "./server"`,
  )
}

async function assertOnPath(search: StartCommandSearch, program: string): Promise<void> {
  for (const folder of search.searchPath) if (await isProgram(search, join(folder, program))) return
  const way = search.tree.has(program)
    ? `to start the archive's own, write ${quoted(`./${program}`)}`
    : 'install it, or start a file of the archive, as "./server"'
  throw refusal(
    `the start command ${quoted(program)} is not found in ${search.searchPath.join(':')}: ${way}`,
  )
}

async function isProgram({ asRoot }: StartCommandSearch, file: string): Promise<boolean> {
  try {
    const found = await stat(file)
    if (!found.isFile()) return false
    if (asRoot) return (found.mode & 0o001) !== 0
    await access(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
