/** Streams as they come on the line, from servers that do odd things: in pieces, broken off, without what ours says. */
import { describe, expect, test } from 'vitest'
import {
  ConnectionError,
  Hatchery,
  type HatcheryEvent,
  type ProcessChange,
  ResponseValidationError,
} from '../src/index.ts'
import { createLineSplitter } from '../src/lines.ts'
import { serverSentEvents } from '../src/server-sent-events.ts'
import { type Recorded, type Respond, json, startRecorder } from './recorder.ts'
import { processRecord } from './samples.ts'

const appId = 'app-1'

async function* inPieces(text: string, length: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

const opening = (id: number): string => `: hello\nretry: 1000\nid: ${id}\n\n`

const eventText = (seq: number, record: object, kind = 'process'): string => {
  const fields = { ...{ seq, at: new Date().toISOString(), orgId: 'org-1', appId, kind }, record }
  return `id: ${seq}\nevent: ${kind}\ndata: ${JSON.stringify({ ...fields, subject: 'p-1' })}\n\n`
}

/** Answers with the texts one after the other; the last one stays open. */
function streaming(...texts: readonly string[]): Respond {
  let answered = 0
  return (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write(texts[answered] ?? '')
    answered += 1
    if (answered < texts.length) response.end()
  }
}

async function firstOf<T>(values: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = []
  for await (const value of values) if (taken.push(value) === count) break
  return taken
}

describe('server-sent events', () => {
  test.each([1, 2, 3, 7, 1_000])('are read in pieces of %i bytes', async (length) => {
    const text =
      ': comment\n\nid: 1\r\nevent: a\r\ndata: grün ✓\r\n\r\nid: 2\n\ndata\ndata:x\ndata: y\n\nid: 9\n'
    expect(await Array.fromAsync(serverSentEvents(inPieces(text, length)))).toEqual([
      { id: '1', event: 'a', data: 'grün ✓' },
      { id: '2', event: 'message', data: undefined },
      { id: undefined, event: 'message', data: '\nx\ny' },
    ])
  })
})

describe('lines', () => {
  test('have no ends, keep their blanks, and stay whole over pieces', async () => {
    for (const length of [1, 2, 5, 100]) {
      const lines = createLineSplitter()
      const got: string[] = []
      for await (const piece of inPieces('\ufeffone\r\n\n  zwölf ✓ \nlast', length))
        got.push(...lines.push(piece))
      expect([...got, lines.flush()]).toEqual(['\ufeffone', '', '  zwölf ✓ ', 'last'])
      expect(lines.flush()).toBeUndefined()
    }
  })

  test('that never end come in pieces', () => {
    const lines = createLineSplitter()
    const megabyte = new Uint8Array(1_048_576).fill(65)
    expect(lines.push(megabyte)).toEqual([])
    expect(lines.push(megabyte)).toEqual(['A'.repeat(2_097_152)])
  })
})

describe('followEvents', () => {
  test('asks for what it wants, and comes back with the last id it saw', async () => {
    const texts = [opening(4) + eventText(5, processRecord), 'id: 8\n\n', opening(8)]
    await using server = await startRecorder(streaming(...texts, eventText(9, processRecord)))
    const hatchery = new Hatchery({ serverURL: server.url, appId, hathoraDevToken: 'secret' })

    const events = await firstOf(
      hatchery.followEvents({ kinds: ['process', 'room'], processId: 'p-1' }),
      2,
    )

    expect(events.map(({ seq }) => seq)).toEqual([5, 9])
    const asked = server.requests.map(({ headers }) => headers['last-event-id'])
    expect(asked).toEqual([undefined, '5', '8', '8'])
    const { url, headers } = server.requests[0] as Recorded
    expect(url).toBe('/hatchery/v1/events?appId=app-1&processId=p-1&kind=process&kind=room')
    expect(headers).toMatchObject({ accept: 'text/event-stream', authorization: 'Bearer secret' })
  })

  test('hands on kinds that a newer server has', async () => {
    const text = opening(4) + eventText(5, { mood: 'good' }, 'weather')
    await using server = await startRecorder(streaming(text))
    const hatchery = new Hatchery({ serverURL: server.url })
    const [event] = (await firstOf(hatchery.followEvents(), 1)) as readonly HatcheryEvent[]
    expect(event).toMatchObject({ kind: 'weather', seq: 5, record: { mood: 'good' } })
  })

  test('does not go on after an event that is none', async () => {
    await using server = await startRecorder(streaming(`${opening(4)}id: 5\ndata: {\n\n`))
    const events = new Hatchery({ serverURL: server.url }).followEvents()
    await expect(firstOf(events, 1)).rejects.toThrow(ResponseValidationError)
  })
})

test('watchProcesses lists after a reset, and gives what differs from what it saw', async () => {
  const at = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString()
  const a = { ...processRecord, processId: 'a', status: 'running', createdAt: at(-500) }
  const quiet = { ...a, processId: 'quiet', createdAt: at(-9_000) }
  const fresh = { ...quiet, processId: 'fresh', createdAt: at(100) }
  const gone = { ...a, processId: 'gone' }
  const ended = { ...gone, status: 'failed', terminatedAt: at(50) }
  const events = streaming(
    opening(4) + eventText(5, a) + eventText(6, gone),
    `${opening(90)}id: 90\nevent: reset\ndata: {"seq":90}\n\n`,
  )
  let listings = 0
  await using server = await startRecorder((response, request) => {
    if (request.url.startsWith('/hatchery/')) return events(response, request)
    if (request.url.endsWith('/processes/gone')) return json(200, ended)(response, request)
    listings += 1
    if (listings === 1) return json(503, { message: 'starting' })(response, request)
    if (request.headers['hatchery-cursor'] === 'more') return json(200, [quiet])(response, request)
    return json(200, [fresh, a], { 'Hatchery-Next': 'more' })(response, request)
  })
  const hatchery = new Hatchery({ serverURL: server.url, appId })

  const changes = await firstOf<ProcessChange>(hatchery.watchProcesses(), 4)

  expect(
    changes.map(({ process, previous }) => [process.processId, process.status, previous?.status]),
  ).toEqual([
    ['a', 'running', undefined],
    ['gone', 'running', undefined],
    ['fresh', 'running', undefined],
    ['gone', 'failed', 'running'],
  ])
})

describe('followLog of a server that does not count', () => {
  test('ends where the answer ends', async () => {
    await using server = await startRecorder((response) => response.end('one\ntwo'))
    const hatchery = new Hatchery({ serverURL: server.url, appId })
    expect(await Array.fromAsync(hatchery.followLog('p-1', { tailLines: 5 }))).toEqual([
      'one',
      'two',
    ])
    expect(server.requests[0]?.url).toBe('/logs/v1/app-1/process/p-1?follow=true&tailLines=5')
  })

  test('says when it was cut, as it cannot go on', async () => {
    await using server = await startRecorder((response) => {
      response.write('one\n')
      setTimeout(() => response.destroy(), 50)
    })
    const hatchery = new Hatchery({ serverURL: server.url, appId })
    const got: string[] = []
    const reading = (async () => {
      for await (const line of hatchery.followLog('p-1')) got.push(line)
    })()
    await expect(reading).rejects.toThrow(ConnectionError)
    expect(got).toEqual(['one'])
  })
})

test('followLog gives what it has of a line when what follows is not kept any more', async () => {
  let answered = 0
  await using server = await startRecorder((response) => {
    answered += 1
    response.writeHead(200, { 'Hatchery-Log-Offset': answered === 1 ? '100' : '5000' })
    if (answered === 2) return response.end('[dropped]\nlast\n')
    response.write('one\nhal')
    return setTimeout(() => response.destroy(), 50)
  })
  const hatchery = new Hatchery({ serverURL: server.url, appId })
  const lines = await Array.fromAsync(hatchery.followLog('p-1'))
  expect(lines).toEqual(['one', 'hal', '[dropped]', 'last'])
  expect(server.requests.map(({ headers }) => headers['hatchery-log-from'])).toEqual([
    'tail',
    '107',
  ])
})
