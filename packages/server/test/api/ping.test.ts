/** Where players measure their distance: the list of addresses, and the echoes behind them. */
import { createSocket } from 'node:dgram'
import { regions } from '@hatchery/contract'
import { describe, expect, test } from 'vitest'
import { refusalIn } from '../support/refusal.ts'
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
    const { url, server } = await startWithFakes()
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`)
    await once(socket, 'open')
    const before = performance.now()
    await server.close()
    expect(performance.now() - before).toBeLessThan(4_000)
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

  test('does not answer a flood in full', async () => {
    const { server } = await startWithFakes('--discovery-udp-echo')
    await using socket = createSocket('udp4')
    let answers = 0
    socket.on('message', () => (answers += 1))
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    for (let sent = 0; sent < 200; sent += 1) socket.send(`${sent}`, server.port, '127.0.0.1')
    const next = (): Promise<unknown> => new Promise((resolve) => socket.once('message', resolve))
    await next()
    await new Promise((resolve) => setTimeout(resolve, 300))
    // At most 20 in each of the two seconds that it may touch.
    expect(answers).toBeLessThanOrEqual(40)
  })
})
