/** The first entry of a backup: what it is, and what must be in it. */
import type { CopiedFile } from '../../domain/backup.ts'

/** Files of the data folder that a backup has, beside the builds. */
export const backedUpFiles = ['hatchery.db', 'metrics.db', 'token', 'upload-key'] as const

export type BackedUpFile = (typeof backedUpFiles)[number]

export interface Manifest {
  /** Of the archive itself. */
  readonly format: 1
  /** The Hatchery that made it. */
  readonly version: string
  readonly installationId: string
  /** RFC 3339. */
  readonly createdAt: string
  readonly schema: { readonly store: number; readonly metrics: number }
  readonly files: Readonly<Record<BackedUpFile, CopiedFile>>
  /** Content hashes: a folder `builds/<hash>/` each. */
  readonly builds: readonly string[]
}

export const manifestName = 'manifest.json'

export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`

/** Undefined when it is none; one of a newer format has a `format` above 1 and whatever else it likes. */
export function parseManifest(text: string): Manifest | { readonly format: number } | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest
    if (!Number.isSafeInteger(manifest.format)) return undefined
    return manifest.format > 1 || isComplete(manifest) ? manifest : undefined
  } catch {
    return undefined
  }
}

const isComplete = ({ schema, files, builds, version }: Manifest): boolean =>
  typeof version === 'string' &&
  Number.isSafeInteger(schema.store) &&
  Number.isSafeInteger(schema.metrics) &&
  backedUpFiles.every((name) => /^[0-9a-f]{64}$/.test(files[name].sha256)) &&
  builds.every((hash) => /^[0-9a-f]{64}$/.test(hash))
