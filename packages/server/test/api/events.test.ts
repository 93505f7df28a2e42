/** The stream of changes as it is on the line: who sees what, and where it goes on. */
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import { aTokenWith } from '../support/a-token-with.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { type Block, eventStream } from '../support/event-stream.ts'
import { eventually } from '../support/eventually.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { withOrganizations } from '../support/organizations.ts'
import { untilStatus } from '../support/process-life.ts'
import { refusalIn } from '../support/refusal.ts'
import { startHatchery } from '../support/start-hatchery.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

/** A process that runs, with its own token. */
async function aGame({ client, driver, url }: FakeHatchery, appId: string) {
  const { processId } = await client.processesV3.createProcess('Chicago', appId)
  const { spec } = await eventually('it is started', () => driver.place.runs.get(processId))
  await untilStatus(client, { appId, processId }, 'running')
  const token = String((spec.env as Record<string, string>)['HATCHERY_PROCESS_TOKEN'])
  return { processId, url, token }
}

const recordOf = ({ data }: Block): { status?: string; deletedAt?: string | null } =>
  data?.['record'] ?? {}

describe('the stream', () => {
  test('begins at once, says where, and gives each change on a line', async () => {
    const hatchery = await startWithFakes()
    const stream = await eventStream(hatchery)
    expect(stream.answer.status).toBe(200)
    expect(Object.fromEntries(stream.answer.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    })
    const opening = await stream.next()
    expect(opening).toMatchObject({ retry: '1000', id: expect.stringMatching(/^\d+$/) })
    const { orgId } = await hatchery.client.hatchery.whoAmI()
    const app = await hatchery.client.appsV2.createApp({ appName: 'a', authConfiguration: {} })
    const { appSecret, createdAt, ...record } = app
    expect(await stream.next()).toEqual({
      id: String(Number(opening.id) + 1),
      event: 'application',
      data: {
        ...{ seq: Number(opening.id) + 1, at: expect.any(String), orgId, appId: app.appId },
        ...{ kind: 'application', subject: app.appId },
        record: { ...record, createdAt: createdAt.toISOString() },
      },
    })
    expect(appSecret).not.toBe('')
  })

  test('shows the whole life of a process, and what came before it', async () => {
    const hatchery = await startWithFakes()
    const { client, driver } = hatchery
    const stream = await eventStream(hatchery)
    const { appId } = await deployedApp(client)
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    await untilStatus(client, { appId, processId }, 'running')
    driver.exit(processId, { kind: 'code', code: 1 })
    const seen: string[] = []
    while (seen.at(-1) !== 'process failed') {
      const { event, data } = await stream.nextEvent()
      const { status } = recordOf({ data })
      if (`${event} ${status}` !== seen.at(-1)) seen.push(`${event} ${status}`)
    }
    expect(seen).toEqual([
      ...['application undefined', 'build created', 'build running', 'build succeeded'],
      ...['deployment undefined', 'process starting', 'process running', 'process failed'],
    ])
  })

  test('goes on behind the event that the reader has seen', async () => {
    const hatchery = await startWithFakes()
    await deployedApp(hatchery.client)
    const all = await eventStream(hatchery, '', { 'last-event-id': '0' })
    const first = await all.nextEvent()
    const second = await all.nextEvent()
    const again = await eventStream(hatchery, '', { 'last-event-id': String(first.id) })
    expect(await again.next()).toMatchObject({ id: first.id, retry: '1000' })
    expect(await again.next()).toEqual(second)
  })

  test('says so when what followed is not kept, and goes on from now', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const stream = await eventStream(hatchery, '', { 'last-event-id': '1000000' })
    const { id } = await stream.next()
    expect(Number(id)).toBeLessThan(1_000)
    expect(await stream.next()).toEqual({ id, event: 'reset', data: { seq: Number(id) } })
    await client.appsV2.createApp({ appName: 'a', authConfiguration: {} })
    expect(await stream.next()).toMatchObject({ event: 'application', id: String(Number(id) + 1) })
  })

  test('of an id that is none is refused', async () => {
    const hatchery = await startWithFakes()
    for (const id of ['soon', '-1', '1.5', '9'.repeat(20)]) {
      const { answer } = await eventStream(hatchery, '', { 'last-event-id': id })
      expect(await refusalIn(answer)).toMatchObject({ status: 422, code: 'invalid' })
    }
  })

  test('says every 15 s that it lives, and where it is', async () => {
    // Twenty times as fast as the wall clock.
    const clock = { ...systemClock, monotonic: () => performance.now() * 20 }
    const hatchery = await startHatchery({ clock })
    const { client } = hatchery
    const { appId } = await deployedApp(client)
    const stream = await eventStream(hatchery, `?appId=${appId}`)
    const { id } = await stream.next()
    await client.appsV2.createApp({ appName: 'another', authConfiguration: {} })
    let block = await stream.next()
    // Said before the other one was made, too, where that took long.
    while (block.id === id) block = await stream.next()
    expect(block).toEqual({ comment: '', id: String(Number(id) + 1) })
  })

  test('ends with the server, and the server does not wait for it', async () => {
    // On a clock that stands still it would be waited for without end.
    const hatchery = await startHatchery({ clock: createManualClock() })
    const stream = await eventStream(hatchery)
    await stream.next()
    await hatchery.server.close()
    await stream.ended()
  })
})

