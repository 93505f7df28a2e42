/** Builds of images in registries: who may, when, and what is told. */
import { expect, test } from 'vitest'
import { refusalOf } from '../support/refusal.ts'
import { startHatchery } from '../support/start-hatchery.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'
import { textOf } from '../support/upload.ts'

/** A public address, which nobody looks up or connects to. */
const image = '8.8.8.8/studio/game:1'

test('is joined while it pulls and replayed afterwards, whatever image is named then', async () => {
  const { client, builder } = await startWithFakes()
  const open = builder.hold()
  const { buildId } = await client.buildsV3.createBuildRegistry({ buildTag: 'v1' })
  const first = client.buildsV3.runBuildRegistry(buildId, { image }).then(textOf)
  const second = client.buildsV3.runBuildRegistry(buildId, { image }).then(textOf)
  open()
  const said = 'pulling 8.8.8.8/studio/game:1\nbuild succeeded\n'
  expect(await first).toBe(said)
  expect(await second).toBe(said)
  const other = { image: 'localhost:1/other' }
  expect(await client.buildsV3.runBuildRegistry(buildId, other).then(textOf)).toBe(said)
  expect(await client.buildsV3.getBuild(buildId)).toMatchObject({ status: 'succeeded' })
})

test('fails with the words of the registry, and goes on when its caller leaves', async () => {
  const { client, builder } = await startWithFakes()
  const open = builder.hold()
  const { buildId } = await client.buildsV3.createBuildRegistry({})
  const missing = { image: '8.8.8.8/studio/missing:1' }
  const leaving = await client.buildsV3.runBuildRegistry(buildId, missing)
  await leaving.cancel()
  open()
  const output = await client.buildsV3.runBuildRegistry(buildId, missing).then(textOf)
  expect(output).toBe('pulling 8.8.8.8/studio/missing:1\nerror: manifest unknown\n')
  expect(await client.buildsV3.getBuild(buildId)).toMatchObject({ status: 'failed' })
})

test('that is cut off by the end of the server has failed, and says so', async () => {
  const { client, builder, restart } = await startWithFakes()
  builder.hold()
  const { buildId } = await client.buildsV3.createBuildRegistry({})
  const stream = await client.buildsV3.runBuildRegistry(buildId, { image })
  const over = textOf(stream).catch(() => 'cut')
  const later = await restart()
  await over
  expect(await later.client.buildsV3.getBuild(buildId)).toMatchObject({ status: 'failed' })
})

test('is not run as one of an archive, nor the other way', async () => {
  const { client } = await startWithFakes()
  const archive = await client.buildsV3.createBuild({ buildSizeInBytes: 9 })
  const ofRegistry = await client.buildsV3.createBuildRegistry({})
  expect(ofRegistry).toMatchObject({ status: 'created', imageSize: 0 })
  expect(ofRegistry).not.toHaveProperty('uploadParts')
  const refusal = await refusalOf(client.buildsV3.runBuildRegistry(archive.buildId, { image }))
  expect(refusal).toMatchObject({ status: 400 })
  expect(refusal.message).toContain('is made from an archive')
  expect(await refusalOf(client.buildsV3.runBuild(ofRegistry.buildId))).toMatchObject({
    status: 400,
  })
})

test('is refused where no region runs images, with the way out', async () => {
  const { client } = await startHatchery({ driver: 'local' })
  const { buildId } = await client.buildsV3.createBuildRegistry({})
  const refusal = await refusalOf(client.buildsV3.runBuildRegistry(buildId, { image }))
  expect(refusal).toMatchObject({ status: 400 })
  expect(refusal.message).toContain('start the server with --docker')
  expect(await client.buildsV3.getBuild(buildId)).toMatchObject({ status: 'created' })
})
