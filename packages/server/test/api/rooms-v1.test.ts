/** Rooms and metrics as the oldest version asks for them: the same rooms and the same measurements. */
import { isDeepStrictEqual } from 'node:util'
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { appWith, untilStatus } from '../support/process-life.ts'
import { refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const region = 'Seattle'

async function withOfficial(...flags: string[]) {
  const hatchery = await startWithFakes(...flags)
  const { appId } = await deployedApp(hatchery.client, { deployment: { roomsPerProcess: 2 } })
  const { url, token } = hatchery
  const official = new HathoraCloud({ serverURL: url, hathoraDevToken: token, appId })
  return { ...hatchery, appId, official }
}

test('a room is made, found, suspended and destroyed, and is the same in RoomsV2', async () => {
  const { official, client, appId } = await withOfficial()
  const old = official.roomsV1
  expect(await old.createRoomDeprecated({ region, roomConfig: 'a' }, appId, 'my-room')).toBe(
    'my-room',
  )
  // As in RoomsV2 a chosen id makes it safe to repeat.
  await old.createRoomDeprecated({ region, roomConfig: 'a' }, appId, 'my-room')
  const { currentAllocation, allocations } = await client.roomsV2.getRoomInfo('my-room', appId)
  const processId = currentAllocation?.processId ?? ''
  expect(await old.getRoomInfoDeprecated('my-room')).toEqual({
    ...{ appId, roomId: 'my-room', roomConfig: 'a', status: 'active' },
    ...{ currentAllocation, allocations },
  })
  const second = await client.roomsV1.createRoomDeprecated({ region }, appId)
  expect(second).toMatch(/^[0-9a-z]{13}$/)
  const active = await old.getActiveRoomsForProcessDeprecated(processId)
  expect(active.map(({ roomId }) => roomId)).toEqual(['my-room', second])
  expect(await client.roomsV2.getActiveRoomsForProcess(processId, appId)).toEqual(active)

  await old.suspendRoomDeprecated('my-room')
  expect((await client.roomsV2.getRoomInfo('my-room', appId)).status).toBe('suspended')
  await client.roomsV2.resumeRoom('my-room', appId)
  await old.destroyRoomDeprecated('my-room')
  await old.destroyRoomDeprecated('my-room')
  const left = await old.getInactiveRoomsForProcessDeprecated(processId)
  expect(left).toMatchObject([{ roomId: 'my-room', status: 'destroyed' }])
})

test('what is wrong is refused as in RoomsV2', async () => {
  const { client, appId } = await withOfficial()
  const { roomsV1, roomsV2 } = client
  const pairs = [
    [
      roomsV1.createRoomDeprecated({ region: 'Paris' }, appId),
      roomsV2.createRoom({ region: 'Paris' }, appId),
    ],
    [roomsV1.getRoomInfoDeprecated('none', appId), roomsV2.getRoomInfo('none', appId)],
    [roomsV1.destroyRoomDeprecated('none', appId), roomsV2.destroyRoom('none', appId)],
    [
      roomsV1.getActiveRoomsForProcessDeprecated('none', appId),
      roomsV2.getActiveRoomsForProcess('none', appId),
    ],
    [roomsV1.getConnectionInfoDeprecated('none', appId), roomsV2.getConnectionInfo('none', appId)],
  ] as const
  for (const [old, current] of await Promise.all(
    pairs.map((pair) => Promise.all(pair.map(refusalOf))),
  ))
    expect(old).toEqual(current)
})

test('where a room is stands flat in its answer, and only once it is somewhere', async () => {
  const hatchery = await startWithFakes()
  const { client, url } = hatchery
  const appId = await appWith(hatchery, { FAKE_START: 'never-binds' })
  const { roomId, processId } = await client.roomsV2.createRoom({ region }, appId)
  const official = new HathoraCloud({ serverURL: url, appId })
  const ask = () => official.roomsV1.getConnectionInfoDeprecated(roomId)
  expect(await ask()).toEqual({ roomId, status: 'starting' })
  hatchery.driver.bind(processId)
  await untilStatus(client, { appId, processId }, 'running')
  const { exposedPort } = await client.roomsV2.getConnectionInfo(roomId, appId)
  expect(exposedPort).toBeDefined()
  const { host, port, transportType } = exposedPort ?? {}
  expect(await ask()).toEqual({ roomId, status: 'active', host, port, transportType })
  await client.roomsV2.destroyRoom(roomId, appId)
  expect(await refusalOf(client.roomsV1.getConnectionInfoDeprecated(roomId, appId))).toMatchObject({
    status: 404,
    message: expect.stringContaining('is over'),
  })
})

test('the metrics of a process are those of GetProcessMetrics, under the old names', async () => {
  const { official, client, driver, appId } = await withOfficial('--metrics-sample-seconds=1')
  const { processId } = await client.processesV3.createProcess(region, appId)
  await eventually('it runs', () => driver.place.runs.has(processId))
  driver.connect(processId, 3)
  const { all, now, period } = await eventually('connections are measured', async () => {
    const same = { processId, appId, end: Date.now() / 1000, step: 1 }
    const old = await official.metricsV1.getMetricsDeprecated(same)
    const found = await client.processesV3.getProcessMetrics(same)
    // A round of measuring may have ended between the two.
    const isWhole = isDeepStrictEqual(old.cpu, found.cpu) && (old.cpu?.length ?? 0) > 0
    return isWhole && { all: old, now: found, period: same }
  })
  // The official client has names of its own for the fields.
  const { gpuMemory: _, gpuUtilization: __, ...others } = now
  expect(all).toEqual(others)
  expect(all.activeConnections?.at(-1)?.value).toBe(3)
  const { total_egress: egress, ...rest } = await client.metricsV1.getMetricsDeprecated({
    ...period,
    metrics: ['total_egress'],
  })
  expect({ egress, rest }).toEqual({ egress: now.totalEgress, rest: {} })
  const wrong = client.metricsV1.getMetricsDeprecated({ ...period, metrics: ['rateEgress'] })
  expect(await refusalOf(wrong)).toMatchObject({
    status: 422,
    message: expect.stringContaining('metrics[0] must be one of cpu, memory, rate_egress'),
  })
})
