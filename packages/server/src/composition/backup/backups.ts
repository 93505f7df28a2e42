/** Makes backups of the data folder while everything goes on. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HatcheryError } from '@hatchery/contract'
import type { Backups, CopiedFile, Copyable } from '../../domain/backup.ts'
import { type Clock, timestamp } from '../../domain/clock.ts'
import { knownSchemas, readStoreFacts } from '../../stores/database-facts.ts'
import type { DataFolder } from '../data-folder.ts'
import { type Manifest, manifestName, manifestText } from './manifest.ts'
import { tarStream } from './tar-stream.ts'

export interface BackupsOptions {
  readonly folder: DataFolder
  readonly store: Copyable
  readonly metrics: Copyable
  readonly clock: Clock
  readonly version: string
  /** Throws while the disk has no room for anything new. */
  readonly assertDiskSpace: () => void
}

/** Where the copies of the databases stand until they are sent; emptied at the start. */
const copiesName = '.backup'

export function createBackups(options: BackupsOptions): Backups {
  const copies = join(options.folder.root, copiesName)
  rmSync(copies, { recursive: true, force: true })
  const closing = new AbortController()
  let underWay: { readonly over: Promise<void> } | undefined

  /** Answers what is to be called at the end. */
  function begin(): () => Promise<void> {
    if (underWay !== undefined) {
      throw new HatcheryError('rate-limited', 'a backup is being made: try again when it is done', {
        retryAfterSeconds: 30,
      })
    }
    const { promise: over, resolve } = Promise.withResolvers<void>()
    underWay = { over }
    return async () => {
      await rm(copies, { recursive: true, force: true }).finally(() => {
        underWay = undefined
        resolve()
      })
    }
  }

  return {
    async create(asked) {
      const signal = AbortSignal.any([asked, closing.signal])
      signal.throwIfAborted()
      const end = begin()
      try {
        options.assertDiskSpace()
        mkdirSync(copies, { mode: 0o700 })
        const manifest = await copyAll(options, copies, signal)
        return untilOver(tarStream(sourcesOf(options.folder, copies, manifest)), signal, end)
      } catch (error) {
        await end()
        throw error
      }
    },
    isUnderWay: () => underWay !== undefined,
    async close() {
      closing.abort()
      await underWay?.over
    },
  }
}

/** The moment of a backup is that of the first copy: records come first, and whatever they need stays. */
async function copyAll(
  { folder, store, metrics, clock, version }: BackupsOptions,
  copies: string,
  signal: AbortSignal,
): Promise<Manifest> {
  const createdAt = timestamp(clock.now())
  const records = await store.copyTo(join(copies, 'hatchery.db'), signal)
  const measurements = await metrics.copyTo(join(copies, 'metrics.db'), signal)
  const { installationId, artifacts } = readStoreFacts(join(copies, 'hatchery.db'))
  return {
    ...{ format: 1, version, installationId, createdAt, schema: knownSchemas },
    files: {
      'hatchery.db': records,
      'metrics.db': measurements,
      token: factsOf(folder.tokenFile),
      'upload-key': factsOf(folder.uploadKeyFile),
    },
    // One that is gone from the disk is missing in the backup as it is here.
    builds: artifacts.filter((hash) => existsSync(join(folder.builds, hash))),
  }
}

/** Of a file of some bytes. */
function factsOf(file: string): CopiedFile {
  const content = readFileSync(file)
  return {
    bytes: content.byteLength,
    sha256: createHash('sha256').update(content).digest('hex'),
  }
}

const sourcesOf = (folder: DataFolder, copies: string, manifest: Manifest) => [
  { path: manifestName, text: manifestText(manifest) },
  { path: 'hatchery.db', from: join(copies, 'hatchery.db') },
  { path: 'metrics.db', from: join(copies, 'metrics.db') },
  { path: 'token', from: folder.tokenFile },
  { path: 'upload-key', from: folder.uploadKeyFile },
  ...manifest.builds.map((hash) => ({ path: `builds/${hash}`, from: join(folder.builds, hash) })),
]

/** `end` is called once: when all is read, when the reader leaves, or by `signal`, should nobody ever read. */
function untilOver(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  end: () => Promise<void>,
): AsyncIterable<Uint8Array> {
  let ended: Promise<void> | undefined
  const endOnce = (): Promise<void> => (ended ??= end())
  const onAbort = (): void => void endOnce()
  signal.addEventListener('abort', onAbort, { once: true })
  return (async function* () {
    try {
      for await (const chunk of bytes) {
        signal.throwIfAborted()
        yield chunk
      }
    } finally {
      signal.removeEventListener('abort', onAbort)
      await endOnce()
    }
  })()
}
