/** The oldest way to a running game server: the official client uploads the archive in the form of RunBuild. */
import { expect, test } from 'vitest'
import { tarball } from '../support/tarball.ts'
import { textOf } from '../support/upload.ts'
import { obedient } from './odd-servers.ts'
import { openPlayground, running, stopped } from './playground.ts'

const run = {
  ...{ env: [], idleTimeoutEnabled: false, roomsPerProcess: 1, transportType: 'udp' as const },
  ...{ containerPort: 7, requestedCPU: 1, requestedMemoryMB: 512 },
}

test('a build of BuildsV1, of V2 and of an upload by form is deployed and runs', async () => {
  const playground = await openPlayground()
  const { cloud, appId } = playground
  // As a client with a file of its own has it, and as one with a name and bytes.
  const archive = new Blob([new Uint8Array(tarball(obedient))])
  const named = { fileName: 'game.tar.gz', content: await archive.arrayBuffer() }

  const one = await cloud.buildsV1.createBuildDeprecated({ buildTag: 'one' })
  const text = await cloud.buildsV1.runBuildDeprecated(one.buildId, { file: archive })
  expect(text).toMatch(/start command: .*server\.mjs\nbuild succeeded\n$/)
  const two = await cloud.buildsV2.createBuildV2Deprecated({ buildTag: 'two' })
  const stream = await cloud.buildsV2.runBuildV2Deprecated(two.buildId, { file: named })
  expect(await textOf(stream)).toMatch(/build succeeded\n$/)
  const three = await cloud.buildsV2.createBuildWithUploadUrlV2Deprecated({ buildTag: 'three' })
  const form = new FormData()
  for (const { key, value } of three.uploadBodyParams) form.append(key, value)
  form.append('file', archive, 'game.tar.gz')
  expect((await fetch(three.uploadUrl, { method: 'POST', body: form })).status).toBe(204)
  await textOf(await cloud.buildsV2.runBuildV2Deprecated(three.buildId, {}))

  const { builds } = await cloud.buildsV3.getBuilds()
  expect(builds.map(({ buildTag, status }) => [buildTag, status])).toEqual([
    ...[
      ['three', 'succeeded'],
      ['two', 'succeeded'],
      ['one', 'succeeded'],
    ],
  ])
  // The same content, whichever way it came.
  expect(new Set(builds.map(({ contentHash }) => contentHash)).size).toBe(1)
  for (const { buildId } of builds) {
    const deployment = await cloud.deploymentsV3.createDeployment({ ...run, buildId }, appId)
    const process = await running(playground)
    expect(process.deploymentId).toBe(deployment.deploymentId)
    await stopped(playground, process.processId)
  }
})

test('what is no archive fails to build and says why', async () => {
  const { cloud } = await openPlayground()
  const { buildId } = await cloud.buildsV1.createBuildDeprecated({})
  const file = new Blob(['hello'])
  expect(await cloud.buildsV1.runBuildDeprecated(buildId, { file })).toMatch(/^error: .*gzip/m)
  expect((await cloud.buildsV1.getBuildInfoDeprecated(buildId)).status).toBe('failed')
})
