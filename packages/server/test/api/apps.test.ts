/** Applications: make, list, change, delete. */
import type { Application } from '@hatchery/client'
import { describe, expect, test } from 'vitest'
import { anAppConfig, deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'
import { succeededBuild } from '../support/upload.ts'

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'

describe('a new application', () => {
  test('has an id and a secret of its own, and nothing else yet', async () => {
    const { client } = await startWithFakes()
    const before = Date.now()
    const app = await client.appsV2.createApp({
      appName: 'arena-2',
      authConfiguration: { anonymous: {}, google: { clientId: 'studio' } },
    })
    expect(app).toMatchObject({
      appName: 'arena-2',
      authConfiguration: { anonymous: {}, google: { clientId: 'studio' } },
      serviceConfig: null,
      deletedAt: null,
      deletedBy: null,
    })
    expect(app.appId).toMatch(new RegExp(`^app-${uuid}$`))
    expect(app.orgId).toMatch(new RegExp(`^org-${uuid}$`))
    expect(app.appSecret).toMatch(new RegExp(`^secret-${uuid}$`))
    expect(app.createdBy).toMatch(new RegExp(`^org-token-${uuid}$`))
    expect(app.createdAt.getTime()).toBeGreaterThanOrEqual(before)
    expect(await client.appsV2.getApp(app.appId)).toEqual(app)
  })

  test('is there after a restart, secret and all', async () => {
    const hatchery = await startWithFakes()
    const app = await hatchery.client.appsV2.createApp(anAppConfig('arena'))
    const { client } = await hatchery.restart()
    expect(await client.appsV2.getApp(app.appId)).toEqual(app)
  })

  test('cannot have the name of a living one', async () => {
    const { client } = await startWithFakes()
    await client.appsV2.createApp(anAppConfig('arena'))
    expect(await refusalOf(client.appsV2.createApp(anAppConfig('arena')))).toMatchObject({
      status: 422,
      code: 'taken',
      message: 'an application named arena exists already: choose another name',
    })
    expect((await client.appsV2.getApps()).applications).toHaveLength(1)
  })

  test('is one alone when many ask for the same name at once', async () => {
    const { client } = await startWithFakes()
    const asked = Array.from({ length: 16 }, () => client.appsV2.createApp(anAppConfig('arena')))
    const outcomes = await Promise.allSettled(asked)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await client.appsV2.getApps()).applications).toHaveLength(1)
  })
})

describe('the list of applications', () => {
  test('is empty at first', async () => {
    const { client } = await startWithFakes()
    expect(await client.appsV2.getApps()).toEqual({ applications: [] })
  })

  test('is newest first', async () => {
    const { client } = await startWithFakes()
    for (const name of ['zebra', 'ant', 'mole']) await client.appsV2.createApp(anAppConfig(name))
    const { applications } = await client.appsV2.getApps()
    expect(applications.map(({ appName }) => appName)).toEqual(['mole', 'ant', 'zebra'])
  })

  test('shows the latest deployment with its build, and none where there is none', async () => {
    const { client } = await startWithFakes()
    const { appId } = await deployedApp(client, { appName: 'deployed' })
    const build = await succeededBuild(client, 'version two', { buildTag: 'v2' })
    const latest = await client.deploymentsV3.createDeployment(
      deploymentConfig(build.buildId),
      appId,
    )
    await client.appsV2.createApp(anAppConfig('bare'))
    const [bare, deployed] = (await client.appsV2.getApps()).applications
    expect(bare).not.toHaveProperty('deployment')
    expect(deployed?.deployment).toEqual({ ...latest, build })
  })
})

const config = (staticProcessAllocation: object[]) =>
  ({ serviceConfig: { staticProcessAllocation } }) as never

const perRegion = {
  region: 'Chicago',
  minProcesses: 1,
  targetProcesses: 2,
  maxProcesses: 3,
}

