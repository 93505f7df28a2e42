/** Where players measure their distance: the list of addresses, and the echoes behind them. */
import { createSocket } from 'node:dgram'
import { regions } from '@hatchery/contract'
import { describe, expect, onTestFinished, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { refusalIn } from '../support/refusal.ts'
import { startHatchery } from '../support/start-hatchery.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

test('every region has an address, and the list needs no token', async () => {
  const { url, server } = await startWithFakes()
  const answer = await fetch(`${url}/discovery/v2/ping`)
  expect(await answer.json()).toEqual(
    regions.map((region) => ({ region, host: '127.0.0.1', port: server.port })),
  )
})

test('regions of one’s own are the ones that there are', async () => {
  const { client } = await startWithFakes('--regions=Attic,Cellar', '--public-host=games.example')
  const list = await client.discoveryV2.getPingServiceEndpoints()
  expect(list.map(({ region, host }) => [region, host])).toEqual([
    ['Attic', 'games.example'],
    ['Cellar', 'games.example'],
  ])
  expect(await client.discoveryV1.getPingServiceEndpointsDeprecated()).toEqual(list)
})

describe('the WebSocket', () => {
  test.for(['/ws', '/'])('at %s sends back what it gets, text and bytes', async (path) => {
    const { url } = await startWithFakes()
    const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`)
    socket.binaryType = 'arraybuffer'
    await once(socket, 'open')
    socket.send('ping 1')
    expect((await once(socket, 'message')).data).toBe('ping 1')
    socket.send(new Uint8Array([0, 255]))
    expect(new Uint8Array((await once(socket, 'message')).data as ArrayBuffer)).toEqual(
      new Uint8Array([0, 255]),
    )
    socket.close()
    await once(socket, 'close')
  })

  test('is closed on a message that is too long', async () => {
    const { url } = await startWithFakes()
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`)
    await once(socket, 'open')
    socket.send('x'.repeat(1025))
    await once(socket, 'close')
  })

  test('does not keep the server from ending', async () => {
    // On a clock that stands still it would be waited for without end.
    const { url, server } = await startHatchery({ clock: createManualClock() })
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`)
    await once(socket, 'open')
    await server.close()
  })

  test('is all that there is at its paths: a plain request is 404', async () => {
    const { url } = await startWithFakes()
    for (const path of ['/ws', '/']) {
      expect(await refusalIn(await fetch(`${url}${path}`))).toMatchObject({ status: 404 })
    }
  })
})

/** The next event of a kind; a socket that fails closes. */
const once = <K extends 'open' | 'message' | 'close'>(
  socket: WebSocket,
  kind: K,
): Promise<WebSocketEventMap[K]> =>
  new Promise((resolve) => socket.addEventListener(kind, resolve, { once: true }))

interface Caller {
  readonly answers: () => number
  send(port: number): Promise<void>
}

/** Datagrams from this address of this machine. */
async function aCaller(address: string): Promise<Caller> {
  const socket = createSocket('udp4')
  onTestFinished(() => void socket.close())
  let answers = 0
  socket.on('message', () => (answers += 1))
  await new Promise<void>((resolve) => socket.bind(0, address, resolve))
  return {
    answers: () => answers,
    send: (port) => new Promise((resolve) => socket.send('x', port, '127.0.0.1', () => resolve())),
  }
}

/** One more is answered; asked again, as a datagram may be lost. */
async function answered(caller: Caller, port: number): Promise<void> {
  const before = caller.answers()
  await eventually('it is answered', async () => {
    await caller.send(port)
    return caller.answers() > before
  })
}

describe('the UDP echo', () => {
  test('sends back short datagrams on the number of the API’s port, where it is turned on', async () => {
    const { server } = await startWithFakes('--discovery-udp-echo')
    await using socket = createSocket('udp4')
    const answers: string[] = []
    socket.on('message', (message) => answers.push(message.toString()))
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    const send = (text: string): void => socket.send(text, server.port, '127.0.0.1')
    send('x'.repeat(65))
    send('y'.repeat(64))
    await new Promise((resolve) => socket.once('message', resolve))
    expect(answers).toEqual(['y'.repeat(64)])
  })

  test('answers 20 of a flood in a second, and other addresses all the same', async () => {
    const clock = createManualClock()
    const { server } = await startHatchery({ clock, flags: ['--discovery-udp-echo'] })
    const flooding = await aCaller('127.0.0.1')
    const other = await aCaller('127.0.0.2')
    for (let sent = 0; sent < 200; sent += 1) await flooding.send(server.port)
    // Its datagram lies behind all of the flood.
    await answered(other, server.port)
    await eventually('20 are answered', () => flooding.answers() >= 20)
    expect(flooding.answers()).toBe(20)
    clock.pass(1_000)
    await answered(flooding, server.port)
  })
})
