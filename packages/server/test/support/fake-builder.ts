/** A builder that makes any archive startable, for tests on the fake driver. The archive's text says what happens. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  type Builder,
  type Built,
  DriverError,
  type ImageArtifact,
  type ImagePuller,
} from '../../src/domain/driver.ts'
import { type RegistryImage, fullName } from '../../src/domain/registry-image.ts'

export interface FakeBuilder extends Builder, ImagePuller {
  /** Builds that begin from now on wait until the answer is called. */
  hold(): () => void
}

/** An archive that reads `fail: CAUSE` fails with that cause; every other one is kept under its hash. */
export function createFakeBuilder(): FakeBuilder {
  const kept = new Set<string>()
  let gate = Promise.resolve()

  async function build(
    archive: string,
    say: (line: string) => void,
    signal: AbortSignal,
  ): Promise<Built> {
    const bytes = await readFile(archive)
    say(`reading ${bytes.byteLength} bytes`)
    await untilOpen(gate, signal)
    const failure = /^fail: (.*)/.exec(bytes.toString('latin1'))?.[1]
    if (failure !== undefined) throw new DriverError(failure, { temporary: false })
    const contentHash = createHash('sha256').update(bytes).digest('hex')
    kept.add(contentHash)
    const artifact = { kind: 'folder', contentHash, command: './server' } as const
    return { artifact, sizeBytes: bytes.byteLength }
  }

  /** One of a repository `missing` is not there. */
  async function pull(
    image: RegistryImage,
    say: (line: string) => void,
    signal: AbortSignal,
  ): Promise<Built<ImageArtifact>> {
    say(`pulling ${fullName(image)}:${image.reference}`)
    await untilOpen(gate, signal)
    if (image.repository.endsWith('/missing'))
      throw new DriverError('manifest unknown', { temporary: false })
    const contentHash = createHash('sha256').update(fullName(image)).digest('hex')
    kept.add(contentHash)
    return { artifact: { kind: 'image', contentHash, engine: 'fake' }, sizeBytes: 1 }
  }

  return {
    build,
    pull,
    artifacts: async () => [...kept],
    removeArtifact: async (contentHash) => void kept.delete(contentHash),
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
  }
}

/** Rejects when the server stops meanwhile, as a real builder does. */
const untilOpen = (gate: Promise<void>, signal: AbortSignal): Promise<void> =>
  Promise.race([
    gate,
    new Promise<never>((_, reject) => {
      const stopped = (): void =>
        reject(new DriverError('the server stopped', { temporary: false }))
      if (signal.aborted) stopped()
      else signal.addEventListener('abort', stopped, { once: true })
    }),
  ])
