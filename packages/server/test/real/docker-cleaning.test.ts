/** What is removed from a real engine, and what stays there. */
import { execFileSync } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import { type DockerBuilderOptions, createDockerBuilder } from '../../src/drivers/docker/builder.ts'
import { type EngineClient, createEngineClient } from '../../src/drivers/docker/engine-client.ts'
import { isMissing } from '../../src/drivers/docker/engine-error.ts'
import { engineHindrance, removeEngine, startEngine } from '../support/docker/engine-process.ts'
import { gameImage } from '../support/docker/game-image.ts'
import { sharedEngine } from '../support/docker/shared-engine.ts'
import { eventually } from '../support/eventually.ts'
import { tarball } from '../support/tarball.ts'
import { built, deployed, openPlaygroundAt, running, stopped } from './playground.ts'

const hindrance = engineHindrance()
const hour = 3_600_000

const builderOn = (
  engine: EngineClient,
  installationId: string,
  keeping: DockerBuilderOptions['keeping'],
) =>
  createDockerBuilder({
    ...{ engine, installationId, keeping, network: 'default', builder: 'buildkit' },
  })

/** A file with an archive that nobody else builds. */
function anArchive(Dockerfile: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-archive-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'archive')
  writeFileSync(path, tarball({ Dockerfile, own: randomUUID() }))
  return path
}

async function isThere(engine: EngineClient, contentHash: string): Promise<boolean> {
  try {
    await engine.call({ method: 'GET', path: `/images/${contentHash}/json` })
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

describe.skipIf(hindrance !== undefined)(`images of an engine ${hindrance ?? ''}`, () => {
  test('may go by the time since they came to it', async () => {
    const { client } = await sharedEngine()
    const installationId = randomUUID()
    const after = (unusedImageMs: number) =>
      builderOn(client, installationId, { unusedImageMs, mostDiskPercent: 100 })
    const archive = anArchive(`FROM ${gameImage}\nCOPY own /own\n`)
    const { artifact } = await after(0).build(archive, () => {}, AbortSignal.timeout(60_000))
    const { contentHash } = artifact
    expect(await after(hour).artifacts()).toEqual([])
    expect(await after(1).artifacts()).toEqual([contentHash])
    expect(await after(0).artifacts()).toEqual([contentHash])
    await after(hour).removeArtifact(contentHash)
    expect(await isThere(client, contentHash)).toBe(false)
  })

  test('stay while a container runs from them, which is no failure', async () => {
    const { client } = await sharedEngine()
    const builder = builderOn(client, randomUUID(), { unusedImageMs: 0, mostDiskPercent: 100 })
    const archive = anArchive(`FROM ${gameImage}\nCOPY own /own\n`)
    const { artifact } = await builder.build(archive, () => {}, AbortSignal.timeout(60_000))
    const { contentHash } = artifact
    const { Id } = await client.call<{ Id: string }>({
      ...{ method: 'POST', path: '/containers/create' },
      body: { Image: `sha256:${contentHash}`, Cmd: ['busybox', 'sleep', '600'] },
    })
    await client.call({ method: 'POST', path: `/containers/${Id}/start` })
    await builder.removeArtifact(contentHash)
    expect(await isThere(client, contentHash)).toBe(true)
    await client.call({ method: 'DELETE', path: `/containers/${Id}`, query: { force: '1' } })
    await builder.removeArtifact(contentHash)
    expect(await isThere(client, contentHash)).toBe(false)
  })

  test('may all go when its disk fills up, and so does the cache that builds have not used for as long', async () => {
    const folder = mkdtempSync(join(tmpdir(), `hatchery-engine-${process.pid}-full-`))
    onTestFinished(() => removeEngine(folder))
    const data = join(folder, 'data')
    mkdirSync(data)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', data])
    const engine = createEngineClient({ url: await startEngine(folder, 200 + randomInt(50)) })
    onTestFinished(engine.close)
    const keeping = { unusedImageMs: hour, mostDiskPercent: 75 }
    const builder = builderOn(engine, randomUUID(), keeping)
    const impatient = builderOn(engine, randomUUID(), { ...keeping, unusedImageMs: 0 })
    const archive = anArchive('FROM scratch\nCOPY own /own\nCMD ["/own"]\n')
    const { artifact } = await builder.build(archive, () => {}, AbortSignal.timeout(60_000))
    const isCached = async (): Promise<boolean> => {
      const path = '/system/df'
      const { BuildCache } = await engine.call<{ BuildCache: object[] | null }>({
        ...{ method: 'GET', path },
      })
      return (BuildCache ?? []).length > 0
    }
    await impatient.makeRoom()
    expect(await isCached()).toBe(true)
    expect(await builder.artifacts()).toEqual([])

    writeFileSync(join(data, 'of-somebody-else'), Buffer.alloc(50 * 1_048_576))
    expect(await builder.artifacts()).toEqual([artifact.contentHash])
    await builder.removeArtifact(artifact.contentHash)
    await builder.makeRoom()
    expect(await isCached()).toBe(true)
    await impatient.makeRoom()
    expect(await isCached()).toBe(false)
  })

  test('go when no build and no process needs them', async () => {
    const { url, client } = await sharedEngine()
    const roundMs = 10 * 60_000
    const clock = {
      ...systemClock,
      after: (ms: number, run: () => void) => systemClock.after(ms === roundMs ? 200 : ms, run),
    }
    const place = await openPlaygroundAt(
      clock,
      ...[`--nodes=a docker=${url}`, '--containers-unused-image-hours=0'],
    )
    const files = (own: string) => ({ Dockerfile: `FROM ${gameImage}\nCOPY own /own\n`, own })
    const { buildsV3 } = place.cloud
    const listed = async (): Promise<number> => {
      const filters = JSON.stringify({ label: [`dev.hatchery.installation=${installation}`] })
      const path = '/images/json'
      return (await client.call<object[]>({ method: 'GET', path, query: { filters } })).length
    }
    await deployed(place, files('played'))
    const { processId } = await running(place)
    const installation = await installationOf(client, processId)
    const kept = await built(place, files('kept'))
    await built(place, files('deleted'))
    expect(await listed()).toBe(3)
    const { builds } = await buildsV3.getBuilds()
    for (const { buildId } of builds)
      if (buildId !== kept.buildId) await buildsV3.deleteBuild(buildId)
    await eventually('the deleted one is gone', async () => (await listed()) === 2)
    await stopped(place, processId)
    await eventually('only that of a build is there', async () => (await listed()) === 1)
  })
})

async function installationOf(client: EngineClient, processId: string): Promise<string> {
  const path = `/containers/hatchery-${processId}/json`
  const { Config } = await client.call<{ Config: { Labels: Record<string, string> } }>({
    ...{ method: 'GET', path },
  })
  return String(Config.Labels['dev.hatchery.installation'])
}
