/** Several engines, and a build that was made before one of them was there. */
import { randomInt, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ImageArtifact } from '../../src/domain/driver.ts'
import { createEngineClient } from '../../src/drivers/docker/engine-client.ts'
import { copyDirectly, copyThrough } from '../../src/drivers/docker/image-copy.ts'
import { createImageFetcher } from '../../src/drivers/docker/image-fetcher.ts'
import { createImageNames } from '../../src/drivers/docker/image-names.ts'
import { engineHindrance, removeEngine, startEngine } from '../support/docker/engine-process.ts'
import { gameImage } from '../support/docker/game-image.ts'
import { foreignImage, ownImage } from '../support/docker/own-image.ts'
import { registryHindrance, startRegistry } from '../support/docker/registry-process.ts'
import { type SharedEngine, sharedEngine } from '../support/docker/shared-engine.ts'
import { textOf } from '../support/upload.ts'
import { deployed, openPlayground, reopened, running, stopped } from './playground.ts'

const hindrance = engineHindrance()

/** The shared one, and one that has no image. */
async function twoEngines(): Promise<{
  first: SharedEngine
  second: Pick<SharedEngine, 'client'>
}> {
  const first = await sharedEngine()
  const folder = mkdtempSync(join(tmpdir(), `hatchery-engine-${process.pid}-second-`))
  onTestFinished(() => removeEngine(folder))
  const client = createEngineClient({ url: await startEngine(folder, 200 + randomInt(50)) })
  onTestFinished(client.close)
  return { first, second: { client } }
}

async function artifactNamed(name: string, { client, url }: SharedEngine): Promise<ImageArtifact> {
  const path = `/images/${name}/json`
  const { Id } = await client.call<{ Id: string }>({ method: 'GET', path })
  return { kind: 'image', contentHash: Id.replace(/^sha256:/, ''), engine: url }
}

/** All names that an engine has for an image. */
async function namesOf(
  { client }: Pick<SharedEngine, 'client'>,
  { contentHash }: ImageArtifact,
): Promise<string> {
  const path = `/images/${contentHash}/json`
  const { RepoTags } = await client.call<{ RepoTags: string[] }>({ method: 'GET', path })
  return RepoTags.join(' ')
}

describe.skipIf(hindrance !== undefined)(
  `an engine that is added ${hindrance ?? ''}`,
  { timeout: 120_000 },
  () => {
    test('starts what was built before, once its image has come over', async () => {
      const { first, second } = await twoEngines()
      const old = `old docker=${first.url} ports=18500-18509`
      const place = await openPlayground(`--nodes=${old}`)
      const run = randomUUID()
      await deployed(place, { Dockerfile: `FROM ${gameImage}\nCOPY own /own\n`, own: run })
      const added = `new docker=${second.client.url} ports=18510-18519`
      const later = await reopened(place, [
        ...[`--nodes=${old},${added}`, '--region-nodes=Seattle=old,Tokyo=new'],
        '--limits-grace-seconds=1',
      ])
      const both = await Promise.all([running(later, 'Tokyo'), running(later, 'Tokyo')])
      for (const { processId, exposedPort } of both) {
        expect(exposedPort?.port).toBeGreaterThanOrEqual(18_510)
        await stopped(later, processId)
        const log = await textOf(await later.cloud.logsV1.downloadLogForProcess(processId))
        expect(log).toBe('started\n')
      }
      const images = await second.client.call<{ RepoTags: string[] }[]>({
        ...{ method: 'GET', path: '/images/json' },
      })
      expect(images.flatMap(({ RepoTags }) => RepoTags)).toEqual([
        expect.stringMatching(/^hatchery\//),
      ])
    })

    test('gets an image once, and whole, though the start that asked for it gives up', async () => {
      const { first, second } = await twoEngines()
      const names = createImageNames(second.client, randomUUID())
      const fetcher = createImageFetcher({
        ...{ engine: second.client, names, engineAt: () => first.client },
        copyImage: copyDirectly,
      })
      const name = await ownImage(first.client)
      const artifact = await artifactNamed(name, first)
      const start = new AbortController()
      const given = fetcher.fetch(artifact, start.signal)
      start.abort()
      await expect(given).rejects.toMatchObject({ temporary: true })
      await Promise.all([1, 2].map(() => fetcher.fetch(artifact, AbortSignal.timeout(60_000))))
      expect(await names.list()).toEqual([artifact.contentHash])
      await first.client.call({ method: 'DELETE', path: `/images/${name}` })
      await fetcher.fetch(artifact, AbortSignal.timeout(60_000))
    })

    test('gets it through a registry where one is configured', async ({ skip }) => {
      const missing = registryHindrance()
      if (missing !== undefined) skip(missing)
      const { first, second } = await twoEngines()
      const { host, username, password } = await startRegistry()
      const folder = mkdtempSync(join(tmpdir(), 'hatchery-login-'))
      onTestFinished(() => rmSync(folder, { recursive: true }))
      const loginFile = join(folder, 'login')
      writeFileSync(loginFile, `${username}:${password}\n`)
      const repository = `${host}/studio/games`
      const names = createImageNames(second.client, randomUUID())
      const fetcherWith = (login: string | undefined) =>
        createImageFetcher({
          ...{ engine: second.client, names, engineAt: () => first.client },
          copyImage: copyThrough({ repository, loginFile: login }),
        })
      const name = await ownImage(first.client)
      const artifact = await artifactNamed(name, first)
      const signal = AbortSignal.timeout(60_000)
      await expect(fetcherWith(undefined).fetch(artifact, signal)).rejects.toMatchObject({
        ...{ temporary: true, message: expect.stringContaining('did not come over') as string },
      })
      expect(await namesOf(first, artifact)).not.toContain(host)
      await fetcherWith(loginFile).fetch(artifact, signal)
      expect(await names.list()).toEqual([artifact.contentHash])
      const kept = await fetch(`http://${host}/v2/studio/games/tags/list`, {
        headers: { authorization: `Basic ${btoa(`${username}:${password}`)}` },
      })
      expect(await kept.json()).toMatchObject({ tags: [artifact.contentHash] })
      for (const engine of [first, second])
        expect(await namesOf(engine, artifact)).not.toContain(host)
      await first.client.call({ method: 'DELETE', path: `/images/${name}` })
    })

    test('says in words why an image cannot come over', async () => {
      const { first, second } = await twoEngines()
      const engineAt = (url: string) => (url === first.url ? first.client : undefined)
      const names = createImageNames(second.client, randomUUID())
      const { fetch, canFetch } = createImageFetcher({
        ...{ engine: second.client, names, engineAt, copyImage: copyDirectly },
      })
      const artifact = { kind: 'image', contentHash: 'a'.repeat(64), engine: first.url } as const
      const signal = AbortSignal.timeout(60_000)
      await expect(fetch(artifact, signal)).rejects.toThrow(
        `its image is not on the engine at ${first.url} any more: create another build`,
      )
      const name = await foreignImage(first.client)
      await expect(fetch(await artifactNamed(name, first), signal)).rejects.toThrow(
        /the image is for linux\/\w+, and the engine at .* runs linux/,
      )
      await first.client.call({ method: 'DELETE', path: `/images/${name}` })
      expect(await names.list()).toEqual([])
      expect(canFetch({ ...artifact, engine: 'unix:///gone.sock' })).toBe(false)
    })
  },
)
