/** WebSockets through the load balancer of an application. */
import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { deployed, running } from '../real/playground.ts'
import {
  balancedGame,
  nextMessage,
  openSocket,
  stateOnce,
  stop,
  webGame,
  whoAnswers,
} from './balanced-game.ts'

interface Greeting {
  readonly id: string
  readonly headers: readonly string[]
}

/** What the game says first: who it is, and the headers that it saw. */
async function greeted(opening: Promise<WebSocket>): Promise<Greeting & { socket: WebSocket }> {
  const socket = await opening
  return { ...(JSON.parse(await nextMessage(socket)) as Greeting), socket }
}

const echoed = async (socket: WebSocket, text: string): Promise<string> => {
  const answer = nextMessage(socket)
  socket.send(text)
  return await answer
}

describe('a WebSocket', () => {
  test('stays on its process while others come, are deployed anew, and end', async () => {
    const game = await balancedGame(1)
    const { socket, id } = await greeted(openSocket(game))
    expect(await echoed(socket, 'hello')).toBe('hello')
    const second = await running(game)
    await stateOnce(game, ({ processes, openRequests }) => processes === 2 && openRequests === 1)
    expect(await whoAnswers(game)).toBe(second.processId)
    await deployed(game, webGame, { transportType: 'tcp', env: [{ name: 'A', value: 'B' }] })
    await running(game)
    await stop(game, second.processId)
    await stateOnce(game, ({ processes }) => processes === 2)
    expect(await echoed(socket, 'still here')).toBe('still here')
    expect(id).not.toBe(second.processId)
    socket.close()
    await once(socket, 'close')
    await stateOnce(game, ({ openRequests }) => openRequests === 0)
  })

  test('has a token among its protocols where it can have no header, and the game does not see it', async () => {
    const game = await balancedGame(1)
    const ours = ['hatchery-token', `hatchery-token.${game.hatchery.token}`]
    const alone = await greeted(openSocket(game, { headers: {}, protocols: ours }))
    expect(alone.socket.protocol).toBe('hatchery-token')
    expect(alone.headers.map((one) => one.toLowerCase())).not.toContain('sec-websocket-protocol')
    const chess = [...ours, 'chess', 'go']
    const beside = await greeted(openSocket(game, { headers: {}, protocols: chess }))
    expect(beside.socket.protocol).toBe('chess')
    expect(beside.headers).toContain('chess, go')
    for (const { headers } of [alone, beside])
      expect(JSON.stringify(headers)).not.toContain(game.hatchery.token)
    alone.socket.close()
    beside.socket.close()
  })

  test('is refused without a good token, and with the game’s own answer where that refuses it', async () => {
    const game = await balancedGame(1)
    const statusOf = async (path: string, token: string): Promise<[number, string | null]> => {
      const answer = await handshake(`${game.url}${path}`, token)
      return [answer.status, answer.headers['x-game'] ?? null]
    }
    expect(await statusOf('/socket', 'Bearer wrong')).toEqual([401, null])
    expect(await statusOf('/no', `Bearer ${game.hatchery.token}`)).toEqual([403, 'no'])
    await stateOnce(game, ({ openRequests }) => openRequests === 0)
  })

  test('ends for the player when its process is killed', async () => {
    const game = await balancedGame(1)
    const { socket, id } = await greeted(openSocket(game))
    const closed = once(socket, 'close')
    await stop(game, id)
    await closed
    await stateOnce(game, ({ openRequests }) => openRequests === 0)
  })

  test('does not keep the server from closing', async () => {
    const game = await balancedGame(1)
    const { socket } = await greeted(openSocket(game))
    const closed = once(socket, 'close')
    await game.hatchery.server.close()
    await closed
    expect(socket.readyState).toBe(WebSocket.CLOSED)
  })
})

interface Refused {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** The answer to a handshake that is refused. */
async function handshake(url: string, authorization: string): Promise<Refused> {
  return await new Promise((resolve, reject) => {
    const sent = request(url, {
      headers: {
        authorization,
        ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    })
    sent.on('response', (answer) => {
      answer.resume()
      resolve({
        status: answer.statusCode ?? 0,
        headers: answer.headers as Record<string, string>,
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}
