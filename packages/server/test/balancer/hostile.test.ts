/** Bytes that no good caller sends: what is read as one request must be one for the process too. */
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { type Balanced, ask, balancedGame } from './balanced-game.ts'

/** All that is answered until the connection ends. */
const answersTo = (game: Balanced, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(game.url).port), '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })

const statusesIn = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))

const withToken = ({ hatchery }: Balanced, ...lines: string[]): string =>
  [...lines, 'Host: a', `Authorization: Bearer ${hatchery.token}`].join('\r\n')

describe('a request is refused', () => {
  const smuggled = 'GET /crash HTTP/1.1\r\nHost: a\r\n\r\n'
  const refused: [string, string[], string][] = [
    ['with a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['with two lengths', ['Content-Length: 0', 'Content-Length: 5'], smuggled],
    ['with a length that is no number', ['Content-Length: 0x0'], smuggled],
    ['with another coding than chunks', ['Transfer-Encoding: gzip, chunked'], '0\r\n\r\n'],
    ['with chunks that are not the last coding', ['Transfer-Encoding: chunked, identity'], ''],
    ['with a blank before the colon', ['Content-Length : 5'], smuggled],
    ['with a header that is folded', ['X-A: b', ' Content-Length: 5'], smuggled],
    ['with a bare line feed', ['X-A: b\nContent-Length: 5'], smuggled],
  ]

  test.for(refused)('%s, and nothing of it reaches the process', async ([, lines, body]) => {
    const game = await balancedGame(1)
    const start = withToken(game, 'POST /upload HTTP/1.1', ...lines)
    const text = await answersTo(game, `${start}\r\nConnection: close\r\n\r\n${body}`)
    expect(statusesIn(text)).toEqual([400])
    expect((await ask(game, '/who')).status).toBe(200)
  })

  test('with a target that names another host', async () => {
    const game = await balancedGame(1)
    const start = withToken(game, 'GET http://other/who HTTP/1.1')
    expect(await answersTo(game, `${start}\r\nConnection: close\r\n\r\n`)).toContain(
      '{"message":"the target of a request has to be a path that begins with /"}',
    )
  })
})

test('each request on a connection shows its own token', async () => {
  const game = await balancedGame(1)
  const first = withToken(game, 'GET /who HTTP/1.1')
  const second = 'GET /crash HTTP/1.1\r\nHost: a\r\nConnection: close'
  const text = await answersTo(game, `${first}\r\n\r\n${second}\r\n\r\n`)
  expect(statusesIn(text)).toEqual([200, 401])
})

test('what comes behind a handshake that the game refuses is no request', async () => {
  const game = await balancedGame(1)
  const lines = [
    ...['GET /no HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket'],
    ...['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='],
  ]
  const behind = withToken(game, 'GET /who HTTP/1.1')
  const text = await answersTo(game, `${withToken(game, ...lines)}\r\n\r\n${behind}\r\n\r\n`)
  expect(statusesIn(text)).toEqual([403])
})

test('another protocol than WebSocket is not gone over to', async () => {
  const game = await balancedGame(1)
  const lines = ['GET /headers HTTP/1.1', 'Connection: Upgrade, close', 'Upgrade: h2c']
  const text = await answersTo(game, `${withToken(game, ...lines)}\r\n\r\n`)
  expect(statusesIn(text)).toEqual([200])
  expect(text.toLowerCase()).not.toContain('h2c')
})

test('callers who leave in the middle of anything leave nothing open', async () => {
  const game = await balancedGame(1)
  const starts = [
    'GET /who HTTP/1.1\r\nHost: a\r\n',
    `${withToken(game, 'POST /upload HTTP/1.1', 'Content-Length: 1000000')}\r\n\r\nabc`,
    `${withToken(game, 'GET /download?mb=64 HTTP/1.1')}\r\n\r\n`,
    `${withToken(game, 'GET /hold HTTP/1.1')}\r\n\r\n`,
  ]
  for (const start of [...starts, ...starts]) {
    const socket = connect(Number(new URL(game.url).port), '127.0.0.1')
    socket.on('error', () => {})
    await new Promise<void>((resolve) => socket.write(start, () => resolve()))
    socket.destroy()
  }
  await eventually('nothing is open', async () => {
    const { openRequests } = await game.hatchery.client.hatchery.getLoadBalancer(game.appId)
    return openRequests === 0
  })
  expect((await ask(game, '/who')).status).toBe(200)
})
