/** Deployments: make, find, list. */
import type { DeploymentConfigV3 } from '@hatchery/client'
import { describe, expect, test } from 'vitest'
import { anAppConfig, deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'
import { buildOf, succeededBuild } from '../support/upload.ts'

describe('a new deployment', () => {
  test('shows what was asked for, in the shape of answers, with what is left out filled in', async () => {
    const { client } = await startWithFakes()
    const { appId } = await client.appsV2.createApp(anAppConfig('arena'))
    const build = await succeededBuild(client, 'a game')
    const deployment = await client.deploymentsV3.createDeployment(
      deploymentConfig(build.buildId),
      appId,
    )
    expect(deployment).toEqual({
      deploymentId: expect.stringMatching(/^dep-[0-9a-f-]{36}$/),
      appId,
      buildId: build.buildId,
      idleTimeoutEnabled: false,
      roomsPerProcess: 1,
      defaultContainerPort: { name: 'default', port: 7777, transportType: 'udp' },
      additionalContainerPorts: [],
      env: [],
      requestedCPU: 0.25,
      requestedMemoryMB: 512,
      requestedGPU: 0,
      experimentalRequestedGPU: 0,
      createdAt: expect.any(Date),
      createdBy: build.createdBy,
    })
    expect(await client.deploymentsV3.getDeployment(deployment.deploymentId, appId)).toEqual(
      deployment,
    )
  })

  test('keeps ports, environment, tags and the tag of its build', async () => {
    const { client } = await startWithFakes()
    const { appId } = await client.appsV2.createApp(anAppConfig('arena'))
    const build = await succeededBuild(client, 'a game', { buildTag: '1.0' })
    const [fleet] = (await client.fleetsV2.getFleets()).fleets
    const fleetId = fleet?.fleetId ?? ''
    const given = deploymentConfig(build.buildId, {
      deploymentTag: 'canary',
      fleetId,
      transportType: 'tcp',
      additionalContainerPorts: [
        { name: 'query', port: 7778, transportType: 'udp' },
        { name: 'rcon-2', port: 7779, transportType: 'tcp' },
      ],
      env: [
        { name: 'MAP', value: 'de_dust' },
        { name: 'EMPTY', value: '' },
      ],
      requestedCPU: 0.29,
      requestedMemoryMB: 8192,
      experimentalRequestedGPU: 0,
    })
    const deployment = await client.deploymentsV3.createDeployment(given, appId)
    expect(deployment).toMatchObject({
      buildTag: '1.0',
      deploymentTag: 'canary',
      fleetId,
      defaultContainerPort: { name: 'default', port: 7777, transportType: 'tcp' },
      additionalContainerPorts: given.additionalContainerPorts,
      env: given.env,
      requestedCPU: 0.29,
      requestedMemoryMB: 8192,
    })
  })

  test('can be sent back as it was answered, as the official CLI does', async () => {
    const { client } = await startWithFakes()
    const { appId, deployment } = await deployedApp(client)
    const { containerPort, transportType } = deploymentConfig('')
    const again = await client.deploymentsV3.createDeployment(
      { ...deployment, containerPort, transportType },
      appId,
    )
    expect({ ...again, deploymentId: '', createdAt: 0 }).toEqual({
      ...deployment,
      deploymentId: '',
      createdAt: 0,
    })
  })

  const refused: [string, Partial<DeploymentConfigV3>, string][] = [
    [
      'a name of the server’s own in env',
      { env: [{ name: 'HATHORA_REGION', value: '' }] },
      'body.env may not set HATHORA_REGION: ',
    ],
    ['PORT in env', { env: [{ name: 'PORT', value: '1' }] }, 'body.env may not set PORT: '],
    [
      'PORT_GAME in env',
      { env: [{ name: 'PORT_GAME', value: '1' }] },
      'body.env may not set PORT_GAME: ',
    ],
    [
      'HATCHERY_X in env',
      { env: [{ name: 'HATCHERY_X', value: '1' }] },
      'body.env may not set HATCHERY_X: ',
    ],
    [
      'a name twice in env',
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      'body.env has A twice',
    ],
    [
      'a bad name in env',
      { env: [{ name: '1A', value: '1' }] },
      'body.env[0].name must match ^[a-zA-Z_][a-zA-Z0-9_]{0,99}$; got "1A"',
    ],
    [
      'a zero byte in env',
      { env: [{ name: 'A', value: 'a\0b' }] },
      'body.env: the value of A must have no zero byte; got "a\\u0000b"',
    ],
    [
      'a port name twice',
      { additionalContainerPorts: [{ name: 'default', port: 1, transportType: 'udp' }] },
      'the port name "default" is there twice',
    ],
    [
      'a port number twice',
      { additionalContainerPorts: [{ name: 'query', port: 7777, transportType: 'tcp' }] },
      'the port 7777 is there twice',
    ],
    [
      'tls on a port beside the default one',
      { additionalContainerPorts: [{ name: 'query', port: 3, transportType: 'tls' }] },
      'the port 3 wants tls, which no region here offers yet: use tcp',
    ],
    [
      'tls',
      { transportType: 'tls' },
      'the port 7777 wants tls, which no region here offers yet: use tcp, or put a TLS proxy before it',
    ],
    [
      'more memory than there may be',
      { requestedMemoryMB: 8193 },
      'body.requestedMemoryMB must be at most 8192; got 8193',
    ],
    ['a GPU', { requestedGPU: 1 }, 'body.requestedGPU must be 0: no region here has GPUs; got 1'],
    [
      'a GPU by its older name',
      { experimentalRequestedGPU: 2 },
      'must be 0: no region here has GPUs; got 2',
    ],
    [
      'a build that nobody knows',
      { buildId: 'bld-unknown' },
      'build bld-unknown is not known: a deployment needs a build that succeeded',
    ],
  ]

  test.for(refused)('with %s is refused', async ([, given, text]) => {
    const { client } = await startWithFakes()
    const { appId, deployment } = await deployedApp(client)
    const call = client.deploymentsV3.createDeployment(
      deploymentConfig(deployment.buildId, given),
      appId,
    )
    const refusal = await refusalOf(call)
    expect(refusal).toMatchObject({ status: 422, code: 'invalid' })
    expect(refusal.message).toContain(text)
    expect((await client.deploymentsV3.getDeployments(appId)).deployments).toEqual([deployment])
  })

  test('needs a build that succeeded and is not deleted', async () => {
    const { client } = await startWithFakes()
    const { appId, deployment } = await deployedApp(client)
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: 1 })
    const failed = await buildOf(client, 'fail: no Procfile')
    const deleted = await succeededBuild(client, 'soon deleted')
    await client.buildsV3.deleteBuild(deleted.buildId)
    const states: [string, string][] = [
      [created.buildId, 'is created'],
      [failed.build.buildId, 'is failed'],
      [deleted.buildId, 'was deleted'],
    ]
    for (const [buildId, why] of states) {
      const call = client.deploymentsV3.createDeployment(deploymentConfig(buildId), appId)
      expect(await refusalOf(call)).toMatchObject({
        status: 422,
        message: `build ${buildId} ${why}: a deployment needs a build that succeeded`,
      })
    }
    expect((await client.deploymentsV3.getDeployments(appId)).deployments).toEqual([deployment])
  })
})

