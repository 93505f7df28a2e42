/** The token of a game server: it is in its environment, and lets it act on itself and its rooms, on nothing else. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { Hatchery } from '@hatchery/client'
import { type Operation, operations } from '@hatchery/contract'
import { describe, expect, test } from 'vitest'
import { freePort } from '../drivers/support/free-port.ts'
import { call } from '../support/call.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { withOrganizations } from '../support/organizations.ts'
import { signedBy } from '../support/players.ts'
import { untilStatus } from '../support/process-life.ts'
import { refusalOf } from '../support/refusal.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

const forProcesses = Object.values<Operation>(operations).filter(({ process }) => process === true)
const onThings = forProcesses.filter(({ path }) => path.includes('{'))

/** What an operation takes in its body, where it takes one. */
const bodies: Readonly<Record<string, unknown>> = {
  UpdateRoomConfig: { roomConfig: '{}' },
  SetLobbyState: { state: {} },
}

/** A process with a room on it, which is a lobby, and what it finds in its environment. */
interface Game {
  readonly values: Readonly<Record<'appId' | 'processId' | 'roomId', string>>
  readonly token: string
  readonly environment: Readonly<Record<string, string>>
}

async function aGame(
  { client, driver }: Pick<FakeHatchery, 'client' | 'driver'>,
  appId: string,
): Promise<Game> {
  const { processId } = await client.processesV3.createProcess('Chicago', appId)
  const { spec } = await eventually('it is started', () => driver.place.runs.get(processId))
  await untilStatus(client, { appId, processId }, 'running')
  const { appSecret } = await client.appsV2.getApp(appId)
  const player = { playerAuth: await signedBy(appSecret, { id: 'player-1' }) }
  const lobby = { visibility: 'private', region: 'Chicago' } as const
  const { roomId } = await client.lobbiesV3.createLobby(player, lobby, appId)
  const room = await client.roomsV2.getRoomInfo(roomId, appId)
  expect(room.currentAllocation?.processId).toBe(processId)
  const environment = spec.env
  const token = environment['HATCHERY_PROCESS_TOKEN'] ?? ''
  return { values: { appId, processId, roomId }, token, environment }
}

describe('in the environment', () => {
  test('stand the token of this process, and the address of the API', async () => {
    const hatchery = await startWithFakes()
    const { appId } = await deployedApp(hatchery.client)
    const first = await aGame(hatchery, appId)
    const second = await aGame(hatchery, appId)
    expect(first.token).toMatch(new RegExp(`^hathora_ps_${first.values.processId}_[0-9a-f]{64}$`))
    expect(second.token.slice(-64)).not.toBe(first.token.slice(-64))
    expect(first.environment['HATCHERY_API_URL']).toBe(hatchery.url)
  })

  test('stands the public URL where one is set', async () => {
    const port = await freePort()
    const hatchery = await startWithFakes(
      `--port=${port}`,
      `--public-url=http://localhost:${port}/`,
    )
    const { appId } = await deployedApp(hatchery.client)
    const { environment } = await aGame(hatchery, appId)
    expect(environment['HATCHERY_API_URL']).toBe(`http://localhost:${port}`)
  })
})

