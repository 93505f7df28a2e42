/** Large bodies through the load balancer: as they come, at the pace of the slower side, in little memory. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { type Balanced, ask, balancedGame, stateOnce, stop, whoAnswers } from './balanced-game.ts'

const megabyte = 1_048_576
/** What two connections hold in the kernel, and a little: far from all of it. */
const mostBytes = 64 * megabyte

test('an upload of 256 MB arrives whole', async () => {
  const game = await balancedGame(1)
  const chunk = new Uint8Array(megabyte).fill(3)
  const hash = createHash('sha256')
  let left = 256
  const body = new ReadableStream({
    pull(controller) {
      if (left === 0) return controller.close()
      left -= 1
      hash.update(chunk)
      controller.enqueue(chunk)
    },
  })
  const answer = await ask(game, '/upload', { method: 'POST', body, duplex: 'half' })
  expect(await answer.json()).toEqual({ bytes: 256 * megabyte, hash: hash.digest('hex') })
})

test('an upload that its process does not read is held back', async () => {
  const game = await balancedGame(1)
  const authorization = `Bearer ${game.hatchery.token}`
  const sent = request(`${game.url}/silent`, { method: 'POST', headers: { authorization } })
  sent.on('error', () => {})
  const chunk = Buffer.alloc(megabyte)
  let taken = 0
  let isHeld = false
  while (!isHeld && taken < 256) {
    if (!sent.write(chunk))
      isHeld = (await Promise.race([once(sent, 'drain'), pause(1_000)])) === undefined
    taken += 1
  }
  expect(isHeld).toBe(true)
  expect(taken * megabyte).toBeLessThan(mostBytes)
  const processId = await whoAnswers(game)
  sent.destroy()
  await stop(game, processId)
  await stateOnce(game, ({ openRequests }) => openRequests === 0)
})

test('a reader that takes nothing holds the process back, costs others nothing, and gets all in the end', async () => {
  const game = await balancedGame(1)
  const answer = await responseOf(game, '/download?mb=256')
  answer.pause()
  const writtenBytes = async () => Number(await (await ask(game, '/written')).text()) * megabyte
  let before = -1
  const held = await eventually('it is held back', async () => {
    const now = await writtenBytes()
    const isSame = now === before && now > 0
    before = now
    await pause(200)
    return isSame && now
  })
  expect(held).toBeLessThan(mostBytes)
  let bytes = 0
  for await (const chunk of answer) bytes += (chunk as Buffer).length
  expect(bytes).toBe(256 * megabyte)
})

test('what comes piece by piece is handed on piece by piece, its head first', async () => {
  const game = await balancedGame(1)
  const answer = await ask(game, '/hold')
  const reader = answer.body?.getReader()
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toMatch(/^[0-9a-f-]{36}$/)
  await ask(game, '/release')
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe(' released')
  expect((await reader?.read())?.done).toBe(true)
})

test('an answer that comes before the body was sent is handed on, and the connection ends', async () => {
  const game = await balancedGame(1)
  const body = new ReadableStream({
    async pull(controller) {
      await pause(5)
      controller.enqueue(new Uint8Array(65_536))
    },
  })
  const answer = await ask(game, '/early', { method: 'POST', body, duplex: 'half' }).catch(
    () => undefined,
  )
  if (answer !== undefined) expect(answer.status).toBe(413)
  await stateOnce(game, ({ openRequests }) => openRequests === 0)
})

test('a caller who leaves takes the request along', async () => {
  const game = await balancedGame(1)
  const socket = connect(Number(new URL(game.url).port), '127.0.0.1')
  socket.write(
    `GET /silent HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${game.hatchery.token}\r\n\r\n`,
  )
  await stateOnce(game, ({ openRequests }) => openRequests === 1)
  socket.destroy()
  await stateOnce(game, ({ openRequests }) => openRequests === 0)
})

test('a caller who waits for a word before the body gets it once admitted, or the refusal', async () => {
  const game = await balancedGame(1)
  const say = async (token: string): Promise<string> => {
    const socket = connect(Number(new URL(game.url).port), '127.0.0.1')
    let text = ''
    socket.on('data', (chunk) => {
      text += String(chunk)
      if (text.endsWith('100 Continue\r\n\r\n')) socket.write('abc')
    })
    socket.write(
      `POST /upload HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n`,
    )
    await eventually('it answers', () => /HTTP\/1\.1 (?:200|401)[^]*\}/.test(text))
    socket.destroy()
    return text
  }
  const admitted = await say(game.hatchery.token)
  expect(admitted).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 [^]*"bytes":3/)
  expect(await say('wrong')).toMatch(/^HTTP\/1\.1 401 /)
})

const responseOf = ({ url, hatchery }: Balanced, path: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${hatchery.token}` }
    request(`${url}${path}`, { headers }, resolve).on('error', reject).end()
  })
