/** Takes images out of registries, by digest, and gives them a name of ours. */
import { DriverError, type ImageArtifact, type ImagePuller } from '../../domain/driver.ts'
import {
  type RegistryCredentials,
  type RegistryImage,
  fullName,
  isDigest,
} from '../../domain/registry-image.ts'
import { createBuildOutput, takeAll } from './build-output.ts'
import type { EngineClient } from './engine-client.ts'
import { EngineError } from './engine-error.ts'
import type { ImageNames } from './image-names.ts'

export interface PullerOptions {
  readonly engine: EngineClient
  readonly names: ImageNames
}

interface Image {
  readonly Id: string
  readonly Size: number
  readonly Os: string
  readonly Architecture: string
}

/** Says, too, what the engine says while it pulls; bytes as they arrive are left out. */
export function createDockerPuller({ engine, names }: PullerOptions): ImagePuller {
  /** A tag may be moved while several engines pull: all of them take what it was at first. */
  async function digestOf(image: RegistryImage, headers: Headers): Promise<string> {
    if (isDigest(image.reference)) return image.reference
    const path = `/distribution/${fullName(image)}:${image.reference}/json`
    const found = await engine.call<{ Descriptor: { digest: string } }>({
      ...{ method: 'GET', path, headers },
    })
    return found.Descriptor.digest
  }

  async function take(job: Job, digest: string): Promise<void> {
    const { image, headers, say, signal } = job
    const answer = await engine.stream({
      ...{ method: 'POST', path: '/images/create', headers, signal },
      query: { fromImage: fullName(image), tag: digest },
    })
    await takeAll(answer, createBuildOutput(say), engine.url)
  }

  async function pull(job: Job): Promise<{ artifact: ImageArtifact; sizeBytes: number }> {
    const { image, say } = job
    const digest = await digestOf(image, job.headers)
    say(`${fullName(image)}@${digest}`)
    await take(job, digest)
    const path = `/images/${fullName(image)}@${digest}/json`
    const { Id, Size, Os, Architecture } = await engine.call<Image>({ method: 'GET', path })
    const contentHash = Id.replace(/^sha256:/, '')
    await names.give(Id)
    await assertRuns(engine, { Os, Architecture }).catch(async (error: unknown) => {
      await names.remove(contentHash)
      throw error
    })
    say(`image ${contentHash.slice(0, 12)}, ${(Size / 1_048_576).toFixed(1)} MB`)
    return { artifact: { kind: 'image', contentHash, engine: engine.url }, sizeBytes: Size }
  }

  return {
    async pull(image, say, signal) {
      const headers = headersFor(image)
      try {
        return await pull({ image, headers, say, signal })
      } catch (error) {
        throw explained(error, image)
      }
    },
  }
}

type Headers = Readonly<Record<string, string>>

interface Job {
  readonly image: RegistryImage
  readonly headers: Headers
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/** Throws a DriverError that names both when the image is for another processor than the engine's. */
export async function assertRuns(
  engine: EngineClient,
  { Os, Architecture }: Pick<Image, 'Os' | 'Architecture'>,
): Promise<void> {
  const own = await engine.call<{ Os: string; Arch: string }>({ method: 'GET', path: '/version' })
  if (Os === own.Os && Architecture === own.Arch) return
  throw new DriverError(
    `the image is for ${Os}/${Architecture}, and the engine at ${engine.url} runs ${own.Os}/${own.Arch}: push one for that`,
    { temporary: false },
  )
}

function headersFor({ host, credentials }: RegistryImage): Headers {
  if (credentials === undefined) return {}
  const auth = { ...secretsIn(credentials), serveraddress: host }
  return { 'x-registry-auth': registryAuth(auth) }
}

/** As the engine wants it: JSON in URL-safe base64 with its padding, which Node's `base64url` leaves out. */
export const registryAuth = (auth: Readonly<Record<string, string>>): string =>
  Buffer.from(JSON.stringify(auth)).toString('base64').replaceAll('+', '-').replaceAll('/', '_')

const secretsIn = (credentials: RegistryCredentials): Record<string, string> =>
  credentials.kind === 'token'
    ? { identitytoken: credentials.token }
    : { username: credentials.username, password: credentials.password }

/** In the words of the engine, with the name of the image, and without what nobody else may know. */
function explained(error: unknown, image: RegistryImage): unknown {
  if (!(error instanceof EngineError)) return error
  const secret = image.credentials && Object.values(secretsIn(image.credentials)).at(-1)
  const words = secret ? error.message.replaceAll(secret, '…') : error.message
  return new DriverError(`${fullName(image)}:${image.reference} cannot be pulled: ${words}`, {
    temporary: false,
  })
}
