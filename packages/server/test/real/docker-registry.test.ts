/** Images of a registry, through the official client, on a real engine and a real registry. */
import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createDockerBuilder } from '../../src/drivers/docker/builder.ts'
import { engineHindrance } from '../support/docker/engine-process.ts'
import {
  type Registry,
  pushTo,
  registryHindrance,
  startRegistry,
} from '../support/docker/registry-process.ts'
import { foreignArchitecture, foreignImage, ownImage } from '../support/docker/own-image.ts'
import { type SharedEngine, sharedEngine } from '../support/docker/shared-engine.ts'
import { textOf } from '../support/upload.ts'
import { type Playground, openPlayground, running, stopped } from './playground.ts'

const hindrance = engineHindrance() ?? registryHindrance()

interface Place extends Playground {
  readonly engine: SharedEngine
  readonly registry: Registry
  readonly digest: string
}

interface Wanted {
  readonly image: string
  readonly registryUrl?: string
  readonly auth?: string
}

/** A server on an engine, and a registry that has an image as studio/game:1 that the engine does not. */
async function open(): Promise<Place> {
  const engine = await sharedEngine()
  const registry = await startRegistry()
  const image = await ownImage(engine.client)
  const digest = await pushTo(registry, engine.client, { image, name: 'studio/game', tag: '1' })
  const flags = ['--docker', `--containers-engine=${engine.url}`]
  const allowed = `--containers-allowed-registries=${registry.host}`
  return { ...(await openPlayground(...flags, allowed)), engine, registry, digest }
}

async function pulled({ cloud }: Place, wanted: Wanted) {
  const { buildId } = await cloud.buildsV3.createBuildRegistry({})
  const output = await textOf(await cloud.buildsV3.runBuildRegistry(buildId, wanted))
  return { buildId, output, build: await cloud.buildsV3.getBuild(buildId) }
}

