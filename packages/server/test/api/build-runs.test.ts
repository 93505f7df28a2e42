/** Running builds: their output, their end, and who reads along. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { createFakeBuilder } from '../support/fake-builder.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { untilStatus } from '../support/process-life.ts'
import { refusalOf } from '../support/refusal.ts'
import { createFakeDriver, startHatchery } from '../support/start-hatchery.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'
import { buildOf, succeededBuild, textOf, upload } from '../support/upload.ts'

const archive = Buffer.from('a game server')

test('a run streams the output to its end, and the build has succeeded by then', async () => {
  const { client, url, token } = await startWithFakes()
  const created = await client.buildsV3.createBuild({ buildSizeInBytes: archive.length })
  await upload(created, archive)
  const answer = await fetch(`${url}/builds/v3/builds/${created.buildId}/run`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, accept: 'application/octet-stream' },
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(await answer.text()).toBe('reading 13 bytes\nbuild succeeded\n')
  const build = await client.buildsV3.getBuild(created.buildId)
  expect(build).toMatchObject({ status: 'succeeded', imageSize: 13 })
  expect(build.startedAt).toBeInstanceOf(Date)
  expect(build.finishedAt?.getTime()).toBeGreaterThanOrEqual(build.startedAt?.getTime() ?? NaN)
})

test('a run that fails says why in its last line, and the build has failed', async () => {
  const { client } = await startWithFakes()
  const { build, output } = await buildOf(client, 'fail: there is no Procfile')
  expect(output).toBe('reading 26 bytes\nerror: there is no Procfile\n')
  expect(build).toMatchObject({ status: 'failed', imageSize: 0, finishedAt: expect.any(Date) })
  expect(build).not.toHaveProperty('contentHash')
})

test('an upload that is not complete cannot be run', async () => {
  const { client } = await startWithFakes()
  const created = await client.buildsV3.createBuild({ buildSizeInBytes: archive.length })
  const refusal = await refusalOf(client.buildsV3.runBuild(created.buildId))
  expect(refusal).toMatchObject({ status: 400, code: 'not-now' })
  expect(refusal.message).toBe(
    `the upload of build ${created.buildId} is not complete (missing parts: 1): send its parts, then complete it`,
  )
  expect((await client.buildsV3.getBuild(created.buildId)).status).toBe('created')
})

describe('a build that is run again', () => {
  test('while it runs is joined from its beginning', async () => {
    const { client, builder } = await startWithFakes()
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: archive.length })
    await upload(created, archive)
    const release = builder.hold()
    const first = await client.buildsV3.runBuild(created.buildId)
    const second = await client.buildsV3.runBuild(created.buildId)
    expect((await client.buildsV3.getBuild(created.buildId)).status).toBe('running')
    release()
    const outputs = await Promise.all([textOf(first), textOf(second)])
    expect(outputs).toEqual(Array(2).fill('reading 13 bytes\nbuild succeeded\n'))
  })

  test('after it ended is replayed, after a restart too', async () => {
    const hatchery = await startWithFakes()
    const succeeded = await buildOf(hatchery.client, archive)
    const failed = await buildOf(hatchery.client, 'fail: no')
    const { client } = await hatchery.restart()
    for (const { build, output } of [succeeded, failed]) {
      expect(await textOf(await client.buildsV3.runBuild(build.buildId))).toBe(output)
      expect(await client.buildsV3.getBuild(build.buildId)).toEqual(build)
    }
  })

  test('by many at once is built once', async () => {
    const { client } = await startWithFakes()
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: archive.length })
    await upload(created, archive)
    const outputs = await Promise.all(
      Array.from({ length: 8 }, async () =>
        textOf(await client.buildsV3.runBuild(created.buildId)),
      ),
    )
    expect(new Set(outputs)).toEqual(new Set(['reading 13 bytes\nbuild succeeded\n']))
  })
})

test('a build goes on when the caller leaves', async () => {
  const { client, builder } = await startWithFakes()
  const created = await client.buildsV3.createBuild({ buildSizeInBytes: archive.length })
  await upload(created, archive)
  const release = builder.hold()
  const stream = await client.buildsV3.runBuild(created.buildId)
  await stream.cancel()
  release()
  const build = await eventually('the build ends', async () => {
    const now = await client.buildsV3.getBuild(created.buildId)
    return now.finishedAt !== null && now
  })
  expect(build.status).toBe('succeeded')
})

test('a build that the end of the server cut off has failed, and says so', async () => {
  const hatchery = await startWithFakes()
  const created = await hatchery.client.buildsV3.createBuild({ buildSizeInBytes: archive.length })
  await upload(created, archive)
  hatchery.builder.hold()
  const stream = await hatchery.client.buildsV3.runBuild(created.buildId)
  const output = textOf(stream).catch(() => 'cut off')
  const { client } = await hatchery.restart()
  await output
  const build = await client.buildsV3.getBuild(created.buildId)
  expect(build).toMatchObject({ status: 'failed', finishedAt: expect.any(Date) })
  expect(await textOf(await client.buildsV3.runBuild(created.buildId))).toMatch(/error: .*server/)
})

describe('the files of a build', () => {
  const files = (data: string, buildId: string): string[] =>
    readdirSync(join(data, 'uploads')).filter((name) => name.includes(buildId))

  test('of its upload are gone once it was built', async () => {
    const { client, data } = await startWithFakes()
    const { build } = await buildOf(client, archive)
    await eventually('they are gone', () => files(data, build.buildId).length === 0)
  })

  test('of its upload are gone once it was deleted', async () => {
    const { client, data } = await startWithFakes()
    const { buildId } = await client.buildsV3.createBuild({ buildSizeInBytes: archive.length })
    expect(files(data, buildId)).not.toEqual([])
    await client.buildsV3.deleteBuild(buildId)
    expect(files(data, buildId)).toEqual([])
    expect(existsSync(join(data, 'uploads'))).toBe(true)
  })

  test('vanish once it is deleted and nothing runs it any more', async () => {
    const clock = createManualClock()
    const builder = createFakeBuilder()
    const driver = { ...createFakeDriver({ clock }), builder }
    const { client } = await startHatchery({ clock, driver })
    const { appId, deployment } = await deployedApp(client)
    const process = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, process, 'running')
    const unused = await succeededBuild(client, 'never deployed')
    for (const { buildId } of [deployment, unused]) await client.buildsV3.deleteBuild(buildId)

    const round = 10 * 60_000
    clock.pass(round)
    await eventually('the unused one is gone', async () => (await builder.artifacts()).length === 1)
    expect(await builder.artifacts()).not.toContain(unused.contentHash)

    await client.processesV3.stopProcess(process.processId, appId)
    await untilStatus(client, process, 'stopped')
    await eventually('both are gone', async () => {
      clock.pass(round)
      return (await builder.artifacts()).length === 0
    })
  })

  test('stay while its processes run, though nothing new starts from it', async () => {
    const { client, driver } = await startWithFakes()
    const { appId, deployment } = await deployedApp(client)
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    await client.buildsV3.deleteBuild(deployment.buildId)
    const refusal = await refusalOf(client.processesV3.createProcess('Chicago', appId))
    expect(refusal).toMatchObject({
      status: 422,
      message: `build ${deployment.buildId} of deployment ${deployment.deploymentId} was deleted: deploy another build`,
    })
    const { hatchery } = client
    expect((await hatchery.getProcessView(processId, appId)).wanted).toBe('run')
    expect(await driver.builder.artifacts()).toHaveLength(1)
    const { build } = await buildOf(client, 'another')
    const config = deploymentConfig(build.buildId)
    await client.deploymentsV3.createDeployment(config, appId)
    await client.processesV3.createProcess('Chicago', appId)
  })
})
