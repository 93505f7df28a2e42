/** Turns any archive into something that the fake driver "runs": nothing is unpacked. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Builder, DriverError } from '../../domain/driver.ts'

/** An empty archive fails, so that tests have a build that does. */
export const createFakeBuilder = (artifacts: Set<string>): Builder => ({
  build: async (archive, say) => {
    const bytes = await readFile(archive)
    if (bytes.length === 0) throw new DriverError('the archive is empty', { temporary: false })
    const contentHash = createHash('sha256').update(bytes).digest('hex')
    artifacts.add(contentHash)
    say(`read ${bytes.length} bytes`)
    return {
      artifact: { kind: 'folder', contentHash, command: './server' },
      sizeBytes: bytes.length,
    }
  },
  artifacts: async () => [...artifacts],
  removeArtifact: async (contentHash) => {
    artifacts.delete(contentHash)
  },
})
