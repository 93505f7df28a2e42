/** Requests over the running processes of an application. */
import { describe, expect, test } from 'vitest'
import { running, viewOf } from '../real/playground.ts'
import { eventually } from '../support/eventually.ts'
import {
  ask,
  balancedGame,
  heldRequest,
  stateOnce,
  stop,
  switched,
  whoAnswers,
} from './balanced-game.ts'

describe('requests', () => {
  test('go to the process with the fewest open ones, and to each in turn where they are the same', async () => {
    const game = await balancedGame(3)
    const inTurn = new Set([await whoAnswers(game), await whoAnswers(game), await whoAnswers(game)])
    expect(inTurn.size).toBe(3)
    const held = [await heldRequest(game), await heldRequest(game)]
    const busy = held.map(({ processId }) => processId)
    expect(new Set(busy).size).toBe(2)
    const free = [...inTurn].find((id) => !busy.includes(id))
    expect([await whoAnswers(game), await whoAnswers(game), await whoAnswers(game)]).toEqual([
      free,
      free,
      free,
    ])
    await stateOnce(game, ({ openRequests }) => openRequests === 2)
    await Promise.all(held.map((one) => one.leave()))
    await stateOnce(game, ({ openRequests }) => openRequests === 0)
  })

  test('come to a new process as soon as it runs, in whatever region', async () => {
    const game = await balancedGame(1)
    const { processId } = await running(game, 'Tokyo')
    await eventually('it has some', async () => (await whoAnswers(game)) === processId)
  })

  test('that are open on a process that stops go on until it ends, new ones go elsewhere', async () => {
    const game = await balancedGame(2, '--limits-grace-seconds=20')
    const held = await heldRequest(game)
    const { hatchery, appId } = game
    await hatchery.client.hatchery.drainProcess(held.processId, appId)
    await stateOnce(game, ({ processes }) => processes === 1)
    const others = new Set<string>()
    for (let asked = 0; asked < 6; asked += 1) others.add(await whoAnswers(game))
    expect([...others]).not.toContain(held.processId)
    expect((await viewOf(game, held.processId)).status).toBe('draining')
    await stateOnce(game, ({ openRequests }) => openRequests === 1)
    await held.leave()
  })

  test('while none runs are 503, with the seconds to wait', async () => {
    const game = await balancedGame(1)
    await stop(game, await whoAnswers(game))
    await stateOnce(game, ({ processes }) => processes === 0)
    const answer = await ask(game, '/who')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await answer.json()).toEqual({
      message: expect.stringMatching(/^no process of the application takes requests/),
    })
  })

  test('are 502 when the process dies before it answers, and break off when it dies within', async () => {
    const game = await balancedGame(1)
    const held = await heldRequest(game)
    const answer = await ask(game, '/crash')
    expect([answer.status, answer.headers.get('hatchery-error')]).toEqual([502, 'process-failed'])
    expect(await answer.json()).toEqual({
      message: expect.stringMatching(/^the process broke the connection off before it answered/),
    })
    await expect(held.rest()).rejects.toThrow('terminated')
  })
})

test('switched off it listens no more, and on again it has the same address', async () => {
  const game = await balancedGame(1)
  await switched(game, false)
  await eventually(
    'nothing listens',
    async () => (await ask(game, '/who').catch(() => undefined)) === undefined,
  )
  const { client } = game.hatchery
  expect(await client.hatchery.getLoadBalancer(game.appId)).toMatchObject({
    ...{ enabled: false, urls: [], problem: null },
  })
  await switched(game, true)
  const { urls } = await stateOnce(game, (state) => state.urls.length > 0)
  expect(urls).toEqual([game.url])
  expect((await ask(game, '/who')).status).toBe(200)
})
