/** Names the Docker engine of this run of the tests, which the first test that needs it starts; ends it with the run. */
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { abandonedEngines, removeEngine } from './engine-process.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where engines of this run may have folders: names begin with this path. */
    readonly engineFolder: string
  }
}

export default function setUp({ provide }: TestProject): () => Promise<void> {
  const folder = join(tmpdir(), `hatchery-engine-${process.pid}-shared`)
  provide('engineFolder', folder)
  return async () => {
    if (existsSync(folder)) await removeEngine(folder)
    if (process.getuid?.() === 0) await Promise.all(abandonedEngines(tmpdir()).map(removeEngine))
  }
}