describe('a game server', () => {
  test.for(onThings)('may call $id for itself', async (operation) => {
    const hatchery = await startWithFakes()
    const { appId } = await deployedApp(hatchery.client, { deployment: { roomsPerProcess: 4 } })
    const { values, token } = await aGame(hatchery, appId)
    const body = bodies[operation.id]
    expect(await call(operation, { url: hatchery.url, token, values, body })).toEqual({
      ...{ status: operation.answer.status, code: null, message: '' },
    })
  })

  test.for(onThings)('finds nobody else with $id', async (operation) => {
    const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [{}])
    const { client, driver, url } = hatchery
    const { appId } = await deployedApp(client)
    const mine = await aGame(hatchery, appId)
    const neighbour = await aGame(hatchery, appId)
    const other = await aGame(hatchery, (await deployedApp(client, { appName: 'b' })).appId)
    const stranger = new Hatchery({ serverURL: url, hathoraDevToken: secrets[0] ?? '' })
    const foreign = await aGame({ client: stranger, driver }, (await deployedApp(stranger)).appId)
    const nobody = { appId: 'app-x', processId: 'process-x', roomId: 'room-x' }

    const refusedWith = async (values: Game['values']): Promise<unknown> => {
      const { token } = mine
      const answer = await call(operation, { url, token, values, body: bodies[operation.id] })
      const ids = Object.entries(values)
      const message = ids.reduce((text, [name, id]) => text.replaceAll(id, name), answer.message)
      return { ...answer, message }
    }
    const noApplication = await refusedWith(nobody)
    expect(noApplication).toMatchObject({ status: 404, code: 'not-found' })
    expect(await refusedWith(other.values)).toEqual(noApplication)
    expect(await refusedWith(foreign.values)).toEqual(noApplication)
    const noThing = await refusedWith({ ...nobody, appId })
    expect(noThing).toMatchObject({ status: 404, code: 'not-found' })
    for (const { values } of [neighbour, other, foreign])
      expect(await refusedWith({ ...values, appId })).toEqual(noThing)
  })

  test('may call nothing else, and is told what it may', async () => {
    const hatchery = await startWithFakes()
    const { appId } = await deployedApp(hatchery.client)
    const { values, token } = await aGame(hatchery, appId)
    const names = forProcesses.map(({ id }) => id).join(', ')
    for (const operation of Object.values<Operation>(operations)) {
      const { access, process } = operation
      if (access === 'public' || access === 'signed' || access === 'player' || process === true)
        continue
      expect(await call(operation, { url: hatchery.url, token, values })).toEqual({
        ...{ status: 401, code: 'missing-scope' },
        message: `the token of a game server may only call ${names}, for itself and its rooms: use a token of the organization`,
      })
    }
    const answer = await fetch(`${hatchery.url}/metrics`, { headers: { authorization: token } })
    expect(answer.status).toBe(401)
  })

  test('destroys a room twice, and finds no room that went elsewhere', async () => {
    const hatchery = await startWithFakes()
    const { client, url } = hatchery
    const { appId } = await deployedApp(client)
    const { values, token } = await aGame(hatchery, appId)
    const itself = new Hatchery({ serverURL: url, hathoraDevToken: token })
    const { processId, roomId } = values
    for (const _time of ['first', 'again']) await itself.roomsV2.destroyRoom(roomId, appId)
    expect((await itself.roomsV2.getRoomInfo(roomId, appId)).status).toBe('destroyed')
    expect(await itself.roomsV2.getInactiveRoomsForProcess(processId, appId)).toHaveLength(1)

    const moved = await client.roomsV2.createRoom({ region: 'Chicago' }, appId)
    await client.roomsV2.suspendRoomV2Deprecated(moved.roomId, appId)
    expect((await itself.roomsV2.getRoomInfo(moved.roomId, appId)).status).toBe('suspended')
    const change = itself.roomsV2.updateRoomConfig(moved.roomId, { roomConfig: '{}' }, appId)
    expect(await refusalOf(change)).toMatchObject({ status: 404, code: 'not-found' })
    const destroy = itself.roomsV2.destroyRoom(moved.roomId, appId)
    expect(await refusalOf(destroy)).toMatchObject({ status: 404, code: 'not-found' })
  })

  test('is told who it is', async () => {
    const hatchery = await startWithFakes()
    const { orgId } = await hatchery.client.hatchery.whoAmI()
    const { appId } = await deployedApp(hatchery.client)
    const { values, token } = await aGame(hatchery, appId)
    const itself = new Hatchery({ serverURL: hatchery.url, hathoraDevToken: token })
    const { processId } = values
    expect(await itself.hatchery.whoAmI()).toEqual({
      ...{ orgId, orgName: 'default', processId, orgTokenId: null, userEmail: null, scopes: [] },
      name: `process ${processId}`,
    })
  })
})

describe('its token', () => {
  test('is taken by the official client, and stops its process', async () => {
    const hatchery = await startWithFakes()
    const { appId } = await deployedApp(hatchery.client)
    const { values, token } = await aGame(hatchery, appId)
    const { processId } = values
    const cloud = new HathoraCloud({ serverURL: hatchery.url, hathoraDevToken: token, appId })
    expect((await cloud.processesV3.getProcess(processId)).status).toBe('running')
    await cloud.processesV3.stopProcess(processId)
    const ended = await untilStatus(hatchery.client, values, 'stopped')
    expect(ended.summaryExitReason).toBe('stopped on request')
  })

  test('ends with its process', async () => {
    const hatchery = await startWithFakes()
    const { appId } = await deployedApp(hatchery.client)
    const { values, token } = await aGame(hatchery, appId)
    const { processId } = values
    hatchery.driver.exit(processId, { kind: 'code', code: 0 })
    await untilStatus(hatchery.client, values, 'stopped')
    const itself = new Hatchery({ serverURL: hatchery.url, hathoraDevToken: token })
    expect(await refusalOf(itself.processesV3.getProcess(processId, appId))).toMatchObject({
      ...{ status: 401, code: 'unauthenticated' },
      message: `the process ${processId} has ended, and its token with it`,
    })
  })

  test('is good after a restart of the server, and at no other installation', async () => {
    const before = await startWithFakes()
    const { appId } = await deployedApp(before.client)
    const { values, token } = await aGame(before, appId)
    const { url } = await before.restart()
    const itself = new Hatchery({ serverURL: url, hathoraDevToken: token })
    expect(await itself.processesV3.getProcess(values.processId, appId)).toMatchObject({
      ...{ appId, processId: values.processId },
    })
    const elsewhere = await startWithFakes()
    const lost = new Hatchery({ serverURL: elsewhere.url, hathoraDevToken: token })
    expect(await refusalOf(lost.hatchery.whoAmI())).toMatchObject({
      ...{ status: 401, message: 'the token is not known here' },
    })
  })

  test('cannot be made up: each other signature, id or form is unknown', async () => {
    const hatchery = await startWithFakes()
    const { appId } = await deployedApp(hatchery.client)
    const mine = await aGame(hatchery, appId)
    const { processId } = (await aGame(hatchery, appId)).values
    const signature = mine.token.slice(-64)
    for (const token of [
      `hathora_ps_${processId}_${signature}`,
      `hathora_ps_${mine.values.processId}_${'0'.repeat(64)}`,
      `hathora_ps_${mine.values.processId}_${signature.toUpperCase()}`,
      `hathora_ps_${mine.values.processId}_`,
      `hathora_ps__${signature}`,
      `${mine.token} `.repeat(2),
      mine.token.toUpperCase(),
    ]) {
      const answer = await call(operations.WhoAmI, { url: hatchery.url, token })
      expect(answer).toMatchObject({ status: 401, message: 'the token is not known here' })
    }
  })
})
