/** Applications and deployments in the older versions: the same things, whichever version made them. */
import { describe, expect, test } from 'vitest'
import { deprecatedPlace, runConfig, runConfigV2 } from '../support/deprecated-place.ts'
import { anAppConfig } from '../support/deployed-app.ts'
import { call } from '../support/json-call.ts'
import { refusalIn, refusalOf } from '../support/refusal.ts'
import { buildOf, succeededBuild } from '../support/upload.ts'
import { without } from '../support/without.ts'

describe('an application', () => {
  test('that V1 made, changed and deleted is so in V2', async () => {
    const { official, client } = await deprecatedPlace()
    const { appsV1, appsV2 } = official
    const made = await appsV1.createAppV1Deprecated(anAppConfig('old'))
    expect(await appsV2.getApp(made.appId)).toEqual(made)
    const serviceConfig = {
      staticProcessAllocation: [
        { region: 'Seattle', minProcesses: 0, targetProcesses: 0, maxProcesses: 1 } as const,
      ],
    }
    await appsV2.patchApp({ serviceConfig }, made.appId)
    const change = { appName: 'older', authConfiguration: { nickname: {} } }
    const changed = await appsV1.updateAppV1Deprecated(change, made.appId)
    expect(changed).toEqual({ ...made, ...change, serviceConfig })
    expect(await appsV2.getApp(made.appId)).toEqual(changed)
    expect(await appsV1.getAppInfoV1Deprecated(made.appId)).toEqual(changed)
    await appsV1.deleteAppV1Deprecated(made.appId)
    expect(await refusalOf(client.appsV2.getApp(made.appId))).toMatchObject({ status: 404 })
  })

  test('is listed by V1 with its newest deployment and build under their numbers', async () => {
    const { official, client, appId } = await deprecatedPlace()
    const never = await client.appsV2.createApp(anAppConfig('never-deployed'))
    const newest = await official.deploymentsV2.createDeploymentV2Deprecated(1, runConfigV2)
    const { applications } = await official.appsV2.getApps()
    const listed = await official.appsV1.getAppsV1Deprecated()
    expect(listed.map((one) => one.appId)).toEqual([never.appId, appId])
    for (const [index, { deployment, ...application }] of listed.entries())
      expect(applications[index]).toMatchObject(application)
    expect(listed[0]?.deployment).toBeUndefined()
    const { build, ...deployment } = listed[1]?.deployment ?? {}
    expect(deployment).toEqual(newest)
    const {
      orgId: __,
      contentHash: ___,
      ...shown
    } = await client.buildsV3.getBuild(
      (await client.deploymentsV3.getLatestDeployment(appId)).buildId,
    )
    expect(build).toEqual({ ...shown, buildId: 1, appId, regionalContainerTags: [] })
  })
})

const onlyInV3 = ['requestedGPU', 'experimentalRequestedGPU'] as const

