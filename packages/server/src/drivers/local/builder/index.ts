/**
 * The builder of this machine: unpacks an archive into `builds/<content hash>/`, from where games run. Whatever goes
 * wrong, and whenever the server is killed, a folder of that name is whole or not there.
 */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  type Builder,
  type Built,
  DriverError,
  type FolderArtifact,
} from '../../../domain/driver.ts'
import { archiveBytes } from '../../archive/archive-bytes.ts'
import { contentHash } from './content-hash.ts'
import { type UnpackLimits, defaultLimits, sizeText } from '../../archive/limits.ts'
import { refusal } from '../../archive/refusal.ts'
import { findStartCommand } from './start-command.ts'
import { type Tree, type TreeNode, filesOf } from './tree.ts'
import { unpack } from './unpack.ts'

export interface LocalBuilderOptions {
  /** Made where it is missing. */
  readonly buildsFolder: string
  /** Whether games run as other users than we. */
  readonly asRoot: boolean
  readonly limits?: Partial<UnpackLimits>
  /** Folders in which games find the machine's programs, joined by `:`. */
  readonly searchPath?: string
}

const temporary = '.tmp-'
const gamesPath = '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games'

/** Removes first what builds left behind that were killed. */
export function createLocalBuilder(options: LocalBuilderOptions): Builder<FolderArtifact> {
  const { buildsFolder, asRoot, searchPath = gamesPath } = options
  const limits = { ...defaultLimits, ...options.limits }
  mkdirSync(buildsFolder, { recursive: true, mode: 0o700 })
  const ready = removeLeftovers(buildsFolder)

  async function build({ archive, folder, say, signal }: Building): Promise<Built<FolderArtifact>> {
    say(`unpacking ${sizeText((await stat(archive)).size)}`)
    await mkdir(folder, { mode: 0o700 })
    const bytes = archiveBytes(archive, limits, signal)
    const tree = new Map<string, TreeNode>(await unpack({ bytes, folder, limits, say }))
    const sizeBytes = sizeOf(tree)
    say(`unpacked ${filesOf(tree).length} files, ${sizeText(sizeBytes)}`)
    const search = { tree, folder, say, asRoot, searchPath: searchPath.split(':') }
    const command = await findStartCommand(search)
    say(`start command: ${command}`)
    const hash = contentHash(tree)
    signal.throwIfAborted()
    if (!(await keep(folder, join(buildsFolder, hash))))
      say('it is the same as an earlier build, which is used')
    return { artifact: { kind: 'folder', contentHash: hash, command }, sizeBytes }
  }

  return {
    async build(archive, say, signal) {
      await ready
      const folder = temporaryIn(buildsFolder)
      try {
        return await build({ archive, folder, say, signal })
      } catch (error) {
        throw explained(error, signal)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    async artifacts() {
      await ready
      return (await readdir(buildsFolder)).filter(isHash)
    },
    async removeArtifact(hash) {
      await ready
      if (!isHash(hash)) return
      const folder = temporaryIn(buildsFolder)
      if (await moved(join(buildsFolder, hash), folder, ['ENOENT']))
        await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Building {
  readonly archive: string
  /** Where it is unpacked first. */
  readonly folder: string
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

const isHash = (name: string): boolean => /^[0-9a-f]{64}$/.test(name)

const temporaryIn = (folder: string): string => join(folder, `${temporary}${randomUUID()}`)

const sizeOf = (tree: Tree): number =>
  filesOf(tree).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)

/** What cannot be removed now is tried again by the next start. */
async function removeLeftovers(folder: string): Promise<void> {
  const there = await readdir(folder).catch(() => [])
  const names = there.filter((name) => name.startsWith(temporary))
  await Promise.allSettled(
    names.map((name) => rm(join(folder, name), { recursive: true, force: true })),
  )
}

/** Gives the folder its final name, with all its bytes on the disk; false where it is there already. */
async function keep(folder: string, final: string): Promise<boolean> {
  if (await exists(final)) return false
  await chmod(folder, 0o777)
  await flush(folder)
  return await moved(folder, final, ['ENOTEMPTY', 'EEXIST'])
}

async function exists(folder: string): Promise<boolean> {
  return await stat(folder).then(
    () => true,
    () => false,
  )
}

/** False when it fails with one of `codes`, which mean that somebody else was first. */
async function moved(from: string, to: string, codes: readonly string[]): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (codes.includes(codeOf(error) ?? '')) return false
    throw error
  }
}

/** One flush of the file system instead of one per file; where `sync` cannot do it, losing power may cost a new build. */
async function flush(folder: string): Promise<void> {
  await promisify(execFile)('sync', ['--file-system', folder]).catch(() => undefined)
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined

/** Errors of the machine, in words; a mistake of ours stays what it is. */
function explained(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof DriverError) return error
  if (signal.aborted)
    return refusal('the build was stopped before its end: create another build', error)
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return refusal('the disk is full: free some space, then create another build', error)
  const isMachine = error instanceof Error && 'syscall' in error
  return isMachine
    ? refusal(`the archive cannot be unpacked on this machine: ${error.message}`, error)
    : error
}
