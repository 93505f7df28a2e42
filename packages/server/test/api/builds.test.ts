/** Builds: create, find, delete. */
import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { refusalIn, refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'
import { put } from '../support/upload.ts'

const megabyte = 1_048_576
/** Parts of 1 MB, so that an archive of some MB has several. */
const smallParts = '--builds-part-mb=1'

describe('a new build', () => {
  test('has an id of ours, or the one that was asked for', async () => {
    const { client } = await startWithFakes()
    const ours = await client.buildsV3.createBuild({ buildSizeInBytes: 5 })
    expect(ours.buildId).toMatch(/^bld-[0-9a-f-]{36}$/)
    expect(ours).toMatchObject({
      status: 'created',
      imageSize: 0,
      startedAt: null,
      finishedAt: null,
      deletedAt: null,
    })
    expect(ours).not.toHaveProperty('buildTag')
    const chosen = await client.buildsV3.createBuild({
      buildId: 'my_build-1',
      buildTag: 'v1',
      buildSizeInBytes: 5,
    })
    expect(chosen).toMatchObject({ buildId: 'my_build-1', buildTag: 'v1' })
    const { builds } = await client.buildsV3.getBuilds()
    expect(builds.map(({ buildId }) => buildId)).toEqual(['my_build-1', ours.buildId])
  })

  test('cannot have an id that was used before, by a deleted one either', async () => {
    const { client } = await startWithFakes()
    const { buildsV3 } = client
    await buildsV3.createBuild({ buildId: 'mine', buildSizeInBytes: 5 })
    const taken = {
      status: 422,
      code: 'taken',
      message: 'a build mine exists already: choose another id',
    }
    const again = (): Promise<unknown> =>
      buildsV3.createBuild({ buildId: 'mine', buildSizeInBytes: 5 })
    expect(await refusalOf(again())).toMatchObject(taken)
    await buildsV3.deleteBuild('mine')
    expect(await refusalOf(again())).toMatchObject(taken)
    expect(await refusalOf(buildsV3.createBuildRegistry({ buildId: 'mine' }))).toMatchObject(taken)
  })

  const sizes: [number, number][] = [
    [1, 1],
    [megabyte - 1, 1],
    [megabyte, 1],
    [megabyte + 1, 2],
    [3 * megabyte, 3],
    [20 * megabyte, 20],
  ]

  test.for(sizes)('of %d bytes gets %d parts of 1 MB', async ([buildSizeInBytes, count]) => {
    const { client } = await startWithFakes(smallParts)
    const created = await client.buildsV3.createBuild({ buildSizeInBytes })
    expect(created.maxChunkSize).toBe(megabyte)
    expect(created.uploadParts.map(({ partNumber }) => partNumber)).toEqual(
      Array.from({ length: count }, (_, index) => index + 1),
    )
    expect(new Set(created.uploadParts.map((part) => part.putRequestUrl)).size).toBe(count)
  })

  test('of more parts than the list that completes it can hold is refused', async () => {
    const { client } = await startWithFakes(smallParts)
    const call = client.buildsV3.createBuild({ buildSizeInBytes: 8_000 * megabyte + 1 })
    expect(await refusalOf(call)).toMatchObject({
      status: 422,
      message: `body.buildSizeInBytes must be a whole number from 1 to ${8_000 * megabyte}; got ${8_000 * megabyte + 1}`,
    })
    expect((await client.buildsV3.getBuilds()).builds).toEqual([])
  })

  test('for which there is no room on the disk is refused and not listed', async ({ skip }) => {
    const { client } = await startWithFakes('--builds-max-gb=1024', '--builds-part-mb=1024')
    const { bavail, bsize } = statfsSync(tmpdir())
    const buildSizeInBytes = 1024 ** 4
    if (bavail * bsize > buildSizeInBytes) skip('the disk has more room than any build may have')
    const refusal = await refusalOf(client.buildsV3.createBuild({ buildSizeInBytes }))
    expect(refusal).toMatchObject({ status: 503, code: 'unavailable', retryAfter: '30' })
    expect(refusal.message).toContain('free some space')
    expect(await client.buildsV3.getBuilds()).toEqual({ builds: [] })
  })

  test('of more than 10 GB, of nothing or of half a byte is refused', async () => {
    const { client } = await startWithFakes()
    for (const buildSizeInBytes of [10 * 1024 * megabyte + 1, 0, -1, 1.5]) {
      const refusal = await refusalOf(client.buildsV3.createBuild({ buildSizeInBytes }))
      expect(refusal.status).toBe(422)
      expect(refusal.message).toContain('body.buildSizeInBytes')
      expect(refusal.message).toContain(`got ${buildSizeInBytes}`)
    }
    expect(await client.buildsV3.getBuilds()).toEqual({ builds: [] })
  })
})

describe('a deleted build', () => {
  test('leaves the list, is still found, cannot be uploaded or run, and is deleted twice alike', async () => {
    const { client } = await startWithFakes()
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: 5 })
    expect(await client.buildsV3.deleteBuild(created.buildId)).toEqual({})
    const deleted = await client.buildsV3.getBuild(created.buildId)
    expect(deleted.deletedAt).toBeInstanceOf(Date)
    expect(await client.buildsV3.getBuilds()).toEqual({ builds: [] })
    expect(await client.buildsV3.deleteBuild(created.buildId)).toEqual({})
    expect(await client.buildsV3.getBuild(created.buildId)).toEqual(deleted)
    expect(await refusalOf(client.buildsV3.runBuild(created.buildId))).toMatchObject({
      status: 400,
      message: `build ${created.buildId} was deleted: create another one`,
    })
    const answer = await put(created.uploadParts[0]?.putRequestUrl ?? '', Buffer.from('hello'))
    expect(await refusalIn(answer)).toMatchObject({
      status: 404,
      message: 'the build of this URL is gone',
    })
  })

  test('that nobody knows is 404', async () => {
    const { client } = await startWithFakes()
    const calls = [
      client.buildsV3.getBuild('bld-x'),
      client.buildsV3.deleteBuild('bld-x'),
      client.buildsV3.runBuild('bld-x'),
      client.buildsV3.runBuildRegistry('bld-x', { image: 'a' }),
    ]
    for (const refusal of await Promise.all(calls.map(refusalOf))) {
      expect(refusal).toMatchObject({
        status: 404,
        message: 'there is no build "bld-x"; GET /builds/v3/builds lists yours',
      })
    }
  })
})
