/** The wire: statuses, content types, routes, what is ignored. */
import { describe, expect, test } from 'vitest'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { refusalIn } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

import { call } from '../support/json-call.ts'

const json = 'application/json; charset=utf-8'

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
