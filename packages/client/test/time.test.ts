/** Calls that take their time: no answer, time limits, aborts, streams. */
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import {
  ConnectionError,
  Hatchery,
  RequestAbortedError,
  RequestTimeoutError,
} from '../src/index.ts'
import { failureOf } from './failure-of.ts'
import { type Respond, json, silence, startRecorder } from './recorder.ts'
import { processRecord } from './samples.ts'

const appId = 'app-1'

describe('a call that gets no answer', () => {
  test('says that nobody listens, and where', async () => {
    const server = await startRecorder(silence)
    await server[Symbol.asyncDispose]()
    const hatchery = new Hatchery({
      serverURL: `${server.url}/base`,
      appId,
      hathoraDevToken: 'secret',
    })

    const error = await failureOf(hatchery.processesV3.createProcess('Tokyo'))

    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toHaveProperty(
      'message',
      `CreateProcess: the connection to ${server.url} failed: connect ECONNREFUSED ${server.url.slice(7)}`,
    )
  })

  test.each([
    ['the limit of the client', { timeoutMs: 30 }, {}],
    ['its own limit', { timeoutMs: 60_000 }, { timeoutMs: 30 }],
  ])('ends at %s', async (_, ofClient, ofCall) => {
    await using server = await startRecorder(silence)
    const hatchery = new Hatchery({ serverURL: server.url, appId, ...ofClient })

    const error = await failureOf(hatchery.processesV3.getProcess('p-1', undefined, ofCall))

    expect(error).toBeInstanceOf(RequestTimeoutError)
    expect(error).toHaveProperty('message', `GetProcess: no answer from ${server.url} within 30 ms`)
  })

  test('ends when the caller aborts it, and keeps the reason', async () => {
    const aborter = new AbortController()
    await using server = await startRecorder(() => aborter.abort('enough'))
    const hatchery = new Hatchery({ serverURL: server.url, appId })
    const { signal } = aborter

    const error = await failureOf(hatchery.processesV3.getProcess('p-1', undefined, { signal }))

    expect(error).toBeInstanceOf(RequestAbortedError)
    expect(error).toMatchObject({ message: 'GetProcess: aborted', cause: 'enough' })
  })

  test('is not made when it was aborted before', async () => {
    await using server = await startRecorder(json(200, processRecord))
    const hatchery = new Hatchery({ serverURL: server.url, appId })
    const signal = AbortSignal.abort()

    const error = await failureOf(hatchery.processesV3.getProcess('p-1', undefined, { signal }))

    expect(error).toBeInstanceOf(RequestAbortedError)
    expect(server.requests).toEqual([])
  })
})

describe('a stream', () => {
  const begin: Respond = (response) => {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' })
    response.write('one\n')
  }

  test('comes as it is written, and outlives the time limit of the call', async () => {
    let finish: (() => void) | undefined
    await using server = await startRecorder((response, request) => {
      begin(response, request)
      finish = () => response.end('two\n')
    })
    const hatchery = new Hatchery({ serverURL: server.url, appId, timeoutMs: 3000 })

    const stream = await hatchery.logsV1.getLogsForProcess('p-1', undefined, true)
    const reader = stream.getReader()
    const first = await reader.read()
    await setTimeout(3200)
    finish?.()
    const [second, end] = [await reader.read(), await reader.read()]

    expect(new TextDecoder().decode(first.value)).toBe('one\n')
    expect(new TextDecoder().decode(second.value)).toBe('two\n')
    expect(end.done).toBe(true)
  })

  test('ends when the caller aborts it', async () => {
    await using server = await startRecorder(begin)
    const hatchery = new Hatchery({ serverURL: server.url, appId })
    const aborter = new AbortController()

    const { signal } = aborter
    const stream = await hatchery.buildsV3.runBuild('bld-1', undefined, { signal })
    const reader = stream.getReader()
    await reader.read()
    aborter.abort()

    expect(await failureOf(reader.read())).toBeInstanceOf(RequestAbortedError)
  })

  test('that breaks off says so', async () => {
    await using server = await startRecorder((response, request) => {
      begin(response, request)
      response.write('two\n', () => response.destroy())
    })
    const hatchery = new Hatchery({ serverURL: server.url, appId })

    const stream = await hatchery.logsV1.downloadLogForProcess('p-1')
    const error = await failureOf(new Response(stream).text())

    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toHaveProperty('operation', 'DownloadLogForProcess')
  })

  test('that nobody wants any more is closed at the server', async () => {
    const closed = Promise.withResolvers<void>()
    await using server = await startRecorder((response, request) => {
      response.on('close', () => closed.resolve())
      begin(response, request)
    })
    const hatchery = new Hatchery({ serverURL: server.url, appId })

    const stream = await hatchery.logsV1.getLogsForProcess('p-1', undefined, true)
    await stream.cancel()

    await closed.promise
  })
})
