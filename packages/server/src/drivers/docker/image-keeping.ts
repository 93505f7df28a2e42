/** Which images of ours an engine should keep for now although nothing needs them, and what goes when its disk fills up. */
import { statfs } from 'node:fs/promises'
import type { EngineClient } from './engine-client.ts'
import { isMissing } from './engine-error.ts'
import type { ImageNames } from './image-names.ts'
import { dropCache } from './layer-cache.ts'

export interface ImageKeepingOptions {
  readonly engine: EngineClient
  readonly names: ImageNames
  /** How long an image is kept since it was made or pulled: the next ones have most of its layers in common. */
  readonly unusedImageMs: number
  /** How much of the engine's disk may be in use, 0 to 100, before nothing is kept only to be faster. */
  readonly mostDiskPercent: number
}

export interface ImageKeeping {
  /** Ids of images of ours that may go when nothing needs them. */
  removable(): Promise<string[]>
  /** Drops what BuildKit keeps and has not used for as long as an image is kept, once too much of the disk is in use. */
  makeRoom(): Promise<void>
}

export function createImageKeeping(options: ImageKeepingOptions): ImageKeeping {
  const { engine, names, unusedImageMs, mostDiskPercent } = options

  /** Of an engine elsewhere the disk is not known. */
  async function isDiskFull(): Promise<boolean> {
    if (!engine.url.startsWith('unix://')) return false
    const { DockerRootDir } = await engine.call<{ DockerRootDir: string }>({
      ...{ method: 'GET', path: '/info' },
    })
    const percent = await usedPercent(DockerRootDir)
    return percent !== undefined && percent > mostDiskPercent
  }

  async function isOld(contentHash: string): Promise<boolean> {
    try {
      const path = `/images/${contentHash}/json`
      const image = await engine.call<DatedImage>({ method: 'GET', path })
      const namedAt = Date.parse(image.Metadata?.LastTagTime ?? '')
      // Some engines do not tell: nothing is kept for ever because of that.
      return !(Date.now() - namedAt < unusedImageMs)
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }

  return {
    async removable() {
      const all = await names.list()
      if (unusedImageMs === 0 || (await isDiskFull())) return all
      const old = await Promise.all(all.map(isOld))
      return all.filter((_, index) => old[index])
    },
    async makeRoom() {
      if (await isDiskFull()) await dropCache(engine, { unusedMs: unusedImageMs })
    },
  }
}

/** When an image was made is its author's word; when it came here is the engine's. */
interface DatedImage {
  readonly Metadata?: { readonly LastTagTime?: string }
}

/** As `df` counts it. Undefined where the folder is not of this machine: the engine may run in a virtual one. */
async function usedPercent(folder: string): Promise<number | undefined> {
  try {
    const { blocks, bfree, bavail } = await statfs(folder)
    const used = blocks - bfree
    return (100 * used) / (used + bavail)
  } catch {
    return undefined
  }
}
