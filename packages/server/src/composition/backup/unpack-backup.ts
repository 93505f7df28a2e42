/** Reads a backup into a folder, and holds everything in it against what its manifest says. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { HatcheryError } from '@hatchery/contract'
import { DriverError } from '../../domain/driver.ts'
import { contentHash } from '../../drivers/local/builder/content-hash.ts'
import { defaultLimits } from '../../drivers/archive/limits.ts'
import { type TarEntry, tarEntries } from '../../drivers/archive/tar-entries.ts'
import { type Unpacker, createUnpacker } from '../../drivers/local/builder/unpack.ts'
import { damageOf, knownSchemas } from '../../stores/database-facts.ts'
import { type Manifest, backedUpFiles, manifestName, parseManifest } from './manifest.ts'

/** `folder` is there, empty and closed to others. Refuses with `invalid`, naming the file, what is not whole or not for us. */
export async function unpackBackup(archive: string, folder: string): Promise<Manifest> {
  try {
    return await unpack(archive, folder)
  } catch (error) {
    if (error instanceof DriverError || error instanceof Refused)
      throw new HatcheryError('invalid', `${archive} cannot be restored: ${error.message}`, {
        cause: error,
      })
    throw isFileError(error, archive)
      ? new HatcheryError('not-found', `${archive} cannot be read: ${error.message}`)
      : error
  }
}

class Refused extends Error {}

const isFileError = (error: unknown, archive: string): error is Error =>
  error instanceof Error && 'path' in error && error.path === archive

async function unpack(archive: string, folder: string): Promise<Manifest> {
  const bytes = createReadStream(archive, { highWaterMark: 1_048_576 })
  let manifest: Manifest | undefined
  const found = new Map<string, string>()
  const builds = createBuilds(folder)
  for await (const entry of tarEntries(bytes as AsyncIterable<Buffer>)) {
    if (manifest === undefined) manifest = await readManifest(entry)
    else if (isBackedUp(entry.name)) found.set(entry.name, await writeFile(folder, entry))
    else await builds.add(entry)
  }
  await builds.finish()
  if (manifest === undefined) throw new Refused('it is empty')
  assertWhole({ manifest, found, built: builds.hashes, folder })
  return manifest
}

const isBackedUp = (name: string): boolean => (backedUpFiles as readonly string[]).includes(name)

/** More than any manifest has: the hashes of a hundred thousand builds. */
const longestManifest = 10_000_000

async function readManifest({ name, sizeBytes, body }: TarEntry): Promise<Manifest> {
  if (name !== manifestName || sizeBytes > longestManifest)
    throw new Refused('it is no backup of Hatchery')
  const manifest = parseManifest(await textOf(body))
  if (manifest === undefined) throw new Refused('its manifest cannot be read')
  if (!isOurs(manifest)) {
    throw new Refused('a newer version of Hatchery made it: restore it with that version')
  }
  return manifest
}

function isOurs(manifest: Manifest | { format: number }): manifest is Manifest {
  if (!('schema' in manifest) || manifest.format > 1) return false
  const { store, metrics } = manifest.schema
  return store <= knownSchemas.store && metrics <= knownSchemas.metrics
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** Answers the SHA-256 of what was written. */
async function writeFile(folder: string, { name, kind, body }: TarEntry): Promise<string> {
  if (kind !== 'file') throw new Refused(`its ${name} is no file`)
  const hash = createHash('sha256')
  await using file = await open(join(folder, name), 'wx', 0o600)
  for await (const chunk of body) {
    hash.update(chunk)
    await file.writeFile(chunk)
  }
  return hash.digest('hex')
}

/** As the builder has it: a game's own view of it takes this mode over. */
const buildMode = 0o777

/** The builds one after the other, as they stand in the archive; each must hold what its name says. */
function createBuilds(folder: string) {
  const builds = join(folder, 'builds')
  const hashes = new Set<string>()
  let current: { readonly hash: string; readonly unpacker: Unpacker } | undefined

  async function finish(): Promise<void> {
    if (current === undefined) return
    const { hash, unpacker } = current
    current = undefined
    if (contentHash(await unpacker.finish()) !== hash)
      throw new Refused(`its build ${hash} is damaged`)
    await chmod(join(builds, hash), buildMode)
    hashes.add(hash)
  }

  async function begin(hash: string): Promise<Unpacker> {
    await finish()
    if (hashes.has(hash)) throw new Refused(`it has the build ${hash} twice`)
    await mkdir(builds, { recursive: true, mode: 0o700 })
    await mkdir(join(builds, hash), { mode: 0o700 })
    const unpacker = createUnpacker(join(builds, hash), defaultLimits)
    current = { hash, unpacker }
    return unpacker
  }

  return {
    hashes,
    finish,
    async add(entry: TarEntry): Promise<void> {
      const [, hash = '', path = ''] = /^builds\/([0-9a-f]{64})\/(.*)$/s.exec(entry.name) ?? []
      if (hash === '')
        throw new Refused(`it has ${JSON.stringify(entry.name)}, which belongs to none`)
      const unpacker = current?.hash === hash ? current.unpacker : await begin(hash)
      if (path !== '') await unpacker.add({ ...entry, name: path })
    },
  }
}

interface Unpacked {
  readonly manifest: Manifest
  /** SHA-256 by name. */
  readonly found: ReadonlyMap<string, string>
  readonly built: ReadonlySet<string>
  readonly folder: string
}

function assertWhole({ manifest, found, built, folder }: Unpacked): void {
  for (const name of backedUpFiles) {
    const sha256 = found.get(name)
    if (sha256 === undefined) throw new Refused(`it is cut off: ${name} is missing`)
    if (sha256 !== manifest.files[name].sha256) throw new Refused(`its ${name} is damaged`)
  }
  for (const name of ['hatchery.db', 'metrics.db'] as const) {
    const damage = damageOf(join(folder, name))
    if (damage !== undefined) throw new Refused(`its ${name} is damaged: ${damage}`)
  }
  const missing = manifest.builds.find((hash) => !built.has(hash))
  if (missing !== undefined) throw new Refused(`it is cut off: the build ${missing} is missing`)
}
