/** The commands on fleets, on a real server with fake processes. */
import { expect, test } from 'vitest'
import { deployedApp } from '../../server/test/support/deployed-app.ts'
import { jsonOf, online } from './support/online.ts'

test('a fleet is made, shown, changed and wished for by its name', async () => {
  const { run: hatchery } = await online('--nodes=left cpu=4 memory-mb=8192 fleet=ranked')
  expect((await hatchery('fleet', 'list', '--columns', 'name')).stdout).toBe('default\n')
  const { stdout } = await hatchery('fleet', 'create', 'ranked', '-q')
  const fleetId = stdout.trim()
  expect(fleetId).toMatch(/^fleet-/)
  expect(jsonOf(await hatchery('fleet', 'get', 'ranked', '--json'))).toMatchObject({
    ...{ fleetId, name: 'ranked', nodeShapeId: 'shape-amd64-4-8' },
    autoscalerConfig: { scaleUpThreshold: 100 },
    nodes: [{ nodeId: 'left', hosting: 'metal' }],
  })
  await hatchery('fleet', 'scale', 'ranked', '--region', 'Tokyo', '--nodes', '2')
  const shown = await hatchery('fleet', 'get', fleetId.slice(0, 12), '--region', 'Tokyo')
  expect(shown.stdout).toContain('machines wished\t2\n')
  expect(shown.stdout).toContain('machine left\trunning, its own, Tokyo, 4 CPU, 8192 MB, 127.0.0.1')
  const changes = ['--name', 'casual', '--shape', 'cpu-8-16', '--scale-up-at', '75']
  expect((await hatchery('fleet', 'update', 'ranked', ...changes)).code).toBe(0)
  expect((await hatchery('fleet', 'list')).stdout).toMatch(
    /^fleet-.*\tdefault\t.*\tnever\nfleet-.*\tcasual\tshape-amd64-8-16\t75 %\n$/,
  )
  expect((await hatchery('fleet', 'get', 'ranked')).code).toBe(3)
  expect((await hatchery('fleet', 'scale', 'casual')).code).toBe(2)
  const shapes = await hatchery('fleet', 'shapes', '--columns', 'shape', '--limit', '1')
  expect(shapes.stdout).toBe('shape-amd64-4-8\n')
  expect((await hatchery('node', 'list', '--columns', 'node,fleet')).stdout).toBe('left\tranked\n')
})

test('a deployment names its fleet, and the next one stays in it', async () => {
  const place = await online()
  const { appId, deployment } = await deployedApp(place.hatchery.client)
  const create = async (...flags: string[]) =>
    jsonOf(
      await place.run(
        'deployment',
        'create',
        deployment.buildId,
        '--app',
        appId,
        ...flags,
        '--json',
      ),
    )
  const made = (await place.run('fleet', 'create', 'ranked', '-q')).stdout.trim()
  expect(await create()).not.toHaveProperty('fleetId')
  expect(await create('--fleet', 'ranked')).toMatchObject({ fleetId: made })
  expect(await create('--rooms', '2')).toMatchObject({ fleetId: made, roomsPerProcess: 2 })
  const [fleet] = (await place.hatchery.client.fleetsV2.getFleets()).fleets
  const ofDefault = await create('--fleet-id', fleet?.fleetId ?? '')
  expect(ofDefault).toMatchObject({ fleetId: fleet?.fleetId })
  expect((await place.run('deploy', '--app', appId, '--fleet', 'nosuch')).code).toBe(3)
  await place.run('rollback', '--app', appId)
  const { fleetId } = await place.hatchery.client.deploymentsV3.getLatestDeployment(appId)
  expect(fleetId).toBe(made)
})
