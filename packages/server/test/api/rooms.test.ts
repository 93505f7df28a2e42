/** Rooms: where they are placed, how they are found again, how they end. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { describe, expect, test } from 'vitest'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { appWith, untilStatus } from '../support/process-life.ts'
import { refusalOf } from '../support/refusal.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

const region = 'Seattle'

async function withRooms(roomsPerProcess = 2) {
  const hatchery = await startWithFakes()
  const { appId, deployment } = await deployedApp(hatchery.client, {
    deployment: { roomsPerProcess },
  })
  return { ...hatchery, appId, deployment }
}

describe('creating a room', () => {
  test('starts a process where there is none, and tells it of its room', async () => {
    const { client, driver, appId } = await withRooms()
    const room = await client.roomsV2.createRoom({ region, roomConfig: '{"map":"arena"}' }, appId)
    expect(room).toEqual({
      roomId: expect.stringMatching(/^[0-9a-z]{13}$/),
      processId: expect.any(String),
      status: 'starting',
      additionalExposedPorts: [],
    })
    const process = await client.processesV3.getProcess(room.processId, appId)
    expect(process).toMatchObject({ region, roomsAllocated: 1, roomsPerProcess: 2 })
    await untilStatus(client, process, 'running')
    const seen = await driver.observe(room.processId)
    expect(seen.state === 'running' && seen.spec.env).toMatchObject({
      HATHORA_INITIAL_ROOM_ID: room.roomId,
      HATHORA_INITIAL_ROOM_CONFIG: '{"map":"arena"}',
    })
  })

  test('fills the fullest process first, then the oldest, then a new one', async () => {
    const { client, appId } = await withRooms(2)
    const place = async () => (await client.roomsV2.createRoom({ region }, appId)).processId
    const [first, second, third] = [await place(), await place(), await place()]
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    const [oldest] = await client.roomsV2.getActiveRoomsForProcess(first, appId)
    await client.roomsV2.destroyRoom(oldest?.roomId ?? '', appId)
    // Both have one of two: the oldest takes it.
    expect(await place()).toBe(first)
    expect(await place()).toBe(third)
  })

  test('uses a process that was started without a room', async () => {
    const { client, appId } = await withRooms()
    const warm = await client.processesV3.createProcess(region, appId)
    expect((await client.roomsV2.createRoom({ region }, appId)).processId).toBe(warm.processId)
    expect((await client.roomsV2.createRoom({ region: 'Tokyo' }, appId)).processId).not.toBe(
      warm.processId,
    )
  })

  test('uses only processes of the newest deployment, or of the one that is named', async () => {
    const { client, appId, deployment } = await withRooms()
    const old = await client.roomsV2.createRoom({ region }, appId)
    await client.deploymentsV3.createDeployment(
      deploymentConfig(deployment.buildId, { roomsPerProcess: 2 }),
      appId,
    )
    const fresh = await client.roomsV2.createRoom({ region }, appId)
    expect(fresh.processId).not.toBe(old.processId)
    const { deploymentId } = deployment
    const named = await client.roomsV2.createRoom({ region, deploymentId }, appId)
    expect(named.processId).toBe(old.processId)
    const unknown = client.roomsV2.createRoom({ region, deploymentId: 'dep-none' }, appId)
    expect(await refusalOf(unknown)).toMatchObject({
      status: 404,
      message: 'application arena has no deployment "dep-none"',
    })
  })

  test('places nothing on a process that was asked to stop', async () => {
    const { client, appId } = await withRooms()
    const { processId } = await client.roomsV2.createRoom({ region }, appId)
    await client.processesV3.stopProcess(processId, appId)
    expect((await client.roomsV2.createRoom({ region }, appId)).processId).not.toBe(processId)
  })

  test('says how to make a deployment where there is none', async () => {
    const { client } = await startWithFakes()
    const { appId } = await client.appsV2.createApp({ appName: 'bare', authConfiguration: {} })
    expect(await refusalOf(client.roomsV2.createRoom({ region }, appId))).toMatchObject({
      status: 404,
      message: expect.stringContaining('has no deployment yet: make one with'),
    })
  })

  test.each([
    [{ region: 'Paris' }, undefined, 'region must be one of'],
    [{ region, clientIPs: ['10.0.0.300'] }, undefined, 'clientIPs must hold IP addresses'],
    [{ region, roomConfig: 'x'.repeat(10_001) }, undefined, 'roomConfig'],
    [{ region, roomConfig: 'a\0b' }, undefined, 'body.roomConfig must have no zero byte'],
    [{ region }, 'no blanks', 'roomId'],
    [{ region }, 'x'.repeat(101), 'roomId'],
  ])('refuses %j %s', async (params, roomId, message) => {
    const { client, appId } = await withRooms()
    expect(await refusalOf(client.roomsV2.createRoom(params, appId, roomId))).toMatchObject({
      status: 422,
      message: expect.stringContaining(message),
    })
  })

  test('takes addresses of players and does not enforce them, unless told to be strict', async () => {
    const { client, appId } = await withRooms()
    await client.roomsV2.createRoom({ region, clientIPs: ['10.0.0.3', '::1'] }, appId)
    const strict = await startWithFakes('--strict-client-ips')
    const app = await deployedApp(strict.client)
    const room = strict.client.roomsV2.createRoom({ region, clientIPs: ['::1'] }, app.appId)
    expect(await refusalOf(room)).toMatchObject({ status: 422 })
  })
})

describe('an id of one’s own', () => {
  test('makes creating safe to repeat', async () => {
    const { client, appId } = await withRooms()
    const create = (roomConfig?: string) =>
      client.roomsV2.createRoom({ region, ...(roomConfig && { roomConfig }) }, appId, 'my-room')
    const first = await create('a')
    expect((await create('a')).processId).toBe(first.processId)
    await client.roomsV2.updateRoomConfig('my-room', { roomConfig: 'b' }, appId)
    expect((await create('a')).processId).toBe(first.processId)
    expect(await refusalOf(create('b'))).toMatchObject({
      status: 422,
      message: 'room my-room exists already and it was created with another roomConfig',
    })
    const elsewhere = client.roomsV2.createRoom({ region: 'Tokyo' }, appId, 'my-room')
    expect(await refusalOf(elsewhere)).toMatchObject({
      status: 422,
      message: 'room my-room exists already and it is in Seattle, not Tokyo',
    })
    expect(await client.roomsV2.getActiveRoomsForProcess(first.processId, appId)).toHaveLength(1)
  })

  test('is free again once its room is over, and each application has its own', async () => {
    const { client, appId } = await withRooms()
    await client.roomsV2.createRoom({ region, roomConfig: 'a' }, appId, 'r')
    await client.roomsV2.destroyRoom('r', appId)
    await client.roomsV2.createRoom({ region: 'Tokyo', roomConfig: 'b' }, appId, 'r')
    expect(await client.roomsV2.getRoomInfo('r', appId)).toMatchObject({ roomConfig: 'b' })
    const other = await deployedApp(client, { appName: 'other' })
    await client.roomsV2.createRoom({ region }, other.appId, 'r')
    expect(await client.roomsV2.getRoomInfo('r', other.appId)).toMatchObject({ roomConfig: null })
  })
})

describe('the life of a room', () => {
  test('is told by its stays', async () => {
    const { client, appId } = await withRooms(1)
    const { roomId, processId } = await client.roomsV2.createRoom({ region }, appId)
    const stay = {
      roomAllocationId: expect.any(String),
      processId,
      scheduledAt: expect.any(Date),
      unscheduledAt: null,
    }
    expect(await client.roomsV2.getRoomInfo(roomId, appId)).toEqual({
      ...{ appId, roomId, roomConfig: null, status: 'active' },
      ...{ currentAllocation: stay, allocations: [stay] },
    })
    await client.roomsV2.suspendRoomV2Deprecated(roomId, appId)
    await client.roomsV2.suspendRoomV2Deprecated(roomId, appId)
    expect(await client.roomsV2.getRoomInfo(roomId, appId)).toMatchObject({
      ...{ status: 'suspended', currentAllocation: null },
      allocations: [{ processId, unscheduledAt: expect.any(Date) }],
    })
    const again = client.roomsV2.createRoom({ region }, appId, roomId)
    expect(await refusalOf(again)).toMatchObject({
      ...{ status: 422, message: `room ${roomId} exists already and it is suspended: resume it` },
    })
    // The slot it left was taken.
    expect((await client.roomsV2.createRoom({ region }, appId)).processId).toBe(processId)
    const resumed = await client.roomsV2.resumeRoom(roomId, appId)
    const place = { roomId, processId: resumed.processId }
    expect(resumed).toMatchObject({ roomId, processId: expect.any(String) })
    expect(resumed.processId).not.toBe(processId)
    expect(await client.roomsV2.resumeRoom(roomId, appId)).toMatchObject(place)
    await client.roomsV2.destroyRoom(roomId, appId)
    await client.roomsV2.destroyRoom(roomId, appId)
    const over = await client.roomsV2.getRoomInfo(roomId, appId)
    expect(over).toMatchObject({ status: 'destroyed', currentAllocation: null })
    expect(over.allocations.map((one) => one.processId)).toEqual([processId, resumed.processId])
    const left = await client.roomsV2.getInactiveRoomsForProcess(processId, appId)
    expect(left).toMatchObject([{ roomId, status: 'destroyed' }])
    expect(await refusalOf(client.roomsV2.resumeRoom(roomId, appId))).toMatchObject({ status: 404 })
  })

  test('ends with its process, and says why', async () => {
    const { client, driver, appId } = await withRooms()
    const { roomId, processId } = await client.roomsV2.createRoom({ region }, appId)
    const process = await client.processesV3.getProcess(processId, appId)
    await untilStatus(client, process, 'running')
    driver.exit(processId, { kind: 'signal', signal: 'SIGSEGV' })
    await untilStatus(client, process, 'failed')
    expect(await client.roomsV2.getRoomInfo(roomId, appId)).toMatchObject({ status: 'destroyed' })
    expect(await refusalOf(client.roomsV2.getConnectionInfo(roomId, appId))).toMatchObject({
      status: 404,
      message: `room ${roomId} is over: its process ended: killed by signal SIGSEGV`,
    })
    expect(await client.roomsV2.getActiveRoomsForProcess(processId, appId)).toEqual([])
    await client.roomsV2.createRoom({ region }, appId, roomId)
  })

  test('ends with its application', async () => {
    const { client, appId } = await withRooms()
    const { roomId } = await client.roomsV2.createRoom({ region }, appId)
    await client.appsV2.deleteApp(appId)
    expect(await refusalOf(client.roomsV2.getConnectionInfo(roomId, appId))).toMatchObject({
      status: 404,
    })
  })

  test('is listed with those of its application', async () => {
    const { client, appId } = await withRooms()
    const { processId } = await client.roomsV2.createRoom({ region, roomConfig: 'a' }, appId, 'a')
    await client.roomsV2.createRoom({ region }, appId, 'b')
    await client.roomsV2.createRoom({ region }, appId, 'c')
    await client.roomsV2.suspendRoomV2Deprecated('b', appId)
    await client.roomsV2.destroyRoom('c', appId)
    expect(await client.hatchery.getRooms(appId)).toMatchObject([
      { roomId: 'b', status: 'suspended', processId: null },
      { roomId: 'a', status: 'active', processId, roomConfig: 'a', region },
    ])
  })
})

describe('connection info', () => {
  test('is starting, then active with the ports; without a token, for any website', async () => {
    const hatchery = await startWithFakes()
    const { client, url } = hatchery
    const appId = await appWith(hatchery, { FAKE_START: 'never-binds' })
    const { roomId, processId } = await client.roomsV2.createRoom({ region }, appId)
    const address = `${url}/rooms/v2/${appId}/connectioninfo/${roomId}`
    const ask = async () => await fetch(address, { headers: { origin: 'https://game.example' } })
    const starting = await ask()
    expect(starting.headers.get('access-control-allow-origin')).toBe('*')
    expect(await starting.json()).toEqual({
      ...{ roomId, status: 'starting', additionalExposedPorts: [] },
    })
    hatchery.driver.bind(processId)
    await untilStatus(client, await client.processesV3.getProcess(processId, appId), 'running')
    expect(await (await ask()).json()).toMatchObject({
      ...{ roomId, status: 'active' },
      exposedPort: { name: 'default', host: '127.0.0.1', transportType: 'udp' },
    })
  })
})

test('the official client creates, finds and ends rooms', async () => {
  const { url, token, appId } = await withRooms()
  const hathora = new HathoraCloud({ serverURL: url, hathoraDevToken: token, appId })
  const { roomId, processId } = await hathora.roomsV2.createRoom({ region, roomConfig: '{}' })
  expect(await hathora.roomsV2.getRoomInfo(roomId)).toMatchObject({ status: 'active' })
  expect(await hathora.roomsV2.getActiveRoomsForProcess(processId)).toHaveLength(1)
  expect((await hathora.roomsV2.getConnectionInfo(roomId)).roomId).toBe(roomId)
  await hathora.roomsV2.updateRoomConfig(roomId, { roomConfig: '{"a":1}' })
  await hathora.roomsV2.suspendRoomV2Deprecated(roomId)
  expect((await hathora.roomsV2.getRoomInfo(roomId)).status).toBe('suspended')
  expect((await hathora.roomsV2.resumeRoom(roomId)).roomId).toBe(roomId)
  await hathora.roomsV2.destroyRoom(roomId)
  expect(await hathora.roomsV2.getInactiveRoomsForProcess(processId)).toHaveLength(1)
})

test('an idempotency key makes creating a process safe to repeat', async () => {
  const { client, appId }: FakeHatchery & { appId: string } = await withRooms()
  const headers = { 'idempotency-key': 'order-1' }
  const create = () => client.processesV3.createProcess(region, appId, { headers })
  const first = await create()
  expect((await create()).processId).toBe(first.processId)
  expect((await client.processesV3.createProcess(region, appId)).processId).not.toBe(
    first.processId,
  )
  const odd = client.processesV3.createProcess(region, appId, {
    headers: { 'idempotency-key': 'a b' },
  })
  expect(await refusalOf(odd)).toMatchObject({ status: 422 })
})
