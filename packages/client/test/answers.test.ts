/** What comes back: dates, what a newer server has, and errors. */
import { describe, expect, test } from 'vitest'
import {
  ApiError,
  Hatchery,
  HatcheryClientError,
  ResponseValidationError,
  SDKError,
} from '../src/index.ts'
import { failureOf } from './failure-of.ts'
import { type Respond, json, startRecorder } from './recorder.ts'
import { processRecord } from './samples.ts'

const appId = 'app-1'

describe('an answer', () => {
  test('has dates where the API has date-times, also in lists and further down', async () => {
    const deployment = { createdAt: '2026-01-05T10:00:00.000Z', build: { finishedAt: null } }
    await using server = await startRecorder(json(200, { applications: [{ deployment }] }))
    const hatchery = new Hatchery({ serverURL: server.url })

    const { applications } = await hatchery.appsV2.getApps()

    expect(applications[0]?.deployment?.createdAt).toEqual(new Date(Date.UTC(2026, 0, 5, 10)))
    expect(applications[0]?.deployment?.build.finishedAt).toBeNull()
  })

  test('of our own operation has what the official client does not know', async () => {
    const record = { ...processRecord, wanted: 'run', nodeId: 'n-1', exitCode: null }
    await using server = await startRecorder(json(200, record))
    const hatchery = new Hatchery({ serverURL: server.url, appId })

    const view = await hatchery.hatchery.getProcessView('p-1')

    expect(server.requests[0]?.url).toBe('/hatchery/v1/apps/app-1/processes/p-1')
    expect(view).toMatchObject({ nodeId: 'n-1', createdAt: new Date(processRecord.createdAt) })
  })

  test('keeps fields and values that a newer server has', async () => {
    const record = { ...processRecord, status: 'asleep', mood: 'good' }
    await using server = await startRecorder(json(200, record))
    const hatchery = new Hatchery({ serverURL: server.url, appId })

    expect(await hatchery.processesV3.getProcess('p-1')).toMatchObject({
      status: 'asleep',
      mood: 'good',
    })
  })

  test.each<[string, Respond, string]>([
    [
      'is a page of something else',
      (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>\n  Hi</h1>'),
      'GetProcess: the answer is not JSON: <h1> Hi</h1>',
    ],
    [
      'has a date that is none',
      json(200, { createdAt: 5 }),
      'GetProcess: createdAt is not a date-time: {"createdAt":5}',
    ],
  ])('that %s is an error', async (_, respond, message) => {
    await using server = await startRecorder(respond)
    const hatchery = new Hatchery({ serverURL: server.url, appId })

    const error = await failureOf(hatchery.processesV3.getProcess('p-1'))

    expect(error).toBeInstanceOf(ResponseValidationError)
    expect(error).toMatchObject({ message, statusCode: 200, rawValue: (error as ApiError).body })
    expect((error as ResponseValidationError).pretty()).toBe(message)
  })
})

describe('an error of the server', () => {
  test('says operation, status, message and request, and has the fields of the official client', async () => {
    const headers = { 'Hatchery-Request-Id': 'req-7', 'Hatchery-Error': 'invalid' }
    await using server = await startRecorder(json(422, { message: 'region is Mars' }, headers))
    const hatchery = new Hatchery({ serverURL: server.url, appId })

    const error = await failureOf(hatchery.processesV3.createProcess('Mars'))

    expect(error).toBeInstanceOf(ApiError)
    expect(error).toBeInstanceOf(HatcheryClientError)
    expect(error).toMatchObject({
      name: 'ApiError',
      message: 'CreateProcess: 422 region is Mars (request req-7)',
      operation: 'CreateProcess',
      status: 422,
      statusCode: 422,
      body: '{"message":"region is Mars"}',
      contentType: 'application/json',
      data$: { message: 'region is Mars' },
      requestId: 'req-7',
      code: 'invalid',
    })
    expect(error).not.toBeInstanceOf(SDKError)
    expect((error as ApiError).headers.get('hatchery-error')).toBe('invalid')
    expect((error as ApiError).rawResponse.status).toBe(422)
  })

  test.each<[string, Respond, string]>([
    [
      'another program',
      (response) =>
        response.writeHead(502, { 'Content-Type': 'text/html' }).end('<b>Bad\nGateway</b>'),
      'StopProcess: 502 <b>Bad Gateway</b>',
    ],
    ['nobody', (response) => response.writeHead(503).end(), 'StopProcess: 503 Service Unavailable'],
    ['JSON without words', json(500, {}), 'StopProcess: 500 {}'],
  ])('that %s wrote is an error all the same', async (_, respond, message) => {
    await using server = await startRecorder(respond)
    const hatchery = new Hatchery({ serverURL: server.url, appId })

    const error = await failureOf(hatchery.processesV3.stopProcess('p-1'))

    expect(error).toBeInstanceOf(ApiError)
    expect(error).toBeInstanceOf(SDKError)
    expect(error).toMatchObject({ name: 'SDKError', message })
  })

  test('of a stream comes before the stream', async () => {
    await using server = await startRecorder(json(410, { message: 'the log was removed' }))
    const hatchery = new Hatchery({ serverURL: server.url, appId })

    const error = await failureOf(hatchery.logsV1.getLogsForProcess('p-1'))

    expect(error).toHaveProperty('message', 'GetLogsForProcess: 410 the log was removed')
  })
})
