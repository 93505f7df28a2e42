/** A folder with a builder in it, for tests: build an archive, see what was said and what is there. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Builder, Built, FolderArtifact } from '../../src/domain/driver.ts'
import {
  type LocalBuilderOptions,
  createLocalBuilder,
} from '../../src/drivers/local/builder/index.ts'

export interface BuildPlace {
  /** Everything is below it; `builds` and the archive are all that may ever be in it. */
  readonly root: string
  readonly builds: string
  readonly builder: Builder<FolderArtifact>
  readonly said: string[]
  build(archive: Buffer, signal?: AbortSignal): Promise<Built<FolderArtifact>>
  /** Where the build's files are. */
  folderOf(built: Built): string
  /** Names in `builds`. */
  kept(): string[]
  remove(): void
}

export function aBuildPlace(options: Partial<LocalBuilderOptions> = {}): BuildPlace {
  const root = mkdtempSync(join(tmpdir(), 'hatchery-builder-'))
  const builds = join(root, 'builds')
  mkdirSync(builds)
  const builder = createLocalBuilder({
    buildsFolder: builds,
    asRoot: process.getuid?.() === 0,
    ...options,
  })
  const said: string[] = []
  return {
    ...{ root, builds, builder, said },
    async build(archive, signal = new AbortController().signal) {
      const file = join(root, 'archive')
      writeFileSync(file, archive)
      return await builder.build(file, (line) => said.push(line), signal)
    },
    folderOf: ({ artifact }) => join(builds, artifact.contentHash),
    kept: () => readdirSync(builds),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
