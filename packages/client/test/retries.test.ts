/** Calls that are made again: when, how often, and when not. */
import { describe, expect, test, vi } from 'vitest'
import {
  ApiError,
  ConnectionError,
  Hatchery,
  type HatcheryOptions,
  RequestAbortedError,
  RequestTimeoutError,
  type RetryConfig,
} from '../src/index.ts'
import { failureOf } from './failure-of.ts'
import { type Recorder, type Respond, json, silence, startRecorder } from './recorder.ts'
import { processRecord } from './samples.ts'

const appId = 'app-1'
const soon: RetryConfig = { strategy: 'backoff', backoff: { initialInterval: 1, maxInterval: 2 } }
const ok = json(200, processRecord)
const busy = json(503, { message: 'busy' }, { 'Hatchery-Error': 'unavailable' })
const tooMany = json(429, { message: 'wait' })
const proxy = json(502, { message: 'no upstream' })

/** Answers one after the other; the last one to all that come later. */
const inTurn = (...answers: readonly [Respond, ...Respond[]]): Respond => {
  let count = 0
  return (response, request) => {
    const answer = answers[Math.min(count, answers.length - 1)]
    count += 1
    return answer?.(response, request)
  }
}

const clientOf = ({ url }: Recorder, options: Partial<HatcheryOptions> = {}): Hatchery =>
  new Hatchery({ serverURL: url, appId, retryConfig: soon, ...options })

describe('a call that changes nothing twice', () => {
  test.each([
    ['503', busy],
    ['429', tooMany],
    ['502', proxy],
    ['408', json(408, { message: 'late' })],
    ['a connection that breaks', (response) => response.destroy()],
  ])('is made again after %s', async (_, first) => {
    await using server = await startRecorder(inTurn(first, first, ok))
    const { processId } = await clientOf(server).processesV3.getProcess('p-1')
    expect(processId).toBe(processRecord.processId)
    expect(server.requests).toHaveLength(3)
  })

  test.each([400, 401, 404, 422])('is not after %d', async (status) => {
    await using server = await startRecorder(json(status, { message: 'no' }))
    const error = await failureOf(clientOf(server).processesV3.getProcess('p-1'))
    expect(error).toMatchObject({ status })
    expect(server.requests).toHaveLength(1)
  })

  test('is after a time limit of its own for each try', async () => {
    await using server = await startRecorder(inTurn(silence, ok))
    await clientOf(server, { timeoutMs: 300 }).processesV3.getProcess('p-1')
    // More where the machine stood still for longer than that.
    expect(server.requests.length).toBeGreaterThan(1)
  })

  test('is not unless somebody said so', async () => {
    await using server = await startRecorder(busy)
    const quiet = clientOf(server, { retryConfig: undefined })
    await failureOf(quiet.processesV3.getProcess('p-1'))
    expect(server.requests).toHaveLength(1)
    await failureOf(
      clientOf(server).processesV3.getProcess('p-1', undefined, { retries: { strategy: 'none' } }),
    )
    expect(server.requests).toHaveLength(2)
  })

  test('is where only the call says so, for the statuses that it names', async () => {
    await using server = await startRecorder(inTurn(json(404, { message: 'not yet' }), busy))
    const quiet = clientOf(server, { retryConfig: undefined })
    const options = { retries: soon, retryCodes: ['404'] }
    const error = await failureOf(quiet.processesV3.getProcess('p-1', undefined, options))
    expect(error).toMatchObject({ status: 503 })
    expect(server.requests).toHaveLength(2)
  })

  test('ends with the last error when the time is over', async () => {
    await using server = await startRecorder(busy)
    const retries = {
      ...soon,
      backoff: { initialInterval: 20, maxInterval: 20, maxElapsedTime: 2_000 },
    }
    const error = await failureOf(
      clientOf(server).processesV3.getProcess('p-1', appId, { retries }),
    )
    expect(error).toBeInstanceOf(ApiError)
    expect(server.requests.length).toBeGreaterThan(1)
  })

  test('does not wait longer than all may take', async () => {
    await using server = await startRecorder(
      json(429, { message: 'wait' }, { 'Retry-After': '31' }),
    )
    await failureOf(clientOf(server).processesV3.getProcess('p-1'))
    expect(server.requests).toHaveLength(1)
  })

  test('waits as long as the server asks', async () => {
    const waits = vi.spyOn(globalThis, 'setTimeout')
    await using server = await startRecorder(
      inTurn(json(429, { message: 'wait' }, { 'Retry-After': '1' }), ok),
    )
    await clientOf(server).processesV3.getProcess('p-1')
    expect(waits.mock.calls.map(([, ms]) => ms)).toContain(1_000)
    waits.mockRestore()
  })

  test('ends when its signal aborts while it waits', async () => {
    await using server = await startRecorder(
      json(429, { message: 'wait' }, { 'Retry-After': '20' }),
    )
    const leave = new AbortController()
    const call = clientOf(server).processesV3.getProcess('p-1', appId, { signal: leave.signal })
    await vi.waitFor(() => expect(server.requests).toHaveLength(1), { timeout: 30_000 })
    leave.abort()
    const error = await failureOf(call)
    expect(error instanceof RequestAbortedError || error instanceof ApiError).toBe(true)
    expect(server.requests).toHaveLength(1)
  })
})