describe('a filter', () => {
  test('takes an application, a process and kinds', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const { appId } = await deployedApp(client)
    const { processId } = await client.processesV3.createProcess('Chicago', appId)
    const { appId: other } = await client.appsV2.createApp({ appName: 'b', authConfiguration: {} })
    await client.processesV3.createProcess('Chicago', appId)
    await client.appsV2.deleteApp(appId)
    await untilStatus(client, { appId, processId }, 'stopped').catch(() => undefined)
    const firstOf = async (query: string) => {
      const stream = await eventStream(hatchery, query, { 'last-event-id': '0' })
      const { event, data } = await stream.nextEvent()
      await stream.leave()
      return `${event} ${String(data?.['subject'])}`
    }
    expect(await firstOf(`?appId=${other}`)).toBe(`application ${other}`)
    expect(await firstOf(`?processId=${processId}`)).toBe(`process ${processId}`)
    expect(await firstOf('?kind=deployment&kind=process')).toMatch(/^deployment /)
    expect(await firstOf('?kind=process')).toBe(`process ${processId}`)
  })

  test('of what is not there is 404, of an unknown kind 422', async () => {
    const hatchery = await startWithFakes()
    for (const [query, status] of [
      ['?appId=none', 404],
      ['?processId=none', 404],
      ['?kind=player', 422],
    ] as const) {
      const { answer } = await eventStream(hatchery, query)
      expect({ query, status: answer.status }).toEqual({ query, status })
    }
  })
})