describe('a deployment', () => {
  test('of each version is the same in all', async () => {
    const { official, appId, deployment, first } = await deprecatedPlace()
    const { deploymentsV1, deploymentsV2, deploymentsV3 } = official
    const env = [{ name: 'MAP', value: 'arena' }]
    const query = { name: 'query', port: 7778, transportType: 'tcp' as const }
    const V2 = await deploymentsV2.createDeploymentV2Deprecated(1, {
      ...{ ...runConfigV2, env, additionalContainerPorts: [query], roomsPerProcess: 3 },
      ...{ idleTimeoutEnabled: true, requestedCPU: 1.25, requestedMemoryMB: 1500 },
    })
    const V1 = await deploymentsV1.createDeploymentV1Deprecated(2, {
      ...{ ...runConfig, env, additionalContainerPorts: [query], planName: 'small' },
      idleTimeoutEnabled: false,
    })
    expect(V2).toEqual({
      ...{ deploymentId: 2, appId, buildId: 1, env, additionalContainerPorts: [query] },
      ...{ roomsPerProcess: 3, idleTimeoutEnabled: true },
      ...{ requestedCPU: 1.25, requestedMemoryMB: 1500, createdBy: deployment.createdBy },
      defaultContainerPort: { name: 'default', port: 7777, transportType: 'udp' },
      createdAt: expect.any(Date) as Date,
    })
    expect(V1).toMatchObject({
      ...{ deploymentId: 3, buildId: 2, planName: 'small', idleTimeoutEnabled: false, env },
      ...{ requestedCPU: 1, requestedMemoryMB: 2048, containerPort: 7777, transportType: 'udp' },
    })

    const inV3 = (await deploymentsV3.getDeployments()).deployments
    const inV2 = await deploymentsV2.getDeploymentsV2Deprecated()
    const inV1 = await deploymentsV1.getDeploymentsV1Deprecated()
    const V1InV2 = without(V1, 'planName', 'containerPort', 'transportType')
    const V3InV2 = {
      ...without(await deploymentsV3.getDeployment(deployment.deploymentId), ...onlyInV3),
      ...{ deploymentId: 1, buildId: 2 },
    }
    expect(inV2).toEqual([V1InV2, V2, V3InV2])
    const port = { containerPort: 7777, transportType: 'udp' }
    expect(inV1).toEqual([
      V1,
      { ...V2, ...port, planName: 'medium' },
      { ...V3InV2, ...port, planName: 'tiny' },
    ])
    expect(inV3.map(({ buildId }) => buildId)).toEqual(
      [deployment, first, deployment].map(({ buildId }) => buildId),
    )
    for (const [index, made] of [V1InV2, V2].entries())
      expect(inV3[index]).toMatchObject(without(made, 'deploymentId', 'buildId'))

    expect(await deploymentsV1.getLatestDeploymentV1Deprecated()).toEqual(V1)
    expect(await deploymentsV2.getLatestDeploymentV2Deprecated()).toEqual(V1InV2)
    for (const [index, number] of [3, 2, 1].entries()) {
      expect(await deploymentsV1.getDeploymentInfoV1Deprecated(number)).toEqual(inV1[index])
      expect(await deploymentsV2.getDeploymentInfoV2Deprecated(number)).toEqual(inV2[index])
    }
  })

  test.each([
    ['tiny', 0.25, 512],
    ['tiny', 0.5, 1024],
    ['small', 0.51, 1024],
    ['small', 0.5, 1025],
    ['medium', 1.01, 2048],
    ['large', 4, 512],
    ['large', 0.25, 8192],
    ['large', 16, 512],
  ] as const)(
    'of another version is %s in V1 for %d cores and %d MB',
    async (planName, cpu, memory) => {
      const { official } = await deprecatedPlace()
      const resources = { requestedCPU: cpu, requestedMemoryMB: memory }
      await official.deploymentsV2.createDeploymentV2Deprecated(1, { ...runConfigV2, ...resources })
      const shown = await official.deploymentsV1.getLatestDeploymentV1Deprecated()
      expect(shown).toMatchObject({ planName, ...resources })
    },
  )

  test.each([
    ['tiny', 0.5, 1024],
    ['small', 1, 2048],
    ['medium', 2, 4096],
    ['large', 4, 8192],
  ] as const)('of the plan %s has %d cores and %d MB', async (planName, cpu, memory) => {
    const { official } = await deprecatedPlace()
    await official.deploymentsV1.createDeploymentV1Deprecated(1, { ...runConfig, planName })
    expect(await official.deploymentsV3.getLatestDeployment()).toMatchObject({
      ...{ requestedCPU: cpu, requestedMemoryMB: memory },
    })
  })

  test('of V1 ends idle processes unless it says otherwise', async () => {
    const hatchery = await deprecatedPlace()
    const silent = { ...without(runConfig, 'idleTimeoutEnabled'), planName: 'tiny' }
    const path = `/deployments/v1/${hatchery.appId}/create/1`
    const answer = await call(hatchery, 'POST', path, silent)
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ idleTimeoutEnabled: true })
    expect(await hatchery.official.deploymentsV3.getLatestDeployment()).toMatchObject({
      ...{ idleTimeoutEnabled: true },
    })
  })

  test('needs a build that succeeded and is not deleted, and is refused with its number', async () => {
    const { client, appId } = await deprecatedPlace()
    await client.buildsV3.createBuild({ buildSizeInBytes: 1 })
    await buildOf(client, 'fail: no Procfile')
    const deleted = await succeededBuild(client, 'soon deleted')
    await client.buildsV3.deleteBuild(deleted.buildId)
    const unusable = 'a deployment needs a build that succeeded'
    const states: [number, string][] = [
      [3, `build 3 is created: ${unusable}`],
      [4, `build 4 is failed: ${unusable}`],
      [5, `build 5 was deleted: ${unusable}`],
      [6, `build 6 is not known: ${unusable}`],
      [0, 'buildId must be >= 1; got 0'],
      [-1, 'buildId must be >= 1; got -1'],
    ]
    const { deploymentsV1, deploymentsV2, deploymentsV3 } = client
    for (const [number, message] of states) {
      const planned = { ...runConfig, planName: 'tiny' as const }
      const refusals = await Promise.all([
        refusalOf(deploymentsV2.createDeploymentV2Deprecated(number, runConfigV2, appId)),
        refusalOf(deploymentsV1.createDeploymentV1Deprecated(number, planned, appId)),
      ])
      for (const refusal of refusals) expect(refusal).toMatchObject({ status: 422, message })
    }
    expect((await deploymentsV3.getDeployments(appId)).deployments).toHaveLength(1)
  })

  test('is refused with the fields of the version that was called', async () => {
    const { client, appId } = await deprecatedPlace()
    const { deploymentsV1, deploymentsV2 } = client
    const inV1 = (given: object) =>
      deploymentsV1.createDeploymentV1Deprecated(
        1,
        { ...runConfig, planName: 'tiny', ...given },
        appId,
      )
    const inV2 = (given: object) =>
      deploymentsV2.createDeploymentV2Deprecated(1, { ...runConfigV2, ...given }, appId)
    const refused: [Promise<unknown>, string][] = [
      [
        inV1({ planName: 'huge' }),
        'body.planName must be one of tiny, small, medium, large; got "huge"',
      ],
      [inV1({ planName: undefined }), 'body.planName is missing'],
      [inV1({ env: [{ name: 'PORT', value: '1' }] }), 'body.env may not set PORT: '],
      [inV1({ transportType: 'tls' }), 'the port 7777 wants tls, which no region here offers yet'],
      [inV2({ requestedMemoryMB: 8193 }), 'body.requestedMemoryMB must be at most 8192; got 8193'],
      [inV2({ requestedCPU: 0.2 }), 'body.requestedCPU must be >= 0.25; got 0.2'],
      [inV2({ idleTimeoutEnabled: undefined }), 'body.idleTimeoutEnabled is missing'],
    ]
    for (const [answer, message] of refused) {
      const refusal = await refusalOf(answer)
      expect(refusal).toMatchObject({ status: 422, message: expect.stringContaining(message) })
    }
    expect((await client.deploymentsV3.getDeployments(appId)).deployments).toHaveLength(1)
  })

  test('that is not there is 404, as is one of another application and what is no number', async () => {
    const hatchery = await deprecatedPlace()
    const { client, appId } = hatchery
    const other = await client.appsV2.createApp(anAppConfig('other'))
    for (const version of ['v1', 'v2']) {
      const asked: [string, string][] = [
        [`${appId}/info/2`, 'application arena has no deployment 2'],
        [`${other.appId}/info/1`, 'application other has no deployment 1'],
        [`${appId}/info/dep-1`, 'deploymentId must be a whole number; got "dep-1"'],
        [`${other.appId}/latest`, 'application other has no deployment yet'],
        ['app-x/list', 'there is no application "app-x"'],
      ]
      for (const [path, message] of asked) {
        const answer = await call(hatchery, 'GET', `/deployments/${version}/${path}`)
        const refusal = await refusalIn(answer)
        expect(refusal).toMatchObject({ status: 404, message: expect.stringContaining(message) })
      }
      const empty = await call(hatchery, 'GET', `/deployments/${version}/${other.appId}/list`)
      expect(await empty.json()).toEqual([])
    }
  })
})
