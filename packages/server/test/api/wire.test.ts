/** The wire: statuses, content types, routes, what is ignored. */
import { operations } from '@hatchery/contract'
import { describe, expect, test } from 'vitest'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { refusalIn } from '../support/refusal.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'
import { completeXml, put } from '../support/upload.ts'

/** A request with the token and, where there is a body, a JSON content type. */
const call = (
  { url, token }: Pick<FakeHatchery, 'url' | 'token'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> =>
  fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

const json = 'application/json; charset=utf-8'
const bytes = 'application/octet-stream'

test('every operation answers exactly its status and content type', async () => {
  const hatchery = await startWithFakes()
  const { client, driver } = hatchery
  const { appId, deployment } = await deployedApp(client)
  const { buildId } = deployment
  const process = await client.processesV3.createProcess('Chicago', appId)
  const { processId } = process
  await eventually('it runs', () => driver.place.runs.get(processId)?.boundAt !== null)
  const archive = Buffer.from('game')
  const created = await client.buildsV3.createBuild({ buildSizeInBytes: archive.length })
  const partUrl = new URL(created.uploadParts[0]?.putRequestUrl ?? '')
  const completeUrl = new URL(created.completeUploadPostRequestUrl)
  const app = `/apps/v2/apps/${appId}`
  const deployments = `/deployments/v3/apps/${appId}/deployments`
  const processes = `/processes/v3/apps/${appId}/processes`
  const config = { appName: 'arena', authConfiguration: {} }

  const seen: Record<string, [number, string | null]> = {}
  const note = async (
    id: keyof typeof operations,
    answer: Promise<Response>,
  ): Promise<Response> => {
    const found = await answer
    seen[id] = [found.status, found.headers.get('content-type')]
    return found
  }
  await note('GetApps', call(hatchery, 'GET', '/apps/v2/apps'))
  await note('CreateApp', call(hatchery, 'POST', '/apps/v2/apps', { ...config, appName: 'b' }))
  await note('GetApp', call(hatchery, 'GET', app))
  await note('UpdateApp', call(hatchery, 'POST', app, config))
  await note('PatchApp', call(hatchery, 'PATCH', app, {}))
  await note('GetBuilds', call(hatchery, 'GET', '/builds/v3/builds'))
  await note('CreateBuild', call(hatchery, 'POST', '/builds/v3/builds', { buildSizeInBytes: 1 }))
  await note('CreateBuildRegistry', call(hatchery, 'POST', '/builds/v3/builds/registry', {}))
  await note('GetBuild', call(hatchery, 'GET', `/builds/v3/builds/${buildId}`))
  await note('GetDeployments', call(hatchery, 'GET', deployments))
  await note('CreateDeployment', call(hatchery, 'POST', deployments, deploymentConfig(buildId)))
  await note('GetLatestDeployment', call(hatchery, 'GET', `${deployments}/latest`))
  await note('GetDeployment', call(hatchery, 'GET', `${deployments}/${deployment.deploymentId}`))
  await note('CreateProcess', call(hatchery, 'POST', `${processes}/regions/Chicago`))
  await note('GetLatestProcesses', call(hatchery, 'GET', `${processes}/latest`))
  await note('GetProcessesCountExperimental', call(hatchery, 'GET', `${processes}/count`))
  await note('GetProcess', call(hatchery, 'GET', `${processes}/${processId}`))
  await note(
    'GetProcessMetrics',
    call(hatchery, 'GET', `${processes}/process/${processId}/metrics`),
  )
  await note(
    'GetProcessView',
    call(hatchery, 'GET', `/hatchery/v1/apps/${appId}/processes/${processId}`),
  )
  await note('GetLogsForProcess', call(hatchery, 'GET', `/logs/v1/${appId}/process/${processId}`))
  await noteRooms({ hatchery, appId, processId, note })
  await noteInstallation({ hatchery, appId, note })
  await note('StopProcess', call(hatchery, 'POST', `${processes}/${processId}/stop`))
  await note('GetPingServiceEndpoints', call(hatchery, 'GET', '/discovery/v2/ping'))
  const part = await note('UploadBuildPart', put(partUrl.href, archive))
  await note(
    'CompleteUpload',
    fetch(completeUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      body: completeXml([part.headers.get('etag') ?? '']),
    }),
  )
  const run = await note(
    'RunBuild',
    call(hatchery, 'POST', `/builds/v3/builds/${created.buildId}/run`),
  )
  await run.text()
  await note('DeleteBuild', call(hatchery, 'DELETE', `/builds/v3/builds/${created.buildId}`))
  await note('DeleteApp', call(hatchery, 'DELETE', app))

  expect(seen).toEqual({
    GetApps: [200, json],
    CreateApp: [201, json],
    GetApp: [200, json],
    UpdateApp: [200, json],
    PatchApp: [200, json],
    DeleteApp: [204, null],
    GetBuilds: [200, json],
    CreateBuild: [201, json],
    CreateBuildRegistry: [201, json],
    GetBuild: [200, json],
    DeleteBuild: [200, json],
    RunBuild: [200, bytes],
    GetDeployments: [200, json],
    CreateDeployment: [201, json],
    GetLatestDeployment: [200, json],
    GetDeployment: [200, json],
    CreateProcess: [201, json],
    GetLatestProcesses: [200, json],
    GetProcessesCountExperimental: [200, json],
    GetProcess: [200, json],
    StopProcess: [204, null],
    GetProcessMetrics: [200, json],
    GetProcessView: [200, json],
    GetLogsForProcess: [200, bytes],
    GetPingServiceEndpoints: [200, json],
    UploadBuildPart: [200, null],
    CompleteUpload: [200, null],
    CreateRoom: [201, json],
    GetRoomInfo: [200, json],
    GetActiveRoomsForProcess: [200, json],
    GetInactiveRoomsForProcess: [200, json],
    UpdateRoomConfig: [204, null],
    GetConnectionInfo: [200, json],
    SuspendRoomV2Deprecated: [204, null],
    ResumeRoom: [200, json],
    DestroyRoom: [204, null],
    GetOrgTokens: [200, json],
    CreateOrgToken: [201, json],
    RevokeOrgToken: [200, json],
    GetRooms: [200, json],
    GetAllocations: [200, json],
    GetEvents: [200, 'text/event-stream'],
    WhoAmI: [200, json],
    GetRegions: [200, json],
    GetNodes: [200, json],
    DrainProcess: [204, null],
    DrainNode: [204, null],
    ResumeNode: [204, null],
    CreateBackup: [200, 'application/x-tar'],
  })
  const untested = Object.keys(operations).filter((id) => !(id in seen))
  expect(untested.toSorted()).toEqual(['DownloadLogForProcess', 'RunBuildRegistry'])
})