describe('finding deployments', () => {
  test('the latest is the one made last', async () => {
    const { client } = await startWithFakes()
    const { appId, deployment } = await deployedApp(client)
    const { deploymentsV3 } = client
    expect(await deploymentsV3.getLatestDeployment(appId)).toEqual(deployment)
    const second = await deploymentsV3.createDeployment(
      deploymentConfig(deployment.buildId, { roomsPerProcess: 10_000 }),
      appId,
    )
    expect(await deploymentsV3.getLatestDeployment(appId)).toEqual(second)
    expect(await deploymentsV3.getDeployments(appId)).toEqual({ deployments: [second, deployment] })
  })

  test('an application without one answers an empty list, and 404 with the way to make one', async () => {
    const { client } = await startWithFakes()
    const { appId } = await client.appsV2.createApp(anAppConfig('arena'))
    expect(await client.deploymentsV3.getDeployments(appId)).toEqual({ deployments: [] })
    const message = `application arena has no deployment yet: make one with POST /deployments/v3/apps/${appId}/deployments`
    const calls = [
      client.deploymentsV3.getLatestDeployment(appId),
      client.processesV3.createProcess('Chicago', appId),
    ]
    for (const refusal of await Promise.all(calls.map(refusalOf))) {
      expect(refusal).toMatchObject({ status: 404, code: 'not-found', message })
    }
  })

  test('one of another application is not there', async () => {
    const { client } = await startWithFakes()
    const { deployment } = await deployedApp(client)
    const other = await client.appsV2.createApp(anAppConfig('other'))
    const call = client.deploymentsV3.getDeployment(deployment.deploymentId, other.appId)
    expect(await refusalOf(call)).toMatchObject({
      status: 404,
      message: `application other has no deployment "${deployment.deploymentId}"`,
    })
  })

  test('by deployment tag and build tag, each alone and both', async () => {
    const { client } = await startWithFakes()
    const { appId } = await client.appsV2.createApp(anAppConfig('arena'))
    for (const buildTag of ['one', 'two']) {
      const build = await succeededBuild(client, `game ${buildTag}`, { buildTag })
      for (const deploymentTag of ['live', 'test']) {
        const given = deploymentConfig(build.buildId, { deploymentTag })
        await client.deploymentsV3.createDeployment(given, appId)
      }
    }
    const found = async (deploymentTag?: string, buildTag?: string): Promise<string[]> => {
      const page = await client.deploymentsV3.getDeployments(appId, deploymentTag, buildTag)
      return page.deployments.map((one) => `${one.buildTag} ${one.deploymentTag}`)
    }
    expect(await found('live')).toEqual(['two live', 'one live'])
    expect(await found(undefined, 'one')).toEqual(['one test', 'one live'])
    expect(await found('test', 'two')).toEqual(['two test'])
    expect(await found('nothing')).toEqual([])
  })

  test('page by page loses and repeats none', { timeout: 120_000 }, async () => {
    const { client } = await startWithFakes()
    const { appId, deployment } = await deployedApp(client)
    const ids = [deployment.deploymentId]
    const given = deploymentConfig(deployment.buildId)
    for (let made = 0; made < 1001; made += 13) {
      const batch = Array.from({ length: 13 }, () =>
        client.deploymentsV3.createDeployment(given, appId),
      )
      ids.push(...(await Promise.all(batch)).map(({ deploymentId }) => deploymentId))
    }
    const first = await client.deploymentsV3.getDeployments(appId)
    expect(first.deployments).toHaveLength(1000)
    expect(first.nextPageToken).toBeDefined()
    const next = await client.deploymentsV3.getDeployments(
      appId,
      undefined,
      undefined,
      first.nextPageToken,
    )
    expect(next).not.toHaveProperty('nextPageToken')
    const seen = [...first.deployments, ...next.deployments].map((one) => one.deploymentId)
    expect(seen.at(-1)).toBe(deployment.deploymentId)
    expect(new Set(seen)).toEqual(new Set(ids))
    expect(seen).toHaveLength(ids.length)
  })

  test('with a page token of its own making is refused', async () => {
    const { client } = await startWithFakes()
    const { appId } = await deployedApp(client)
    for (const token of ['', 'x', '-1', '1e3', '1'.repeat(16)]) {
      const call = client.deploymentsV3.getDeployments(appId, undefined, undefined, token)
      expect(await refusalOf(call)).toMatchObject({
        status: 422,
        message: 'nextPageToken must be what the page before gave',
      })
    }
  })
})
