/** Limits of an organization: what is beyond them is 402, exactly, whoever asks and however many at once. */
import type { Hatchery, OrgChange } from '@hatchery/client'
import { expect, test } from 'vitest'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { aPlayer } from '../support/players.ts'
import { extremes, processHistory } from '../support/process-history.ts'
import { untilStatus } from '../support/process-life.ts'
import { type Refusal, refusalOf } from '../support/refusal.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

interface Studio extends FakeHatchery {
  readonly appId: string
}

/** With an application whose processes ask for half a core and hold two rooms. */
async function aStudio(limits: OrgChange): Promise<Studio> {
  const hatchery = await startWithFakes()
  const { orgId } = await hatchery.client.hatchery.whoAmI()
  await hatchery.client.hatchery.changeOrg(orgId, limits)
  const { appId } = await deployedApp(hatchery.client, {
    deployment: { requestedCPU: 0.5, roomsPerProcess: 2 },
  })
  return { ...hatchery, appId }
}

/** What came of requests that were made at once. */
async function outcomes(calls: readonly Promise<unknown>[]) {
  const settled = await Promise.all(
    calls.map((call) =>
      call.then(
        () => null,
        () => refusalOf(call),
      ),
    ),
  )
  const refusals = settled.filter((one): one is Refusal => one !== null)
  return { made: settled.length - refusals.length, refusals }
}

const alive = async (client: Hatchery, appId: string): Promise<number> => {
  const statuses = ['starting', 'running'] as const
  return (await client.processesV3.getProcessesCountExperimental(appId, [...statuses])).count
}

test('of processes that are asked for at once exactly as many start as fit', async () => {
  const { client, appId } = await aStudio({ concurrentProcessVcpusLimit: 3.25 })
  const { made, refusals } = await outcomes(
    Array.from({ length: 40 }, () => client.processesV3.createProcess('Seattle', appId)),
  )
  expect(made).toBe(6)
  expect(new Set(refusals.map(({ status, code }) => `${status} ${code}`))).toEqual(
    new Set(['402 limit-reached']),
  )
  expect(await alive(client, appId)).toBe(6)
})

test('of rooms that are asked for at once exactly as many are placed as the processes hold', async () => {
  const { client, appId } = await aStudio({ concurrentProcessVcpusLimit: 1 })
  const { made, refusals } = await outcomes(
    Array.from({ length: 20 }, () => client.roomsV2.createRoom({ region: 'Seattle' }, appId)),
  )
  expect({ made, refused: refusals.length }).toEqual({ made: 4, refused: 16 })
  expect(refusals.every(({ status }) => status === 402)).toBe(true)
  expect(await alive(client, appId)).toBe(2)
})

test('rooms, lobbies and what is resumed are 402 where they need a process, and not where one has a slot', async () => {
  const { client, appId } = await aStudio({ concurrentProcessVcpusLimit: 0.5 })
  await client.appsV2.patchApp({ authConfiguration: { anonymous: {} } }, appId)
  const player = await aPlayer(client, appId)
  const region = 'Seattle' as const
  const { roomId } = await client.roomsV2.createRoom({ region }, appId)
  await client.roomsV2.suspendRoomV2Deprecated(roomId, appId)
  const other = await client.roomsV2.createRoom({ region }, appId)
  await client.lobbiesV3.createLobby(player, { visibility: 'public', region }, appId)
  const needing = [
    () => client.processesV3.createProcess(region, appId),
    () => client.roomsV2.createRoom({ region }, appId),
    () => client.roomsV2.resumeRoom(roomId, appId),
    () => client.lobbiesV3.createLobby(player, { visibility: 'private', region }, appId),
    () => client.lobbiesV2.createPublicLobby(player, { region, initialConfig: {} }, appId),
    () => client.lobbiesV1.createPrivateLobbyDeprecated(player, appId, region),
  ]
  for (const call of needing)
    expect(await refusalOf(call())).toMatchObject({ status: 402, code: 'limit-reached' })
  // What is there goes on.
  expect((await client.roomsV2.getConnectionInfo(other.roomId, appId)).status).toBe('active')
  expect(await alive(client, appId)).toBe(1)
})

test('a process that ends gives its share back', async () => {
  const { client, appId } = await aStudio({ concurrentProcessVcpusLimit: 0.5 })
  const first = await client.processesV3.createProcess('Seattle', appId)
  await refusalOf(client.processesV3.createProcess('Seattle', appId))
  await client.processesV3.stopProcess(first.processId, appId)
  await untilStatus(client, first, 'stopped')
  await client.processesV3.createProcess('Seattle', appId)
})

test('a repeated request finds the process it made, limit or not', async () => {
  const { client, url, token, appId } = await aStudio({ concurrentProcessVcpusLimit: 0.5 })
  const create = async () =>
    await fetch(`${url}/processes/v3/apps/${appId}/processes/regions/Seattle`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'once' },
    })
  expect([(await create()).status, (await create()).status]).toEqual([201, 201])
  expect(await alive(client, appId)).toBe(1)
})

const keep = async (
  { client, appId }: Studio,
  [minProcesses, targetProcesses, maxProcesses]: readonly [number, number, number],
) => {
  const allocation = { region: 'Seattle', minProcesses, targetProcesses, maxProcesses } as const
  await client.appsV2.patchApp({ serviceConfig: { staticProcessAllocation: [allocation] } }, appId)
}

const allocationOf = async ({ client, appId }: Studio) => {
  const [allocation] = await client.hatchery.getAllocations(appId)
  if (allocation === undefined) throw new Error('there is no allocation')
  return allocation
}

test('static allocation keeps what fits, says what is in its way, and still replaces what is old', async () => {
  const studio = await aStudio({ concurrentProcessVcpusLimit: 1 })
  const { client, appId } = studio
  await keep(studio, [1, 3, 3])
  const short = await eventually('two run and the third is refused', async () => {
    const one = await allocationOf(studio)
    return one.running === 2 && one.problem !== null && one
  })
  expect(short.problem).toContain('may request 1 vCPU at once and request 1 now')
  expect(short.retryAt).not.toBeNull()

  const { buildId } = await client.deploymentsV3.getLatestDeployment(appId)
  const deployment = { requestedCPU: 0.5, roomsPerProcess: 2 }
  await client.deploymentsV3.createDeployment(deploymentConfig(buildId, deployment), appId)
  await eventually('both are new', async () => {
    const { running, outdated } = await allocationOf(studio)
    return running === 2 && outdated === 0
  })
  expect(extremes(await processHistory(client, appId), 2)).toEqual({ fewest: 1, most: 2 })
}, 120_000)

test('static allocation ends nothing for a process that can never start', async () => {
  const studio = await aStudio({ concurrentProcessVcpusLimit: 1 })
  const { client, appId } = studio
  await keep(studio, [0, 2, 3])
  await eventually('both run', async () => (await allocationOf(studio)).running === 2)
  const { buildId } = await client.deploymentsV3.getLatestDeployment(appId)
  await client.deploymentsV3.createDeployment(
    ...[deploymentConfig(buildId, { requestedCPU: 2 }), appId],
  )
  const stuck = await eventually('it is refused', async () => {
    const one = await allocationOf(studio)
    return one.problem !== null && one
  })
  expect(stuck).toMatchObject({ running: 0, outdated: 2 })
  expect(stuck.problem).toContain('this one needs 2')
  expect(await alive(client, appId)).toBe(2)
})
