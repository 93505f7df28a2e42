/** The folder that holds everything the server remembers: its places, its secrets, and who uses it now. */
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { HatcheryError } from '@hatchery/contract'

/** What `installation.json` says; `running` is current only while the database is locked. */
export interface Installation {
  readonly installationId: string
  readonly running: {
    readonly pid: number
    readonly startedAt: string
    readonly address: string
  } | null
}

export interface DataFolder {
  readonly root: string
  readonly database: string
  readonly metricsDatabase: string
  readonly logs: string
  readonly uploads: string
  readonly builds: string
  /** What is noted of containers. */
  readonly containers: string
  /** What nodes were, for the time when the settings do not name them any more. */
  readonly nodesFile: string
  readonly tokenFile: string
  readonly uploadKeyFile: string
  /** Signs upload URLs and, by a key derived from it, the tokens of game servers; made once. */
  readonly uploadKey: Uint8Array
  readToken(): string | undefined
  writeToken(secret: string): void
  readInstallation(): Installation | undefined
  /** On a full disk it stays as it was: the database knows better, and a server must start and end there too. */
  writeInstallation(installation: Installation): void
}

/** Makes what is missing, closed to everybody else. Throws `unavailable` where it cannot be used. */
export function openDataFolder(root: string): DataFolder {
  prepare(root)
  const path = (name: string): string => join(root, name)
  const installationFile = path('installation.json')
  return {
    root,
    database: path('hatchery.db'),
    metricsDatabase: path('metrics.db'),
    logs: folder(path('logs')),
    uploads: folder(path('uploads')),
    builds: folder(path('builds')),
    containers: path('containers'),
    nodesFile: path('nodes.json'),
    tokenFile: path('token'),
    uploadKeyFile: path('upload-key'),
    uploadKey: readOrMake(path('upload-key'), () => randomBytes(32)),
    readToken: () =>
      existsSync(path('token')) ? readFileSync(path('token'), 'utf8').trim() : undefined,
    writeToken: (secret) => replace(path('token'), `${secret}\n`),
    readInstallation: () => readInstallation(root),
    writeInstallation: (installation) =>
      replaceWithRoom(installationFile, `${JSON.stringify(installation, null, 2)}\n`),
  }
}

/** Who uses the folder, as far as is written; undefined when nothing is or it cannot be read. */
export function readInstallation(root: string): Installation | undefined {
  try {
    return JSON.parse(readFileSync(join(root, 'installation.json'), 'utf8')) as Installation
  } catch {
    return undefined
  }
}

function prepare(root: string): void {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 })
    chmodSync(root, 0o700)
    if (!existsSync(join(root, '.gitignore'))) writeFileSync(join(root, '.gitignore'), '*\n')
  } catch (cause) {
    throw new HatcheryError(
      'unavailable',
      `the data folder ${root} cannot be written: ${(cause as Error).message}`,
      { cause },
    )
  }
  const network = networkFileSystems.get(statfsSync(root).type)
  if (network === undefined) return
  throw new HatcheryError(
    'unavailable',
    `the data folder ${root} is on ${network}: choose a folder on a disk of this machine`,
  )
}

/** File systems whose locks and flushes do not hold what the store needs; numbers of statfs(2). */
const networkFileSystems = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x00c36400, 'Ceph'],
])

function folder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  return path
}

function readOrMake(file: string, make: () => Uint8Array): Uint8Array {
  if (!existsSync(file)) replace(file, make())
  return readFileSync(file)
}

/** As `replace`; on a full disk it stays as it was: a server must start and end there too. */
export function replaceWithRoom(file: string, content: string): void {
  try {
    replace(file, content)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    rmSync(`${file}.new`, { force: true })
  }
}

/** Whole or not at all, whenever the program is killed. */
function replace(file: string, content: string | Uint8Array): void {
  const next = `${file}.new`
  writeFileSync(next, content, { mode: 0o600, flush: true })
  renameSync(next, file)
}