type Note = (id: keyof typeof operations, answer: Promise<Response>) => Promise<Response>

interface Noting {
  readonly hatchery: FakeHatchery
  readonly appId: string
  readonly note: Note
}

async function noteRooms({ hatchery, appId, processId, note }: Noting & { processId: string }) {
  const rooms = `/rooms/v2/${appId}`
  const ask = (id: keyof typeof operations, method: string, path: string, body?: unknown) =>
    note(id, call(hatchery, method, `${rooms}/${path}`, body))
  await ask('CreateRoom', 'POST', 'create?roomId=r', { region: 'Chicago' })
  await ask('GetRoomInfo', 'GET', 'info/r')
  await ask('GetActiveRoomsForProcess', 'GET', `list/${processId}/active`)
  await ask('GetInactiveRoomsForProcess', 'GET', `list/${processId}/inactive`)
  await ask('UpdateRoomConfig', 'POST', 'update/r', { roomConfig: 'a' })
  await ask('GetConnectionInfo', 'GET', 'connectioninfo/r')
  await ask('SuspendRoomV2Deprecated', 'POST', 'suspend/r')
  await ask('ResumeRoom', 'POST', 'resume/r')
  await ask('DestroyRoom', 'POST', 'destroy/r')
}

async function noteInstallation({ hatchery, appId, note }: Noting) {
  const ours = (id: keyof typeof operations, method: string, path: string) =>
    note(id, call(hatchery, method, `/hatchery/v1/${path}`))
  const { orgId } = await hatchery.client.hatchery.whoAmI()
  const tokens = `/tokens/v1/orgs/${orgId}`
  await note('GetOrgTokens', call(hatchery, 'GET', tokens))
  const made = await note(
    'CreateOrgToken',
    call(hatchery, 'POST', `${tokens}/create`, { name: 'ci' }),
  )
  const { orgToken } = (await made.json()) as { orgToken: { orgTokenId: string } }
  await note(
    'RevokeOrgToken',
    call(hatchery, 'POST', `${tokens}/tokens/${orgToken.orgTokenId}/revoke`),
  )
  await ours('GetRooms', 'GET', `apps/${appId}/rooms`)
  await ours('GetAllocations', 'GET', `apps/${appId}/allocations`)
  await ours('WhoAmI', 'GET', 'whoami')
  await ours('GetRegions', 'GET', 'regions')
  await ours('GetNodes', 'GET', 'nodes')
  const { processId } = await hatchery.client.processesV3.createProcess('Chicago', appId)
  await ours('DrainProcess', 'POST', `apps/${appId}/processes/${processId}/drain`)
  for (const stream of [ours('GetEvents', 'GET', 'events'), ours('CreateBackup', 'GET', 'backup')])
    await (await stream).body?.cancel()
  await ours('DrainNode', 'POST', 'nodes/local/drain')
  await ours('ResumeNode', 'POST', 'nodes/local/resume')
}