describe.skipIf(hindrance !== undefined)(`images of a registry ${hindrance ?? ''}`, () => {
  test('are pulled by digest with a password, run, and are joined or replayed when run again', async () => {
    const place = await open()
    const { cloud, registry, digest } = place
    const wanted = { image: 'studio/game:1', registryUrl: registry.host, auth: registry.auth }
    const { buildId, output, build } = await pulled(place, wanted)
    expect(output).toContain(`${registry.host}/studio/game@${digest}\n`)
    expect(output).toMatch(/build succeeded\n$/)
    expect(build).toMatchObject({ status: 'succeeded' })
    expect(build.imageSize).toBeGreaterThan(1_000_000)
    expect(await textOf(await cloud.buildsV3.runBuildRegistry(buildId, wanted))).toBe(output)
    await cloud.deploymentsV3.createDeployment({
      ...{ buildId, idleTimeoutEnabled: false, roomsPerProcess: 1 },
      ...{ transportType: 'udp', containerPort: 7777, requestedCPU: 0.5, requestedMemoryMB: 512 },
      env: [],
    })
    const { processId } = await running(place)
    await stopped(place, processId)
    const log = await textOf(await cloud.logsV1.downloadLogForProcess(processId))
    expect(log).toBe('started\n')
  })

  test('may be named with their host in front, or by digest', async () => {
    const place = await open()
    const { registry, digest } = place
    const { auth } = registry
    for (const image of [
      `${registry.host}/studio/game:1`,
      `${registry.host}/studio/game@${digest}`,
    ]) {
      const { build, output } = await pulled(place, { image, auth })
      expect(build.status, output).toBe('succeeded')
    }
  })

  test.each([
    [
      'a wrong password',
      { auth: Buffer.from('studio:guessed wrong').toString('base64') },
      /unauthorized|authentication|denied/,
    ],
    ['no password', {}, /unauthorized|authentication|denied|no basic auth/],
  ])('with %s fail with the words of the registry', async (_, auth, cause) => {
    const place = await open()
    const { build, output } = await pulled(place, {
      ...{ image: 'studio/game:1', registryUrl: place.registry.host, ...auth },
    })
    expect(build.status).toBe('failed')
    expect(output).toMatch(/^error: .*studio\/game:1 cannot be pulled: /m)
    expect(output).toMatch(cause)
    expect(output).not.toContain('guessed wrong')
  })

  test('that do not exist fail with their name', async () => {
    const place = await open()
    const { host, auth } = place.registry
    const { build, output } = await pulled(place, {
      image: 'studio/other:2',
      registryUrl: host,
      auth,
    })
    expect(build.status).toBe('failed')
    expect(output).toMatch(/studio\/other:2 cannot be pulled: .*(?:manifest unknown|not found)/)
  })

  test('for another processor fail with its name and that of ours', async () => {
    const place = await open()
    const { client } = place.engine
    const image = await foreignImage(client)
    const { Id } = await client.call<{ Id: string }>({
      ...{ method: 'GET', path: `/images/${image}/json` },
    })
    await pushTo(place.registry, client, { image, name: 'studio/foreign', tag: '1' })
    const { host, auth } = place.registry
    const wanted = { image: 'studio/foreign:1', registryUrl: host, auth }
    const { build, output } = await pulled(place, wanted)
    expect(build.status).toBe('failed')
    expect(output).toContain(`error: the image is for linux/${foreignArchitecture}, and the engine`)
    const left = client.call({ method: 'GET', path: `/images/${Id}/json` })
    await expect(left).rejects.toThrow('No such image')
  })

  test('leave their password nowhere in the data of the server, nor in its output', async () => {
    const place = await open()
    const { host, auth, password } = place.registry
    await pulled(place, { image: 'studio/game:1', registryUrl: host, auth })
    await pulled(place, { image: 'studio/none:1', registryUrl: host, auth })
    const { data } = place.hatchery
    for (const file of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
      const path = join(data, file)
      if (!statSync(path).isFile()) continue
      const bytes = readFileSync(path)
      expect(bytes.includes(password) || bytes.includes(auth), file).toBe(false)
    }
  })

  test('are not taken from addresses of this network unless they are listed', async () => {
    const place = await open()
    const { buildId } = await place.cloud.buildsV3.createBuildRegistry({})
    for (const image of [
      'localhost:1/a:1',
      '127.0.0.1:1/a:1',
      '[::1]:1/a:1',
      '169.254.169.254/a:1',
      '10.0.0.1/a:1',
    ]) {
      await expect(place.cloud.buildsV3.runBuildRegistry(buildId, { image })).rejects.toMatchObject(
        {
          statusCode: 422,
          message: expect.stringContaining('containers.allowedRegistries') as string,
        },
      )
    }
    expect(await place.cloud.buildsV3.getBuild(buildId)).toMatchObject({ status: 'created' })
  })

  test('lose our name when they are not used any more, and stay where somebody else has named them', async () => {
    const { engine, registry, digest } = await open()
    const { host, username, password } = registry
    const { client } = engine
    const builder = createDockerBuilder({
      ...{ engine: client, installationId: randomUUID(), network: 'default' },
      builder: 'buildkit',
      keeping: { unusedImageMs: 0, mostDiskPercent: 100 },
    })
    const credentials = { kind: 'password', username, password } as const
    const image = { host, repository: 'studio/game', reference: '1', credentials }
    const said: string[] = []
    const { artifact } = await builder.pull(
      image,
      (line) => said.push(line),
      AbortSignal.timeout(60_000),
    )
    expect(said[0]).toBe(`${host}/studio/game@${digest}`)
    const { contentHash } = artifact
    expect(artifact).toEqual({ kind: 'image', contentHash, engine: engine.url })
    expect(await builder.artifacts()).toEqual([contentHash])

    const name = `somebody-elses-${randomUUID()}`
    const named = { repo: name, tag: '1' }
    await client.call({ method: 'POST', path: `/images/${contentHash}/tag`, query: named })
    await builder.removeArtifact(contentHash)
    expect(await builder.artifacts()).toEqual([])
    const path = `/images/${name}:1`
    expect(await client.call({ method: 'GET', path: `${path}/json` })).toMatchObject({
      Id: `sha256:${contentHash}`,
    })
    await client.call({ method: 'DELETE', path })

    await builder.pull(image, () => {}, AbortSignal.timeout(60_000))
    await builder.removeArtifact(contentHash)
    const gone = client.call({ method: 'GET', path: `/images/${contentHash}/json` })
    await expect(gone).rejects.toThrow('No such image')
    await builder.removeArtifact('a'.repeat(64))
  })
})
