/** Builds images from archives with a Dockerfile, on the engine that will run them. */
import {
  type Builder,
  DriverError,
  type ImageArtifact,
  type ImagePuller,
  type RoomMaker,
} from '../../domain/driver.ts'
import { buildContext } from './build-context.ts'
import { createBuildOutput, takeAll } from './build-output.ts'
import { labels } from './container-spec.ts'
import type { EngineClient } from './engine-client.ts'
import { type ImageKeepingOptions, createImageKeeping } from './image-keeping.ts'
import { createImageNames } from './image-names.ts'
import { dropCache } from './layer-cache.ts'
import { createDockerPuller } from './puller.ts'

export interface DockerBuilderOptions {
  readonly engine: EngineClient
  readonly installationId: string
  /** What RUN lines have: the engine's default network, or none. */
  readonly network: string
  readonly builder: EngineBuilder
  /** What is kept of images that nothing needs; see `ImageKeepingOptions`. */
  readonly keeping: Pick<ImageKeepingOptions, 'unusedImageMs' | 'mostDiskPercent'>
}

/** Which of the engine's own: BuildKit where it has that, or always the classic one. */
export type EngineBuilder = 'buildkit' | 'classic'

export function createDockerBuilder({
  engine,
  installationId,
  network,
  builder,
  keeping,
}: DockerBuilderOptions): Builder<ImageArtifact> & ImagePuller & RoomMaker {
  const label = { [labels.installation]: installationId }
  const names = createImageNames(engine, installationId)
  const { removable, makeRoom } = createImageKeeping({ engine, names, ...keeping })

  /** As `POST /build` calls it. All engines for Linux that are spoken to have BuildKit, those for Windows do not. */
  async function builderVersion(): Promise<'1' | '2'> {
    if (builder === 'classic') return '1'
    const { Os } = await engine.call<{ Os: string }>({ method: 'GET', path: '/version' })
    return Os === 'linux' ? '2' : '1'
  }

  async function build(job: Job): Promise<string> {
    const { bytes } = await buildContext(job)
    const { say, signal } = job
    try {
      const version = await builderVersion()
      const answer = await engine.stream({
        ...{ method: 'POST', path: '/build', signal },
        query: {
          version,
          t: names.next(),
          labels: JSON.stringify(label),
          rm: '1',
          forcerm: '1',
          networkmode: network,
        },
        upload: { bytes, contentType: 'application/x-tar' },
      })
      const output = createBuildOutput(say)
      await takeAll(answer, output, engine.url)
      return output.end()
    } finally {
      bytes.destroy()
    }
  }

  return {
    async build(archive, say, signal) {
      try {
        const contentHash = await build({ archive, say, signal })
        const path = `/images/${contentHash}/json`
        const { Size } = await engine.call<{ Size: number }>({ method: 'GET', path })
        say(`image ${contentHash.slice(0, 12)}, ${(Size / 1_048_576).toFixed(1)} MB`)
        return {
          artifact: { kind: 'image', contentHash, engine: engine.url },
          sizeBytes: Size,
        }
      } catch (error) {
        if (saysDiskFull(error)) await dropCache(engine, { unusedMs: 0 }).catch(() => undefined)
        throw explained(error, signal)
      }
    },

    pull: createDockerPuller({ engine, names }).pull,
    artifacts: removable,
    removeArtifact: names.remove,
    makeRoom,
  }
}

/** BuildKit keeps what a failed build has copied, and with a full disk every other build would fail, too. */
const saysDiskFull = (error: unknown): boolean =>
  error instanceof DriverError && /no space left on device/i.test(error.message)

interface Job {
  readonly archive: string
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

function explained(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) {
    return new DriverError('the build was stopped before its end: create another build', {
      ...{ temporary: false, cause: error },
    })
  }
  return error
}
