/** What every request has in common: address, path, headers, token. */
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ConnectionError, Hatchery, InvalidRequestError } from '../src/index.ts'
import { failureOf } from './failure-of.ts'
import { json, startRecorder } from './recorder.ts'
import { processRecord } from './samples.ts'

const appId = 'app-1'

describe('a request', () => {
  test.each([
    ['', '/processes/v3/apps/app-1/processes/p-1'],
    ['/', '/processes/v3/apps/app-1/processes/p-1'],
    ['/base', '/base/processes/v3/apps/app-1/processes/p-1'],
    ['/base/deep//', '/base/deep/processes/v3/apps/app-1/processes/p-1'],
  ])('to a server at %j keeps its base path', async (base, url) => {
    await using server = await startRecorder(json(200, processRecord))
    const hatchery = new Hatchery({ serverURL: `${server.url}${base}`, appId })

    await hatchery.processesV3.getProcess('p-1')

    expect(server.requests[0]?.url).toBe(url)
  })

  test('goes where the call says, with its headers', async () => {
    await using server = await startRecorder(json(200, processRecord))
    const hatchery = new Hatchery({ serverURL: 'http://127.0.0.1:1', appId })
    const options = { serverURL: new URL(`${server.url}/other`), headers: { 'X-Trace': 'one' } }

    await hatchery.processesV3.getProcess('p-1', undefined, options)

    expect(server.requests[0]?.url).toBe('/other/processes/v3/apps/app-1/processes/p-1')
    expect(server.requests[0]?.headers['x-trace']).toBe('one')
  })

  test.each<[string, string | (() => string | Promise<string>) | undefined, string | undefined]>([
    ['none', undefined, undefined],
    ['an empty one', '', undefined],
    ['a text', 'secret', 'Bearer secret'],
    ['a text with a line break at its end', 'secret\n', 'Bearer secret'],
    ['a text with its scheme', 'bearer secret', 'bearer secret'],
    ['a function', () => 'secret', 'Bearer secret'],
    ['a function that takes its time', () => Promise.resolve('secret'), 'Bearer secret'],
  ])('carries the token given as %s', async (_, hathoraDevToken, authorization) => {
    await using server = await startRecorder(json(200, processRecord))
    const hatchery = new Hatchery({ serverURL: server.url, appId, hathoraDevToken })

    await hatchery.processesV3.getProcess('p-1')

    expect(server.requests[0]?.headers.authorization).toBe(authorization)
  })

  test('of a player carries the player’s token and never the client’s own', async () => {
    await using server = await startRecorder(json(201, {}))
    const hatchery = new Hatchery({
      serverURL: server.url,
      appId: 'app-1',
      hathoraDevToken: 'secret',
    })
    const lobby = { visibility: 'public', region: 'Tokyo' } as const

    for (const playerAuth of ['a.b.c', 'Bearer a.b.c', ''])
      await hatchery.lobbiesV3.createLobby({ playerAuth }, lobby)
    // @ts-expect-error -- what a program without types may do
    await hatchery.lobbiesV3.createLobby(undefined, lobby)

    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      ...['Bearer a.b.c', 'Bearer a.b.c', undefined, undefined],
    ])
  })

  test('of an operation that needs no token carries none', async () => {
    await using server = await startRecorder(json(200, []))
    const hatchery = new Hatchery({ serverURL: server.url, hathoraDevToken: 'secret' })

    await hatchery.discoveryV2.getPingServiceEndpoints()

    expect(server.requests[0]?.headers.authorization).toBeUndefined()
  })

  test('is not sent on to another address', async () => {
    await using other = await startRecorder(json(200, processRecord))
    await using server = await startRecorder((response) => {
      response.writeHead(302, { Location: other.url }).end()
    })
    const hatchery = new Hatchery({ serverURL: server.url, appId, hathoraDevToken: 'secret' })

    const error = await failureOf(hatchery.processesV3.getProcess('p-1'))

    expect(error).toBeInstanceOf(ConnectionError)
    expect(other.requests).toEqual([])
  })

  test.each([
    [
      'no application',
      {},
      'p-1',
      'GetProcess: appId is missing: pass it, or give it to new Hatchery()',
    ],
    ['no process', { appId }, '', 'GetProcess: processId is missing: pass it'],
    ['a process that is a step up', { appId }, '..', 'GetProcess: processId cannot be ..'],
    [
      'an address that is none',
      { appId, serverURL: 'localhost' },
      'p-1',
      'GetProcess: serverURL is not a URL, as http://127.0.0.1:4282',
    ],
    [
      'an address of another kind',
      { appId, serverURL: 'localhost:4282' },
      'p-1',
      'GetProcess: serverURL begins with localhost:, not http: or https:',
    ],
    [
      'an address with a password',
      { appId, serverURL: 'http://me:secret@127.0.0.1:4282' },
      'p-1',
      'GetProcess: serverURL has a user name in it: use hathoraDevToken',
    ],
    [
      'a token that cannot be sent',
      { appId, hathoraDevToken: 'secret\nsecret' },
      'p-1',
      'GetProcess: the token has characters that cannot be sent',
    ],
    [
      'a token that cannot be had',
      { appId, hathoraDevToken: () => Promise.reject(new Error('secret')) },
      'p-1',
      'GetProcess: hathoraDevToken() failed',
    ],
  ])('with %s is not made', async (_, options, processId, message) => {
    const hatchery = new Hatchery({ serverURL: 'http://127.0.0.1:1', ...options })

    const error = await failureOf(hatchery.processesV3.getProcess(processId))

    expect(error).toBeInstanceOf(InvalidRequestError)
    expect(error).toHaveProperty('message', message)
  })
})

describe('a raw request', () => {
  test('is sent as it is, with the token, and hands on the answer', async () => {
    await using server = await startRecorder(json(201, { ok: true }))
    const hatchery = new Hatchery({ serverURL: `${server.url}/base`, hathoraDevToken: 'secret' })

    const options = { query: { a: ['x', 'y'], b: undefined }, body: { n: 1 } }
    const response = await hatchery.request('POST', '/hatchery/v1/things', options)

    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({ ok: true })
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      url: '/base/hatchery/v1/things?a=x&a=y',
      headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
      body: '{"n":1}',
    })
  })

  test('rejects what is not a success', async () => {
    await using server = await startRecorder(json(404, { message: 'no such path' }))
    const hatchery = new Hatchery({ serverURL: server.url })

    const error = await failureOf(hatchery.request('GET', '/nothing?secret=1'))

    expect(error).toHaveProperty('message', 'GET /nothing: 404 no such path')
  })
})

test('a client that is logged shows no token', () => {
  const hatchery = new Hatchery({ serverURL: 'http://127.0.0.1', hathoraDevToken: 'secret' })
  expect(inspect(hatchery, { depth: 9, showHidden: true })).not.toContain('secret')
  expect(JSON.stringify(hatchery)).not.toContain('secret')
})

test('a client uses the fetch it is given', async () => {
  const asked: string[] = []
  const fetchHere: typeof fetch = async (input) => {
    asked.push(input instanceof Request ? input.url : String(input))
    return Response.json([])
  }
  const hatchery = new Hatchery({ serverURL: 'http://server.example', fetch: fetchHere })

  await hatchery.discoveryV2.getPingServiceEndpoints()

  expect(asked).toEqual(['http://server.example/discovery/v2/ping'])
})
