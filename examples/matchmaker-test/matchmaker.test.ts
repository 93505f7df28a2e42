import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProcessEndedError } from '@hatchery/client'
import { startHatchery } from '@hatchery/testkit'
import { createMatchmaker } from './matchmaker.ts'

const duel = { region: 'Seattle', playersPerMatch: 2 } as const

test('players of one match get the same address', async () => {
  await using hatchery = await startHatchery()
  const { join } = createMatchmaker({ hatchery: hatchery.client, ...duel })
  const [one, other] = await Promise.all([join(), join()])
  assert.deepEqual(one, other)
  assert.equal(one.host, '127.0.0.1')
})

test('they wait until their game is ready', async () => {
  await using hatchery = await startHatchery()
  const { client, games } = hatchery
  games.startAs('waiting')
  const { join } = createMatchmaker({ hatchery: client, ...duel })
  let isReady = false
  const matched = Promise.all([join(), join()]).finally(() => assert.ok(isReady))
  const processId = await games.next()
  isReady = true
  await games.ready(processId)
  const [{ roomId }] = await matched
  const { status } = await client.roomsV2.getConnectionInfo(roomId)
  assert.equal(status, 'active')
})

test('a game that crashes at its start is replaced', async () => {
  await using hatchery = await startHatchery()
  const { client, games } = hatchery
  games.startAs('waiting')
  const { join } = createMatchmaker({ hatchery: client, ...duel })
  const matched = Promise.all([join(), join()])
  await games.crash(await games.next())
  const second = await games.next()
  await games.ready(second)
  const [{ roomId }] = await matched
  const { currentAllocation } = await client.roomsV2.getRoomInfo(roomId)
  assert.equal(currentAllocation?.processId, second)
})

test('where no game comes up, players are told', async () => {
  await using hatchery = await startHatchery()
  hatchery.games.startAs('failing')
  const { join } = createMatchmaker({ hatchery: hatchery.client, ...duel })
  const matched = Promise.all([join(), join()])
  await assert.rejects(matched, ProcessEndedError)
  const tried = await hatchery.client.processesV3.getLatestProcesses()
  assert.equal(tried.length, 3)
})

test('a match that nobody comes to ends after five minutes', async () => {
  await using hatchery = await startHatchery({ deployment: { idleTimeoutEnabled: true } })
  const { client, clock } = hatchery
  const { join } = createMatchmaker({ hatchery: client, ...duel })
  const [{ roomId }] = await Promise.all([join(), join()])
  await client.roomsV2.destroyRoom(roomId)
  await clock.advance(6 * 60_000)
  const [game] = await client.processesV3.getLatestProcesses()
  assert.equal(game?.summaryExitReason, 'stopped after 5 min idle')
})
