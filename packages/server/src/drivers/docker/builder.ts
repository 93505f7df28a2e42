/** Builds images from archives with a Dockerfile, on the engine that will run them. */
import { randomUUID } from 'node:crypto'
import { type Builder, DriverError, type ImageArtifact } from '../../domain/driver.ts'
import { buildContext } from './build-context.ts'
import { type BuildMessage, createBuildOutput } from './build-output.ts'
import { labels } from './container-spec.ts'
import type { EngineClient } from './engine-client.ts'
import { isMissing } from './engine-error.ts'
import { jsonLines } from './events.ts'

export interface DockerBuilderOptions {
  readonly engine: EngineClient
  readonly installationId: string
}

export function createDockerBuilder(options: DockerBuilderOptions): Builder<ImageArtifact> {
  const { engine, installationId } = options
  const label = { [labels.installation]: installationId }

  /** Its name keeps it from whoever removes images without one. */
  const newName = (): string => `hatchery/${installationId.toLowerCase()}:${randomUUID()}`

  async function build(job: Job): Promise<string> {
    const { bytes } = await buildContext(job)
    const { say, signal } = job
    try {
      const answer = await engine.stream({
        ...{ method: 'POST', path: '/build', signal },
        query: { t: newName(), labels: JSON.stringify(label), rm: '1', forcerm: '1' },
        upload: { bytes, contentType: 'application/x-tar' },
      })
      const output = createBuildOutput(say)
      for await (const message of jsonLines(answer)) output.take(message as BuildMessage)
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
        throw explained(error, signal)
      }
    },

    async artifacts() {
      const filters = JSON.stringify({ label: [`${labels.installation}=${installationId}`] })
      const images = await engine.call<{ Id: string }[]>({
        ...{ method: 'GET', path: '/images/json', query: { filters } },
      })
      return images.map(({ Id }) => Id.replace(/^sha256:/, ''))
    },

    /** With all its names. */
    async removeArtifact(contentHash) {
      try {
        const path = `/images/${contentHash}`
        await engine.call({ method: 'DELETE', path, query: { force: '1' } })
      } catch (error) {
        if (!isMissing(error)) throw error
      }
    },
  }
}

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
