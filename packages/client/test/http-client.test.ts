/** Hooks around requests, a sender of one's own, and what is told of requests. */
import { expect, test, vi } from 'vitest'
import { ConnectionError, HTTPClient, HathoraCloud, InvalidRequestError } from '../src/index.ts'
import { failureOf } from './failure-of.ts'
import { json, startRecorder } from './recorder.ts'
import { processRecord } from './samples.ts'

const appId = 'app-1'

test('hooks see and change requests, and see answers and failures', async () => {
  await using server = await startRecorder(json(200, processRecord))
  const seen: string[] = []
  const note = (): void => void seen.push('removed')
  const httpClient = new HTTPClient()
    .addHook('beforeRequest', (request) => {
      request.headers.set('X-Trace', 'one')
    })
    .addHook('beforeRequest', (request) => new Request(request, { headers: request.headers }))
    .addHook('response', ({ status }, { method }) => void seen.push(`${method} ${status}`))
    .addHook('requestError', (error) => void seen.push(String(error)))
    .addHook('response', note)
    .removeHook('response', note)
  const cloud = new HathoraCloud({ serverURL: server.url, appId, httpClient })
  await cloud.processesV3.getProcess('p-1')
  expect(server.requests[0]?.headers['x-trace']).toBe('one')
  expect(seen).toEqual(['GET 200'])
  const failing = new HTTPClient({ fetcher: () => Promise.reject(new Error('no line')) })
  failing.addHook('requestError', (error) => void seen.push(String(error)))
  const other = new HathoraCloud({ serverURL: server.url, appId, httpClient: failing.clone() })
  expect(await failureOf(other.processesV3.getProcess('p-1'))).toBeInstanceOf(ConnectionError)
  expect(seen).toEqual(['GET 200', 'Error: no line'])
})

test('a sender of one’s own gets the whole request', async () => {
  const requests: Request[] = []
  const fetcher = async (request: Request): Promise<Response> => {
    requests.push(request)
    return Response.json(processRecord, { status: 201 })
  }
  const httpClient = new HTTPClient({ fetcher })
  const cloud = new HathoraCloud({
    ...{ serverURL: 'http://127.0.0.1:1/base', appId, hathoraDevToken: 'secret', httpClient },
  })
  await cloud.processesV3.createProcess('Seattle')
  const [request] = requests
  expect(request?.url).toBe(
    'http://127.0.0.1:1/base/processes/v3/apps/app-1/processes/regions/Seattle',
  )
  expect(request?.headers.get('authorization')).toBe('Bearer secret')
})

test('a logger is told each request and its end, without tokens and queries', async () => {
  await using server = await startRecorder(json(200, []))
  const lines: string[] = []
  const debugLogger = { log: (line: string) => void lines.push(line) }
  const options = { serverURL: server.url, appId, hathoraDevToken: 'secret', debugLogger }
  await new HathoraCloud(options).processesV3.getLatestProcesses(undefined, ['running'])
  expect(lines).toEqual([
    `GetLatestProcesses: GET ${server.url}/processes/v3/apps/app-1/processes/latest 200`,
  ])
})

test('without an address that of the environment is used, and none is an error with the way out', () => {
  vi.stubEnv('HATCHERY_URL', '')
  vi.stubEnv('HATHORA_CLOUD_ENDPOINT', 'http://127.0.0.1:4282')
  expect(() => new HathoraCloud()).not.toThrow()
  vi.stubEnv('HATHORA_CLOUD_ENDPOINT', '')
  expect(() => new HathoraCloud()).toThrow(InvalidRequestError)
  expect(() => new HathoraCloud()).toThrow('set HATCHERY_URL')
  vi.unstubAllEnvs()
})

test('in a browser a token of the organization is warned of once', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.stubGlobal('document', {})
  const options = { serverURL: 'http://127.0.0.1:1', hathoraDevToken: 'secret' }
  for (let count = 0; count < 2; count += 1) new HathoraCloud(options)
  new HathoraCloud({ serverURL: 'http://127.0.0.1:1' })
  expect(warn.mock.calls.flat().join()).toContain('@hatchery/client/player')
  expect(warn.mock.calls.flat().join()).not.toContain('secret')
  expect(warn).toHaveBeenCalledTimes(1)
  vi.unstubAllGlobals()
  warn.mockRestore()
})
