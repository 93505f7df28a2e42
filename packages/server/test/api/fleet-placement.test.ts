/** Which machines processes of a fleet go to. */
import { describe, expect, test } from 'vitest'
import { takes } from '../../src/domain/fleet-nodes.ts'
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { aPlayer } from '../support/players.ts'
import { refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const autoscalerConfig = { scaleUpThreshold: 100 }

/** A server with the fleets red, blue and default, and an application for each: `fleet` names them. */
async function withFleets(...flags: string[]) {
  const hatchery = await startWithFakes('--capacity-overcommit=false', ...flags)
  const { client } = hatchery
  for (const name of ['red', 'blue'])
    await client.fleetsV2.createFleet({ name, nodeShapeId: 'shape-amd64-4-8', autoscalerConfig })
  const { fleets } = await client.fleetsV2.getFleets()
  const fleetIdOf = (name: string): string =>
    fleets.find((fleet) => fleet.name === name)?.fleetId ?? ''
  const appOf = async (fleet: string | undefined, roomsPerProcess = 1) => {
    const fleetId = fleet === undefined ? {} : { fleetId: fleetIdOf(fleet) }
    const deployment = { requestedCPU: 1, roomsPerProcess, ...fleetId }
    return await deployedApp(client, { appName: `app-${fleet}`, deployment })
  }
  const nodeOf = async (processId: string, appId: string): Promise<string> =>
    (await client.hatchery.getProcessView(processId, appId)).nodeId
  return { ...hatchery, fleetIdOf, appOf, nodeOf }
}

const twoNodes =
  '--nodes=left ports=20000-20099 cpu=2 fleet=red,right ports=20100-20199 cpu=2 fleet=blue'

test('each goes to the machines of its own fleet, and shows it, over a restart too', async () => {
  const { client, appOf, nodeOf, fleetIdOf, restart } = await withFleets(twoNodes)
  const made = []
  for (const fleet of ['blue', 'red', 'blue']) {
    const found = (await client.appsV2.getApps()).applications.find(
      ({ appName }) => appName === `app-${fleet}`,
    )
    const { appId } = found ?? (await appOf(fleet))
    const process = await client.processesV3.createProcess('Seattle', appId)
    expect(process.fleetId).toBe(fleetIdOf(fleet))
    made.push({ ...process, node: await nodeOf(process.processId, appId) })
  }
  expect(made.map(({ node }) => node)).toEqual(['right', 'left', 'right'])
  const again = await restart()
  for (const { processId, appId, fleetId } of made)
    expect(await again.client.processesV3.getProcess(processId, appId)).toMatchObject({ fleetId })
})

test('a full fleet is 429 with what its machines have, although others have room', async () => {
  const { client, appOf } = await withFleets(twoNodes)
  const { appId } = await appOf('red')
  for (let count = 0; count < 2; count += 1) await client.processesV3.createProcess('Tokyo', appId)
  const refusal = await refusalOf(client.processesV3.createProcess('Tokyo', appId))
  expect(refusal).toMatchObject({ status: 429, code: 'no-capacity' })
  expect(refusal.message).toContain('Tokyo cannot take a process now: node left has 0 CPU')
  expect(refusal.message).not.toContain('right')
})

test('where its fleet has no machine it is 422 with whose machines there are', async () => {
  const { client, appOf } = await withFleets(twoNodes)
  const { appId } = await appOf(undefined)
  await client.appsV2.patchApp({ authConfiguration: { anonymous: {} } }, appId)
  const player = await aPlayer(client, appId)
  const lobby = { visibility: 'public', region: 'Seattle' } as const
  const calls = [
    () => client.processesV3.createProcess('Seattle', appId),
    () => client.roomsV2.createRoom({ region: 'Seattle' }, appId),
    () => client.lobbiesV3.createLobby(player, lobby, appId),
  ]
  for (const call of calls)
    expect(await refusalOf(call())).toMatchObject({
      status: 422,
      message:
        'no node of Seattle takes processes of the fleet default: left is of red, right is of blue',
    })
})

test('a region without a machine of its fleet hands on to one that has some', async () => {
  const { client, appOf, nodeOf } = await withFleets(
    ...[twoNodes, '--region-nodes=Seattle=left,Chicago=right', '--spillover=Seattle>Chicago'],
  )
  const { appId } = await appOf('blue')
  const process = await client.processesV3.createProcess('Seattle', appId)
  expect(process.region).toBe('Chicago')
  expect(await nodeOf(process.processId, appId)).toBe('right')
})

test('machines of no fleet are shared, and one of a fleet is tried in its turn', async () => {
  const { client, appOf, nodeOf } = await withFleets(
    '--nodes=own ports=20000-20099 cpu=1 fleet=red,all ports=20100-20199 cpu=2',
  )
  const red = await appOf('red')
  const none = await appOf(undefined)
  const create = async ({ appId }: { appId: string }) =>
    nodeOf((await client.processesV3.createProcess('Seattle', appId)).processId, appId)
  expect([await create(none), await create(red), await create(red)]).toEqual(['all', 'own', 'all'])
})

test('rooms join a process of their deployment, and a new fleet takes the next ones', async () => {
  const { client, appOf, nodeOf, fleetIdOf } = await withFleets(twoNodes)
  const { appId, deployment } = await appOf('red', 2)
  const create = async () => {
    const { processId } = await client.roomsV2.createRoom({ region: 'Seattle' }, appId)
    return [processId, await nodeOf(processId, appId)]
  }
  const first = await create()
  expect(first[1]).toBe('left')
  expect(await create()).toEqual(first)
  await client.deploymentsV3.createDeployment(
    deploymentConfig(deployment.buildId, { fleetId: fleetIdOf('blue'), roomsPerProcess: 2 }),
    appId,
  )
  expect((await create())[1]).toBe('right')
})

test('static allocation keeps processes on the machines of the fleet, and says when there is none', async () => {
  const { client, appOf, nodeOf, fleetIdOf } = await withFleets(
    ...[twoNodes, '--region-nodes=Seattle=right,Tokyo=left'],
  )
  const { appId } = await appOf('blue')
  const kept = { minProcesses: 0, targetProcesses: 2, maxProcesses: 3 }
  const staticProcessAllocation = ['Seattle', 'Tokyo'].map((region) => ({ region, ...kept }))
  await client.appsV2.patchApp({ serviceConfig: { staticProcessAllocation } }, appId)
  const [seattle, tokyo] = await eventually('two are kept in Seattle', async () => {
    const states = await client.hatchery.getAllocations(appId)
    return states[0]?.running === 2 && states[1]?.problem !== null && states
  })
  expect(seattle?.problem).toBeNull()
  expect(tokyo).toMatchObject({
    running: 0,
    problem: 'no node of Tokyo takes processes of the fleet blue: left is of red',
  })
  for (const { processId, fleetId } of await client.processesV3.getLatestProcesses(appId)) {
    expect(fleetId).toBe(fleetIdOf('blue'))
    expect(await nodeOf(processId, appId)).toBe('right')
  }
  // The machine is named by the fleet's name, so another fleet may be given it.
  await client.fleetsV2.updateFleet(fleetIdOf('red'), { name: 'crimson', autoscalerConfig })
  await client.fleetsV2.updateFleet(fleetIdOf('blue'), { name: 'red', autoscalerConfig })
  await eventually('two are kept in Tokyo', async () => {
    const [, state] = await client.hatchery.getAllocations(appId)
    return state?.running === 2
  })
})

test('a deployment names a fleet that is there', async () => {
  const { client, appOf, fleetIdOf } = await withFleets()
  const { appId, deployment } = await appOf(undefined)
  const config = deploymentConfig(deployment.buildId, { fleetId: 'fleet-1' })
  const known = ['default', 'red', 'blue'].map((name) => `${fleetIdOf(name)} (${name})`).join(', ')
  expect(await refusalOf(client.deploymentsV3.createDeployment(config, appId))).toMatchObject({
    ...{ status: 422, message: `body.fleetId must be one of ${known}; got "fleet-1"` },
  })
})

describe('a machine', () => {
  const id = 'fleet-6d4c6a71-2d75-4b42-94e1-f312f57f33c5'
  test.each([
    ['of no fleet takes all', null, { fleetId: id, name: 'red' }, true],
    ['of no fleet takes what has none', null, null, true],
    ['of a name takes that', 'red', { fleetId: id, name: 'red' }, true],
    ['of a name takes no other', 'red', { fleetId: id, name: 'blue' }, false],
    ['of a name takes nothing without a fleet', 'red', null, false],
    ['of an id takes that', id, { fleetId: id, name: 'red' }, true],
    ['of an id takes none that is only named so', id, { fleetId: 'fleet-2', name: id }, false],
  ])('%s', (_, fleet, guest, expected) => {
    expect(takes({ fleet }, guest)).toBe(expected)
  })
})
