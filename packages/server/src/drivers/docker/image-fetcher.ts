/** Takes images over from another engine of the installation: an engine that was added later starts what was built before. */
import { type Artifact, DriverError, type ImageArtifact } from '../../domain/driver.ts'
import type { EngineClient } from './engine-client.ts'
import { isMissing } from './engine-error.ts'
import type { CopyImage } from './image-copy.ts'
import type { ImageNames } from './image-names.ts'
import { assertRuns } from './puller.ts'

export interface ImageFetcherOptions {
  /** Where images come to. */
  readonly engine: EngineClient
  readonly names: ImageNames
  readonly copyImage: CopyImage
  /** Another engine of the installation; undefined where the settings do not name it. */
  readonly engineAt: (url: string) => EngineClient | undefined
}

export interface ImageFetcher {
  canFetch(artifact: Artifact): artifact is ImageArtifact
  /**
   * Resolves when the image is there. Waits 10 s at most, and then rejects with a passing DriverError, as when `signal`
   * is aborted: what is under way goes on, and the start that is tried again finds it.
   */
  fetch(artifact: ImageArtifact, signal: AbortSignal): Promise<void>
  /** Breaks off what is under way. */
  close(): void
}

/** A process that waits longer could not be stopped meanwhile. */
const longestWaitMs = 10_000

export function createImageFetcher({
  engine,
  names,
  engineAt,
  copyImage,
}: ImageFetcherOptions): ImageFetcher {
  const underWay = new Map<string, Promise<void>>()
  const stop = new AbortController()

  function begin(artifact: ImageArtifact): Promise<void> {
    const { contentHash } = artifact
    const going = takeOver(artifact).finally(() => underWay.delete(contentHash))
    underWay.set(contentHash, going)
    return going
  }

  async function takeOver({ contentHash, engine: url }: ImageArtifact): Promise<void> {
    if ((await imageOn(engine, contentHash)) !== undefined) return
    const source = engineAt(url)
    const image = source && (await imageOn(source, contentHash))
    if (source === undefined || image === undefined) throw isNowhere(url)
    await assertRuns(engine, image)
    await copy(source, contentHash)
  }

  async function copy(source: EngineClient, contentHash: string): Promise<void> {
    let isOther = false
    const keep = async (): Promise<void> => {
      isOther = (await imageOn(engine, contentHash)) === undefined
      if (isOther) throw otherId(source, engine)
      await names.give(`sha256:${contentHash}`)
    }
    try {
      await copyImage({ from: source, to: engine, contentHash, signal: stop.signal, keep })
    } catch (error) {
      throw isOther ? error : didNotCome(source, error)
    }
  }

  return {
    canFetch: (artifact): artifact is ImageArtifact =>
      artifact.kind === 'image' && engineAt(artifact.engine) !== undefined,
    async fetch(artifact, given) {
      const signal = AbortSignal.any([given, AbortSignal.timeout(longestWaitMs)])
      if (signal.aborted) throw isLate(artifact)
      const { promise, reject } = Promise.withResolvers<never>()
      const leave = (): void => reject(isLate(artifact))
      signal.addEventListener('abort', leave, { once: true })
      try {
        await Promise.race([underWay.get(artifact.contentHash) ?? begin(artifact), promise])
      } finally {
        signal.removeEventListener('abort', leave)
      }
    },
    close: () => stop.abort(),
  }
}

interface Image {
  readonly Os: string
  readonly Architecture: string
}

async function imageOn(engine: EngineClient, contentHash: string): Promise<Image | undefined> {
  try {
    const path = `/images/sha256:${contentHash}/json`
    return await engine.call<Image>({ method: 'GET', path })
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const isNowhere = (url: string): DriverError =>
  new DriverError(`its image is not on the engine at ${url} any more: create another build`, {
    temporary: false,
  })

/** Whichever of both has left, or has no room now: both may be well again a little later. */
function didNotCome({ url }: EngineClient, cause: unknown): DriverError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new DriverError(`its image did not come over from the engine at ${url}: ${why}`, {
    ...{ temporary: true, cause },
  })
}

/** Engines with another kind of image store call the same image by another id. */
const otherId = (source: EngineClient, engine: EngineClient): DriverError =>
  new DriverError(
    `its image cannot go from the engine at ${source.url} to the one at ${engine.url}, which calls it by another id: create another build`,
    { temporary: false },
  )

const isLate = ({ engine }: ImageArtifact): DriverError =>
  new DriverError(`its image is still on its way from the engine at ${engine}`, {
    temporary: true,
  })
