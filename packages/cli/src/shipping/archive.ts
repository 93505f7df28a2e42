/** A folder as the gzipped tar that a build is made of, in a temporary file: it may be larger than the memory. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { create } from 'tar'
import { usageFailure } from '../failure.ts'

export interface Archive extends AsyncDisposable {
  readonly file: string
  readonly bytes: number
}

/** What is never part of a game server. */
const leftOut: ReadonlySet<string> = new Set(['.git', '.hatchery', '.DS_Store'])

/** Paths in the archive are relative to the folder. `told` gets the number of bytes packed so far. */
export async function packFolder(folder: string, told: (bytes: number) => void): Promise<Archive> {
  const names = (await readdir(folder)).filter((name) => !leftOut.has(name))
  if (names.length === 0) throw usageFailure(`${folder} is empty: there is nothing to build`)
  const scratch = await mkdtemp(join(tmpdir(), 'hatchery-build-'))
  const remove = (): Promise<void> => rm(scratch, { recursive: true, force: true })
  const file = join(scratch, 'build.tgz')
  try {
    let bytes = 0
    const packed = create({ gzip: true, cwd: folder, portable: true }, names)
    packed.on('data', (chunk: Uint8Array) => told((bytes += chunk.byteLength)))
    await pipeline(packed, createWriteStream(file))
  } catch (error) {
    await remove()
    throw error
  }
  return { file, bytes: (await stat(file)).size, [Symbol.asyncDispose]: remove }
}

/** An archive that somebody made already. It stays. */
export async function givenArchive(file: string): Promise<Archive> {
  const found = await stat(file).catch(() => undefined)
  if (found === undefined || !found.isFile())
    throw usageFailure(`there is no file ${file}: --file takes a gzipped tar`)
  return { file, bytes: found.size, [Symbol.asyncDispose]: async () => {} }
}