test('an error is JSON with a message alone, and carries its code and the id of the request', async () => {
  const hatchery = await startWithFakes()
  const answer = await call(hatchery, 'GET', '/apps/v2/apps/nobody')
  expect(answer.status).toBe(404)
  expect(answer.headers.get('content-type')).toBe(json)
  expect(answer.headers.get('hatchery-error')).toBe('not-found')
  expect(answer.headers.get('hatchery-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(await answer.json()).toEqual({
    message: 'there is no application "nobody"; GET /apps/v2/apps lists yours',
  })
})

test('a date-time has milliseconds and Z', async () => {
  const hatchery = await startWithFakes()
  const answer = await call(hatchery, 'POST', '/apps/v2/apps', {
    appName: 'arena',
    authConfiguration: {},
  })
  const { createdAt } = (await answer.json()) as { createdAt: string }
  expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
})

describe('a body', () => {
  test('is ignored by operations that take none, whatever its type', async () => {
    const hatchery = await startWithFakes()
    const { client, url, token } = hatchery
    const { appId } = await deployedApp(client)
    const path = `/processes/v3/apps/${appId}/processes/regions/Chicago`
    const bodies: [string | undefined, string | undefined][] = [
      [undefined, undefined],
      ['application/json', undefined],
      ['application/json', '{}'],
      ['application/json', '{not json'],
      ['text/plain', 'hello'],
      ['multipart/form-data; boundary=x', '--x--'],
      ['nonsense', 'x'.repeat(100_000)],
    ]
    for (const [type, body] of bodies) {
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: token, ...(type !== undefined && { 'content-type': type }) },
        ...(body !== undefined && { body: Buffer.from(body) }),
      })
      expect({ type, status: answer.status }).toEqual({ type, status: 201 })
    }
    const get = await fetch(`${url}/apps/v2/apps`, {
      headers: { authorization: token, 'content-type': 'application/json' },
    })
    expect(get.status).toBe(200)
  })

  test('may have fields that nobody knows: they are dropped', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const { appId, deployment } = await deployedApp(client)
    const app = await call(hatchery, 'POST', '/apps/v2/apps', {
      appName: 'b',
      authConfiguration: { sso: {}, google: { clientId: 'x', secret: 1 } },
      colour: 'red',
    })
    expect(app.status).toBe(201)
    const path = `/deployments/v3/apps/${appId}/deployments`
    const answer = await call(hatchery, 'POST', path, {
      ...deploymentConfig(deployment.buildId),
      planName: 'tiny',
      env: [{ name: 'A', value: '1', secret: true }],
    })
    expect(answer.status).toBe(201)
    const made = (await answer.json()) as object
    expect(made).not.toHaveProperty('planName')
    expect(made).toMatchObject({ env: [{ name: 'A', value: '1' }] })
  })

  test('may have null for a list: it is an empty one', async () => {
    const hatchery = await startWithFakes()
    const { appId, deployment } = await deployedApp(hatchery.client)
    const answer = await call(hatchery, 'POST', `/deployments/v3/apps/${appId}/deployments`, {
      ...deploymentConfig(deployment.buildId),
      env: null,
      additionalContainerPorts: null,
    })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ env: [], additionalContainerPorts: [] })
    const config = { serviceConfig: { staticProcessAllocation: null } }
    const patched = await call(hatchery, 'PATCH', `/apps/v2/apps/${appId}`, config)
    expect(patched.status).toBe(200)
    expect(await patched.json()).toMatchObject({ serviceConfig: { staticProcessAllocation: [] } })
  })

  test('may name its charset', async () => {
    const { url, token } = await startWithFakes()
    for (const type of ['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"']) {
      const answer = await fetch(`${url}/builds/v3/builds`, {
        method: 'POST',
        headers: { authorization: token, 'content-type': type },
        body: JSON.stringify({ buildSizeInBytes: 1, buildTag: 'é' }),
      })
      expect(answer.status).toBe(201)
      expect(await answer.json()).toMatchObject({ buildTag: 'é' })
    }
  })
})

