/** Names of ours for images: they keep them from whoever removes images without one, and tell which are of this installation. */
import { randomUUID } from 'node:crypto'
import { labels } from './container-spec.ts'
import type { EngineClient } from './engine-client.ts'
import { hasStatus, isMissing } from './engine-error.ts'

export interface ImageNames {
  /** A new one, for an image that is about to be built. */
  next(): string
  /** Names an image that is there. */
  give(image: string): Promise<void>
  /** Ids without `sha256:` of all images that have one, or our label. */
  list(): Promise<string[]>
  /**
   * Takes ours away, and the image when nobody else has named it. One that is not there is success, and one that a
   * container runs from stays.
   */
  remove(contentHash: string): Promise<void>
}

export function createImageNames(engine: EngineClient, installationId: string): ImageNames {
  const repository = `hatchery/${installationId.toLowerCase()}`

  async function idsWith(filter: Readonly<Record<string, readonly string[]>>): Promise<string[]> {
    const images = await engine.call<{ Id: string }[]>({
      ...{ method: 'GET', path: '/images/json', query: { filters: JSON.stringify(filter) } },
    })
    return images.map(({ Id }) => Id.replace(/^sha256:/, ''))
  }

  async function removeAll(contentHash: string): Promise<void> {
    const path = `/images/${contentHash}`
    const image = await engine.call<{ RepoTags: string[] | null }>({
      ...{ method: 'GET', path: `${path}/json` },
    })
    const all = image.RepoTags ?? []
    const ours = all.filter((name) => name.startsWith(`${repository}:`))
    const isOnlyOurs = ours.length === all.length
    for (const one of isOnlyOurs ? [path] : ours.map((name) => `/images/${name}`))
      await engine.call({ method: 'DELETE', path: one, query: { force: isOnlyOurs ? '1' : '0' } })
  }

  return {
    next: () => `${repository}:${randomUUID()}`,
    async give(image) {
      const query = { repo: repository, tag: randomUUID() }
      await engine.call({ method: 'POST', path: `/images/${image}/tag`, query })
    },
    async list() {
      const named = await idsWith({ reference: [repository] })
      const labelled = await idsWith({ label: [`${labels.installation}=${installationId}`] })
      return [...new Set([...named, ...labelled])]
    },
    async remove(contentHash) {
      try {
        await removeAll(contentHash)
      } catch (error) {
        if (!isMissing(error) && !hasStatus(error, 409)) throw error
      }
    },
  }
}