describe('a token sees', () => {
  test('only the kinds that its scopes let it read', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const caller = await aTokenWith(hatchery, ['builds:read-write'])
    const stream = await eventStream(caller, '', { 'last-event-id': '0' })
    await deployedApp(client)
    const seen = new Set<string>()
    for (let count = 0; count < 3; count += 1) seen.add(String((await stream.nextEvent()).event))
    expect([...seen]).toEqual(['build'])
    const { answer } = await eventStream(caller, '?kind=process')
    const refusal = await refusalIn(answer)
    expect(refusal).toMatchObject({ status: 401, code: 'missing-scope' })
    expect(refusal.message).toContain('processes:read')
    const without = await eventStream(await aTokenWith(hatchery, ['billing:read-write']))
    expect(await refusalIn(without.answer)).toMatchObject({ status: 401, code: 'missing-scope' })
  })

  test('only its own organization', async () => {
    const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [{}])
    const { appId } = await deployedApp(hatchery.client)
    const foreign = { url: hatchery.url, token: secrets[0] ?? '' }
    const { answer } = await eventStream(foreign, `?appId=${appId}`)
    expect(answer.status).toBe(404)
    const stream = await eventStream(foreign, '', { 'last-event-id': '0' })
    await hatchery.client.appsV2.deleteApp(appId)
    const own = await fetch(`${foreign.url}/apps/v2/apps`, {
      ...{ method: 'POST', body: JSON.stringify({ appName: 'theirs', authConfiguration: {} }) },
      headers: { authorization: foreign.token, 'content-type': 'application/json' },
    })
    expect(own.status).toBe(201)
    for (;;) {
      const { event, data } = await stream.nextEvent()
      expect(data?.['orgId']).not.toBe((await hatchery.client.hatchery.whoAmI()).orgId)
      if (event === 'application') break
    }
  })

  test('no secret, whatever changes', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const stream = await eventStream(hatchery, '', { 'last-event-id': '0' })
    const { appId } = await deployedApp(client)
    const { appSecret } = await client.appsV2.getApp(appId)
    const { token: secret } = await aTokenWith(hatchery, ['builds:read'])
    const game = await aGame(hatchery, appId)
    await client.appsV2.deleteApp(appId)
    let text = ''
    for (;;) {
      const { data } = await stream.nextEvent()
      text += JSON.stringify(data)
      const { deletedAt } = recordOf({ data })
      if (data?.['kind'] === 'application' && deletedAt) break
    }
    for (const hidden of [appSecret, secret, hatchery.token, game.token, 'appSecret', '"hash"']) {
      expect(text).not.toContain(hidden)
    }
  })

  test('as that of a game server, only itself and the rooms on it', async () => {
    const hatchery = await startWithFakes()
    const { client } = hatchery
    const { appId } = await deployedApp(client, { deployment: { roomsPerProcess: 1 } })
    const [mine, other] = [await aGame(hatchery, appId), await aGame(hatchery, appId)]
    const stream = await eventStream(mine)
    await stream.next()
    const rooms = await Promise.all([
      client.roomsV2.createRoom({ region: 'Chicago' }, appId),
      client.roomsV2.createRoom({ region: 'Chicago' }, appId),
    ])
    const here = rooms.find(({ processId }) => processId === mine.processId)
    await client.roomsV2.destroyRoom(String(here?.roomId), appId)
    await client.processesV3.stopProcess(other.processId, appId)
    await client.processesV3.stopProcess(mine.processId, appId)
    const seen = [await stream.nextEvent(), await stream.nextEvent(), await stream.nextEvent()]
    expect(seen.map(({ data }) => [data?.['subject'], recordOf({ data }).status])).toEqual([
      [here?.roomId, 'active'],
      [here?.roomId, 'destroyed'],
      [mine.processId, 'stopping'],
    ])
    const refused = await eventStream(mine, '?kind=application')
    expect(refused.answer.status).toBe(401)
    const foreign = await eventStream(mine, `?processId=${other.processId}`)
    expect([401, 404]).toContain(foreign.answer.status)
  })
})

describe('the stream ends soon', () => {
  test('when its token is revoked', async () => {
    const hatchery = await startWithFakes()
    const caller = await aTokenWith(hatchery, ['processes:read'])
    const stream = await eventStream(caller)
    await stream.next()
    await hatchery.client.tokensV1.revokeOrgToken(caller.orgId, caller.orgTokenId)
    await stream.ended()
    expect((await eventStream(caller)).answer.status).toBe(401)
  })

  test('when the game server whose token it was has ended', async () => {
    const hatchery = await startWithFakes()
    const { appId } = await deployedApp(hatchery.client)
    const game = await aGame(hatchery, appId)
    const stream = await eventStream(game)
    await stream.next()
    hatchery.driver.exit(game.processId, { kind: 'code', code: 0 })
    expect(await stream.nextEvent()).toMatchObject({ event: 'process' })
    await stream.ended()
  })
})