describe('changing an application', () => {
  test('with PATCH keeps what is not given', async () => {
    const { client } = await startWithFakes()
    const app = await client.appsV2.createApp({
      appName: 'arena',
      authConfiguration: { nickname: {} },
    })
    const changed = await client.appsV2.patchApp(config([perRegion]), app.appId)
    expect(changed).toEqual({ ...app, serviceConfig: { staticProcessAllocation: [perRegion] } })
    const renamed = await client.appsV2.patchApp({ appName: 'colosseum' }, app.appId)
    expect(renamed).toEqual({ ...changed, appName: 'colosseum' })
    expect(await client.appsV2.patchApp({}, app.appId)).toEqual(renamed)
    expect(await client.appsV2.getApp(app.appId)).toEqual(renamed)
  })

  test('with POST replaces everything: what is left out is gone', async () => {
    const { client } = await startWithFakes()
    const app = await client.appsV2.createApp({
      appName: 'arena',
      authConfiguration: { nickname: {} },
    })
    await client.appsV2.patchApp(config([perRegion]), app.appId)
    const replaced = await client.appsV2.updateApp(anAppConfig('arena'), app.appId)
    expect(replaced).toEqual({ ...app, authConfiguration: {}, serviceConfig: null })
  })

  test('to its own name is fine, to another’s is refused and changes nothing', async () => {
    const { client } = await startWithFakes()
    await client.appsV2.createApp(anAppConfig('first'))
    const second = await client.appsV2.createApp(anAppConfig('second'))
    expect(await client.appsV2.patchApp({ appName: 'second' }, second.appId)).toEqual(second)
    for (const change of [client.appsV2.patchApp, client.appsV2.updateApp]) {
      const call = change.call(client.appsV2, anAppConfig('first'), second.appId)
      expect(await refusalOf(call)).toMatchObject({ status: 422, code: 'taken' })
    }
    expect(await client.appsV2.getApp(second.appId)).toEqual(second)
  })

  test('keeps the whole service configuration, with a maximum of null as 100', async () => {
    const { client } = await startWithFakes()
    const { appId } = await client.appsV2.createApp(anAppConfig('arena'))
    const serviceConfig = {
      staticProcessAllocation: [
        { ...perRegion, maxProcesses: null },
        { region: 'Tokyo', minProcesses: 2, maxProcesses: 2, autoscalingEnabled: true },
      ],
      processAutoscalerConfig: {
        targetMetric: { metricName: 'concurrent-requests', metricValue: 8 },
      },
      loadBalancer: { enabled: true },
    } as const
    const changed = await client.appsV2.patchApp({ serviceConfig } as never, appId)
    expect(changed.serviceConfig).toEqual({
      ...serviceConfig,
      staticProcessAllocation: [
        { ...perRegion, maxProcesses: 100 },
        { ...serviceConfig.staticProcessAllocation[1], targetProcesses: 2 },
      ],
    })
    const { applications } = await client.appsV2.getApps()
    expect(applications[0]?.serviceConfig).toEqual(changed.serviceConfig)
  })

  const refused: [string, object[], string][] = [
    ['an unknown region', [{ ...perRegion, region: 'Mars' }], 'Chicago, London, Frankfurt'],
    ['a region twice', [perRegion, perRegion], '"Chicago" stands there twice'],
    [
      'a minimum that is the target',
      [{ ...perRegion, minProcesses: 2 }],
      'minProcesses below targetProcesses; got 2 and 2',
    ],
    [
      'a minimum above a target of none',
      [{ ...perRegion, targetProcesses: 0 }],
      'minProcesses below targetProcesses; got 1 and 0',
    ],
    [
      'a minimum above the maximum',
      [{ ...perRegion, minProcesses: 4, targetProcesses: 5 }],
      'has minProcesses 4 above maxProcesses 3',
    ],
    [
      'no target without autoscaling',
      [{ region: 'Chicago', minProcesses: 1, maxProcesses: 3 }],
      '"Chicago" lacks targetProcesses',
    ],
    [
      'a negative minimum',
      [{ ...perRegion, minProcesses: -1 }],
      'body.serviceConfig.staticProcessAllocation[0].minProcesses must be >= 0; got -1',
    ],
  ]

  test.for(refused)('with %s in its service configuration is refused', async ([, list, text]) => {
    const { client } = await startWithFakes()
    const app = await client.appsV2.createApp(anAppConfig('arena'))
    const refusal = await refusalOf(client.appsV2.patchApp(config(list), app.appId))
    expect(refusal).toMatchObject({ status: 422, code: 'invalid' })
    expect(refusal.message).toContain(text)
    expect(await client.appsV2.getApp(app.appId)).toEqual(app)
  })
})

describe('a deleted application', () => {
  test('is unknown, with all that is in it, and its name is free', async () => {
    const { client } = await startWithFakes()
    const { appId, deployment } = await deployedApp(client)
    const { processId } = await client.processesV3.createProcess('Chicago', appId)

    await client.appsV2.deleteApp(appId)

    const { deploymentsV3, processesV3, logsV1, appsV2, hatchery } = client
    const calls = {
      getApp: appsV2.getApp(appId),
      patchApp: appsV2.patchApp({}, appId),
      updateApp: appsV2.updateApp(anAppConfig('arena'), appId),
      deleteApp: appsV2.deleteApp(appId),
      getDeployments: deploymentsV3.getDeployments(appId),
      getLatestDeployment: deploymentsV3.getLatestDeployment(appId),
      getDeployment: deploymentsV3.getDeployment(deployment.deploymentId, appId),
      createDeployment: deploymentsV3.createDeployment(deploymentConfig(deployment.buildId), appId),
      createProcess: processesV3.createProcess('Chicago', appId),
      getLatestProcesses: processesV3.getLatestProcesses(appId),
      getProcessesCount: processesV3.getProcessesCountExperimental(appId),
      getProcess: processesV3.getProcess(processId, appId),
      stopProcess: processesV3.stopProcess(processId, appId),
      getProcessMetrics: processesV3.getProcessMetrics({ processId, appId }),
      getProcessView: hatchery.getProcessView(processId, appId),
      getLogsForProcess: logsV1.getLogsForProcess(processId, appId),
      downloadLogForProcess: logsV1.downloadLogForProcess(processId, appId),
    }
    const refusals = await Promise.all(Object.values(calls).map(refusalOf))
    for (const [index, name] of Object.keys(calls).entries()) {
      expect({ name, ...refusals[index] }).toMatchObject({
        name,
        status: 404,
        code: 'not-found',
        message: `there is no application "${appId}"; GET /apps/v2/apps lists yours`,
      })
    }
    expect(await client.appsV2.getApps()).toEqual({ applications: [] })
    const again = await client.appsV2.createApp(anAppConfig('arena'))
    expect(again.appId).not.toBe(appId)
  })
})

test('an organization that is not the token’s own is not there', async () => {
  const { client } = await startWithFakes()
  const { orgId }: Application = await client.appsV2.createApp(anAppConfig('arena'))
  expect((await client.appsV2.getApps(orgId)).applications).toHaveLength(1)
  const calls = [
    client.appsV2.getApps('org-other'),
    client.appsV2.createApp(anAppConfig('other'), 'org-other'),
    client.buildsV3.getBuilds('org-other'),
  ]
  for (const refusal of await Promise.all(calls.map(refusalOf))) {
    expect(refusal).toMatchObject({
      status: 404,
      message: 'there is no organization "org-other"',
    })
  }
})
