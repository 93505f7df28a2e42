/** Players come: they log in, open lobbies and play in rooms; the studio watches processes, logs and metrics. */
import { expect } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { textOf } from '../../support/upload.ts'
import type { Stage } from './stage.ts'

export async function logPlayersIn({ ask, known, hatchery }: Stage): Promise<void> {
  const endpoints = await ask('GetPingServiceEndpoints')
  expect(endpoints.map(({ region }) => region)).toContain(known.region)
  expect(await ask('GetPingServiceEndpointsDeprecated')).toEqual(endpoints)
  const authConfiguration = { anonymous: {}, nickname: {}, google: { clientId: 'client-1' } }
  await hatchery.client.appsV2.patchApp({ authConfiguration }, known.appId)
  await ask('LoginNickname')
  await ask('LoginGoogle')
  known.playerToken = (await ask('LoginAnonymous')).token
}

/** One by each way there ever was; players find them. */
export async function openLobbies({ ask, known }: Stage): Promise<void> {
  const lobby = await ask('CreateLobby')
  Object.assign(known, { roomId: lobby.roomId, shortCode: lobby.shortCode })
  expect(await ask('GetLobbyInfoByRoomId')).toEqual(lobby)
  expect(await ask('GetLobbyInfoByShortCode')).toEqual(lobby)
  expect(await ask('SetLobbyState')).toMatchObject({ state: { round: 2 } })
  expect(await ask('GetLobbyInfo')).toMatchObject({ roomId: lobby.roomId, state: { round: 2 } })
  const made = [
    await ask('CreateLobbyDeprecated'),
    await ask('CreatePublicLobby'),
    await ask('CreatePrivateLobby'),
    await ask('CreateLocalLobby'),
  ]
  const plain = [
    await ask('CreatePublicLobbyDeprecated'),
    await ask('CreatePrivateLobbyDeprecated'),
  ]
  const open = [lobby.roomId, made[0]?.roomId, made[1]?.roomId, plain[0]]
  for (const lobbies of [
    await ask('ListActivePublicLobbies'),
    await ask('ListActivePublicLobbiesDeprecatedV2'),
    await ask('ListActivePublicLobbiesDeprecatedV1'),
  ])
    expect(new Set(lobbies.map(({ roomId }) => roomId))).toEqual(new Set(open))
  for (const roomId of [...made.map((each) => each.roomId), ...plain])
    await ask('DestroyRoom', { roomId })
}

export async function playInRooms({ ask, known }: Stage): Promise<void> {
  const { roomId } = await ask('CreateRoom')
  const { exposedPort } = await eventually('the room can be reached', async () => {
    const connection = await ask('GetConnectionInfo', { roomId })
    return connection.status === 'active' && connection
  })
  const flat = await ask('GetConnectionInfoDeprecated', { roomId })
  expect(flat).toMatchObject({ status: 'active', roomId, port: exposedPort?.port })
  await ask('UpdateRoomConfig', { roomId })
  const room = await ask('GetRoomInfo', { roomId })
  expect(room).toMatchObject({ status: 'active', roomConfig: '{"round":2}' })
  expect(await ask('GetRoomInfoDeprecated', { roomId })).toEqual(room)
  const processId = room.currentAllocation?.processId ?? ''
  expect((await ask('GetActiveRoomsForProcess', { processId })).map((one) => one.roomId)).toContain(
    roomId,
  )
  await ask('SuspendRoomV2Deprecated', { roomId })
  await ask('ResumeRoom', { roomId })
  await ask('SuspendRoomDeprecated', { roomId })
  const left = await ask('GetInactiveRoomsForProcess', { processId })
  expect(left.map((one) => one.roomId)).toContain(roomId)
  expect(await ask('GetInactiveRoomsForProcessDeprecated', { processId })).toEqual(left)
  await ask('DestroyRoom', { roomId })

  const oldRoom = await ask('CreateRoomDeprecated')
  await ask('GetActiveRoomsForProcessDeprecated', { processId })
  await ask('DestroyRoomDeprecated', { roomId: oldRoom })
  expect(await ask('GetRoomInfo', { roomId: oldRoom })).toMatchObject({ status: 'destroyed' })
  known.processId = processId
}

export async function watchProcesses({ ask, known }: Stage): Promise<void> {
  const { processId } = await ask('CreateProcess')
  const older = await ask('CreateProcessV2Deprecated')
  const process = await eventually('it runs', async () => {
    const found = await ask('GetProcess', { processId })
    return found.status === 'running' && found
  })
  await eventually('the other one runs too', async () => {
    return (await ask('GetProcess', { processId: older.processId })).status === 'running'
  })
  const { exposedPort } = process
  expect(await ask('GetProcessInfoV2Deprecated', { processId })).toMatchObject({
    ...{ processId, exposedPort, deploymentId: known.deploymentNumber + 2 },
  })
  expect(await ask('GetProcessInfoDeprecated', { processId })).toMatchObject({
    ...{ processId, port: exposedPort?.port, draining: false },
  })
  const { count } = await ask('GetProcessesCountExperimental')
  expect(await ask('GetProcessesCountExperimentalV2Deprecated')).toEqual({ count })
  for (const processes of [
    await ask('GetLatestProcesses'),
    await ask('GetLatestProcessesV2Deprecated'),
    await ask('GetRunningProcesses'),
  ])
    expect(processes.map((one) => one.processId)).toContain(processId)
  await eventually('its first line is in the log', async () => {
    return (await textOf(await ask('GetLogsForProcess', { processId }))) === 'the arena is open\n'
  })
  await eventually('it was measured', async () => {
    const { memory } = await ask('GetProcessMetrics', { processId })
    return (memory?.length ?? 0) > 0
  })
  expect((await ask('GetMetricsDeprecated', { processId })).memory?.length).toBeGreaterThan(0)

  await ask('StopProcess', { processId })
  await ask('StopProcessV2Deprecated', { processId: older.processId })
  await eventually('both have ended', async () => {
    const stopped = (await ask('GetStoppedProcesses')).map((one) => one.processId)
    return stopped.includes(processId) && stopped.includes(older.processId)
  })
  const log = await textOf(await ask('DownloadLogForProcess', { processId }))
  expect(log).toContain('the arena is open\n')
}