describe('a call that makes something new', () => {
  const create = (hatchery: Hatchery) => hatchery.processesV3.createProcess('Seattle')

  test.each([
    ['429', tooMany],
    ['503 of the server itself', busy],
  ])('is made again after %s', async (_, first) => {
    await using server = await startRecorder(inTurn(first, json(201, processRecord)))
    await create(clientOf(server))
    expect(server.requests).toHaveLength(2)
  })

  test.each([
    ['502', proxy],
    ['500', json(500, { message: 'a bug' })],
    ['503 of somebody else', json(503, { message: 'busy' })],
    ['a connection that breaks', (response) => response.destroy()],
  ])('is not after %s: it may have been done', async (_, first) => {
    await using server = await startRecorder(first)
    await failureOf(create(clientOf(server)))
    expect(server.requests).toHaveLength(1)
  })

  test('is not after its time limit', async () => {
    await using server = await startRecorder(silence)
    const error = await failureOf(create(clientOf(server, { timeoutMs: 1_500 })))
    expect(error).toBeInstanceOf(RequestTimeoutError)
    expect(server.requests).toHaveLength(1)
  })

  test('is where the id is the caller’s own', async () => {
    await using server = await startRecorder(inTurn(proxy, json(201, { roomId: 'r-1' })))
    const { roomsV2 } = clientOf(server)
    await roomsV2.createRoom({ region: 'Seattle' }, undefined, 'r-1')
    expect(server.requests).toHaveLength(2)
    await using other = await startRecorder(proxy)
    await failureOf(clientOf(other).roomsV2.createRoom({ region: 'Seattle' }))
    expect(other.requests).toHaveLength(1)
  })

  test('is under a key of the caller', async () => {
    await using server = await startRecorder(inTurn(proxy, json(201, processRecord)))
    const options = { headers: { 'Idempotency-Key': 'match-7' } }
    await clientOf(server).processesV3.createProcess('Seattle', undefined, options)
    expect(server.requests).toHaveLength(2)
    await using other = await startRecorder(proxy)
    const app = { appName: 'arena', authConfiguration: {} }
    // Only new processes have a key: the server would make another application.
    await failureOf(clientOf(other).appsV2.createApp(app, undefined, options))
    expect(other.requests).toHaveLength(1)
  })

  test('is where nobody listened', async () => {
    let tries = 0
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    const fetch = (): Promise<Response> => {
      tries += 1
      return Promise.reject(new TypeError('fetch failed', { cause: refused }))
    }
    const retryConfig = {
      ...soon,
      backoff: { initialInterval: 10, maxInterval: 10, maxElapsedTime: 2_000 },
    }
    const hatchery = new Hatchery({ serverURL: 'http://127.0.0.1:1', appId, fetch, retryConfig })
    expect(await failureOf(create(hatchery))).toBeInstanceOf(ConnectionError)
    expect(tries).toBeGreaterThan(1)
  })
})