describe('a path', () => {
  test('latest and count are never taken for the id of a process or deployment', async () => {
    const hatchery = await startWithFakes()
    const { appId, deployment } = await deployedApp(hatchery.client)
    const processes = `/processes/v3/apps/${appId}/processes`
    expect(await (await call(hatchery, 'GET', `${processes}/latest`)).json()).toEqual([])
    expect(await (await call(hatchery, 'GET', `${processes}/count`)).json()).toEqual({ count: 0 })
    const latest = await call(hatchery, 'GET', `/deployments/v3/apps/${appId}/deployments/latest`)
    expect(await latest.json()).toMatchObject({ deploymentId: deployment.deploymentId })
    const registry = await call(hatchery, 'GET', '/builds/v3/builds/registry')
    expect(await refusalIn(registry)).toMatchObject({
      status: 404,
      message: 'there is no build "registry"; GET /builds/v3/builds lists yours',
    })
  })

  test('that is not there is 404 and says where to look', async () => {
    const hatchery = await startWithFakes()
    for (const path of [
      '/nothing',
      '/apps/v9/apps',
      '/apps/v2',
      '/processes/v3/apps/x/processes',
    ]) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        expect(await refusalIn(await call(hatchery, method, path))).toMatchObject({
          status: 404,
          code: 'not-found',
          message: `there is no ${path} here; GET /openapi.json lists what there is`,
        })
      }
    }
  })

  test('with another method is 404 and names the methods there are', async () => {
    const hatchery = await startWithFakes()
    const wrong: [string, string, string][] = [
      ['DELETE', '/apps/v2/apps', 'GET, POST'],
      ['PUT', '/apps/v2/apps/x', 'GET, POST, PATCH, DELETE'],
      ['GET', '/processes/v3/apps/x/processes/y/stop', 'POST'],
      ['PATCH', '/builds/v3/builds/registry', 'GET, POST, DELETE'],
      ['POST', '/health', 'GET'],
    ]
    for (const [method, path, methods] of wrong) {
      expect(await refusalIn(await call(hatchery, method, path))).toMatchObject({
        status: 404,
        message: `${method} is not possible on ${path}; it takes ${methods}`,
      })
    }
  })

  test('answers HEAD as GET without a body, or as 404', async () => {
    const hatchery = await startWithFakes()
    for (const path of ['/apps/v2/apps', '/openapi.json', '/nothing']) {
      const answer = await call(hatchery, 'HEAD', path)
      expect(await answer.text()).toBe('')
      expect([200, 404]).toContain(answer.status)
    }
  })

  test('may end in a slash', async () => {
    const hatchery = await startWithFakes()
    expect((await call(hatchery, 'GET', '/apps/v2/apps/')).status).toBe(200)
  })

  test('has percent-encoded values decoded once', async () => {
    const hatchery = await startWithFakes()
    const odd = 'a/b c%2F?#é'
    const answer = await call(hatchery, 'GET', `/apps/v2/apps/${encodeURIComponent(odd)}`)
    expect((await refusalIn(answer)).message).toContain(JSON.stringify(odd))
  })
})

describe('from a browser', () => {
  test('any origin may ask first, for every method and header that clients send', async () => {
    const { url } = await startWithFakes()
    for (const path of ['/apps/v2/apps', '/nothing', '/hatchery/v1/uploads/x/parts/1']) {
      const answer = await fetch(`${url}${path}`, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://game.example',
          'access-control-request-method': 'DELETE',
          'access-control-request-headers': 'authorization, content-type',
        },
      })
      expect(answer.status).toBe(204)
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
      const methods = answer.headers.get('access-control-allow-methods') ?? ''
      expect(methods.split(', ').toSorted()).toEqual(['DELETE', 'GET', 'PATCH', 'POST', 'PUT'])
      const headers = answer.headers.get('access-control-allow-headers') ?? ''
      expect(headers).toContain('authorization')
      expect(headers).toContain('content-type')
      expect(headers).toContain('hatchery-cursor')
    }
  })

  test('answers and refusals alike may be read, with the headers of ours', async () => {
    const hatchery = await startWithFakes()
    for (const path of ['/apps/v2/apps', '/apps/v2/apps/x', '/nothing', '/discovery/v2/ping']) {
      const headers = { authorization: hatchery.token, origin: 'https://game.example.org' }
      const answer = await fetch(`${hatchery.url}${path}`, { headers })
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      const exposed = answer.headers.get('access-control-expose-headers') ?? ''
      for (const name of [
        'hatchery-next',
        'hatchery-request-id',
        'hatchery-error',
        'retry-after',
        'etag',
      ]) {
        expect(exposed).toContain(name)
      }
    }
  })
})
