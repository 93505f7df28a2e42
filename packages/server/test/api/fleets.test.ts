/** Fleets and their machines, with the official client. */
import { nodeShapeIds, nodeShapes } from '@hatchery/contract'
import { describe, expect, test } from 'vitest'
import { nodeShapesFor, shapeIdOf, shapeOf } from '../../src/domain/node-shape.ts'
import { officialClient } from '../official/setting.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { withOrganizations } from '../support/organizations.ts'
import { refusalOf } from '../support/refusal.ts'
import { startHatchery } from '../support/start-hatchery.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

const autoscalerConfig = { scaleUpThreshold: 80 }
const ranked = { name: 'ranked', nodeShapeId: 'shape-amd64-8-16', autoscalerConfig } as const

const official = ({ url, token }: Pick<FakeHatchery, 'url' | 'token'>) => officialClient(url, token)

async function defaultFleet(hatchery: Pick<FakeHatchery, 'url' | 'token'>) {
  const [fleet] = (await official(hatchery).fleetsV2.getFleets()).fleets
  if (fleet === undefined) throw new Error('there is no fleet')
  return fleet
}

describe('a fleet', () => {
  test('is there from the start, named default, and stays the same over starts', async () => {
    const hatchery = await startWithFakes()
    const { orgId } = await hatchery.client.hatchery.whoAmI()
    const fleet = await defaultFleet(hatchery)
    expect(fleet).toMatchObject({ orgId, name: 'default' })
    expect(fleet.fleetId).toMatch(/^fleet-[0-9a-f-]{36}$/)
    expect(fleet).not.toHaveProperty('autoscalerConfig')
    const again = await hatchery.restart()
    expect((await official(again).fleetsV2.getFleets()).fleets).toEqual([fleet])
  })

  test('is made, found, changed and kept over a restart, the same in both versions', async () => {
    const hatchery = await startWithFakes()
    const c = official(hatchery)
    const { fleetId, orgId } = await c.fleetsV2.createFleet(ranked)
    const oldNames = { name: 'casual', nodeShape: 'gpu-h100-8-192-960', autoscalerConfig } as const
    const old = await c.fleetsV1.createFleetDeprecated(oldNames, orgId)
    expect(old).toEqual({ ...oldNames, orgId, fleetId: old.fleetId })

    expect(await c.fleetsV2.getFleet(fleetId, orgId)).toEqual({ ...ranked, fleetId, orgId })
    expect(await c.fleetsV1.getFleetDeprecated(fleetId)).toEqual({
      ...{ fleetId, orgId, name: 'ranked', nodeShape: 'cpu-8-16', autoscalerConfig },
    })
    expect((await c.fleetsV2.getFleet(old.fleetId)).nodeShapeId).toBe('shape-h100sxm5-8')

    await c.fleetsV2.updateFleet(fleetId, { autoscalerConfig: { scaleUpThreshold: 100 } })
    await c.fleetsV1.updateFleetDeprecated(fleetId, {
      ...{ name: 'ranked-2', nodeShape: 'cpu-4-8', autoscalerConfig: { scaleUpThreshold: 90 } },
    })
    // The shape of the older version stays where it is sent back as the newer one shows it.
    await c.fleetsV2.updateFleet(old.fleetId, { nodeShapeId: 'shape-h100sxm5-8', autoscalerConfig })
    expect((await c.fleetsV1.getFleetDeprecated(old.fleetId)).nodeShape).toBe(oldNames.nodeShape)
    await c.fleetsV2.updateFleet(old.fleetId, { nodeShapeId: 'shape-l4-1', autoscalerConfig })

    const again = official(await hatchery.restart())
    expect((await again.fleetsV2.getFleets()).fleets.slice(1)).toEqual([
      {
        ...{ fleetId, orgId, name: 'ranked-2', nodeShapeId: 'shape-amd64-4-8' },
        autoscalerConfig: { scaleUpThreshold: 90 },
      },
      {
        ...{ fleetId: old.fleetId, orgId, name: 'casual', nodeShapeId: 'shape-l4-1' },
        autoscalerConfig,
      },
    ])
    expect((await again.fleetsV1.getFleetsDeprecated()).fleets.slice(2)).toEqual([
      { ...old, nodeShape: 'gpu-l4-1-12-48' },
    ])
  })

  test('needs a name of its own, a known shape and a percentage', async () => {
    const { client } = await startWithFakes()
    await client.fleetsV2.createFleet(ranked)
    const refused: [object, string][] = [
      [{}, 'a fleet named ranked exists already: choose another name'],
      [{ name: 'default' }, 'a fleet named default exists already: choose another name'],
      [{ name: 'a b' }, 'body.name must match'],
      [{ nodeShapeId: 'shape-m68k' }, 'body.nodeShapeId must be one of shape-amd64-4-8, '],
      [{ autoscalerConfig: { scaleUpThreshold: 0 } }, 'scaleUpThreshold must be >= 1; got 0'],
      [{ autoscalerConfig: { scaleUpThreshold: 101 } }, 'scaleUpThreshold must be <= 100; got 101'],
    ]
    for (const [given, message] of refused) {
      const refusal = await refusalOf(client.fleetsV2.createFleet({ ...ranked, ...given }))
      expect(refusal).toMatchObject({ status: 422, message: expect.stringContaining(message) })
    }
    expect((await client.fleetsV2.getFleets()).fleets).toHaveLength(2)
    const { fleetId } = await client.fleetsV2.createFleet({ ...ranked, name: 'other' })
    const rename = client.fleetsV2.updateFleet(fleetId, { name: 'ranked', autoscalerConfig })
    expect(await refusalOf(rename)).toMatchObject({ status: 422, code: 'taken' })
  })

  test('of another organization is not there, and each has a default one of its own', async () => {
    const { hatchery, secrets } = await withOrganizations(await startWithFakes(), [{}])
    const { fleetId, orgId } = await defaultFleet(hatchery)
    const stranger = officialClient(hatchery.url, secrets[0] ?? '')
    const { fleets } = await stranger.fleetsV2.getFleets()
    expect(fleets).toMatchObject([{ name: 'default' }])
    expect(fleets[0]?.fleetId).not.toBe(fleetId)
    const calls = [
      () => stranger.fleetsV2.getFleet(fleetId),
      () => stranger.fleetsV2.getFleets(orgId),
      () => stranger.fleetsV2.createFleet(ranked, orgId),
      () => stranger.fleetsV2.getNodeShapes(orgId),
      () => stranger.fleetsV2.updateFleet(fleetId, { name: 'mine', autoscalerConfig }),
      () => stranger.fleetsV2.updateFleetRegion(fleetId, 'Tokyo', { nodeBaseline: 3 }),
      () => stranger.fleetsV2.getFleetMetrics({ fleetId }),
      () => stranger.nodesV1.listProvisionedNodes(fleetId),
    ]
    for (const call of calls) await expect(call()).rejects.toMatchObject({ statusCode: 404 })
    expect(await defaultFleet(hatchery)).toMatchObject({ name: 'default' })
  })

  test('is told to those who follow what changes', async () => {
    const { client } = await startWithFakes()
    const changes = client.followEvents({ kinds: ['fleet'], lastEventId: 0 })
    const fleet = await client.fleetsV2.createFleet(ranked)
    const seen = []
    for await (const change of changes) {
      if (change.kind === 'fleet') seen.push(change.record)
      if (seen.length === 2) break
    }
    expect(seen).toEqual([expect.objectContaining({ name: 'default' }), fleet])
  })
})

describe('what is wished in a region', () => {
  test('is nothing at first, then what was said, over a restart too', async () => {
    const hatchery = await startWithFakes()
    const c = official(hatchery)
    const { fleetId } = await c.fleetsV2.createFleet(ranked)
    const first = await c.fleetsV2.getFleetRegion(fleetId, 'Tokyo')
    expect(first).toMatchObject({ nodeBaseline: 0, cloudMinVcpus: 0, scaleIncrementVcpus: 8 })
    expect(Math.abs(Date.now() - +first.cloudMinVcpusUpdatedAt)).toBeLessThan(60_000)
    await c.fleetsV2.updateFleetRegion(fleetId, 'Tokyo', { nodeBaseline: 2 })
    await c.fleetsV2.deprecatedUpdateFleetRegionV2(fleetId, 'Tokyo', { cloudMinVcpus: 16 })
    await c.fleetsV1.updateFleetRegionDeprecated(fleetId, 'London', { cloudMinVcpus: 8 })
    const again = official(await hatchery.restart())
    const tokyo = await again.fleetsV2.getFleetRegion(fleetId, 'Tokyo')
    expect(tokyo).toMatchObject({ nodeBaseline: 2, cloudMinVcpus: 16, scaleIncrementVcpus: 8 })
    expect(await again.fleetsV1.getFleetRegionDeprecated(fleetId, 'Tokyo')).toEqual(tokyo)
    expect(await again.fleetsV2.getFleetRegion(fleetId, 'London')).toMatchObject({
      ...{ nodeBaseline: 0, cloudMinVcpus: 8 },
    })
  })

  test('changes its vCPU once in five minutes, by whole machines, and in a region that is there', async () => {
    const clock = createManualClock()
    const { client } = await startHatchery({ clock })
    const { fleetId } = await client.fleetsV2.createFleet(ranked)
    const set = (cloudMinVcpus: number, region = 'Tokyo') =>
      client.fleetsV2.deprecatedUpdateFleetRegionV2(fleetId, region, { cloudMinVcpus })
    await set(8)
    clock.pass(299_000)
    await set(8)
    const again = new Date(clock.now() + 1_000).toISOString()
    expect(await refusalOf(set(16))).toMatchObject({
      status: 422,
      message: `body.cloudMinVcpus of Tokyo may be changed once in five minutes: again from ${again} on`,
    })
    await client.fleetsV2.updateFleetRegion(fleetId, 'Tokyo', { nodeBaseline: 1 })
    await set(16, 'London')
    expect(await refusalOf(set(12))).toMatchObject({
      ...{
        status: 422,
        message: expect.stringContaining('a multiple of 8, the vCPU of one cpu-8'),
      },
    })
    expect(await refusalOf(set(8, 'Paris'))).toMatchObject({
      ...{ status: 422, message: expect.stringContaining('region must be one of Seattle') },
    })
    expect(await client.fleetsV2.getFleetRegion(fleetId, 'Tokyo')).toMatchObject({
      cloudMinVcpus: 8,
    })
    clock.pass(1_000)
    await set(16)
  })

  test('and is not there is an error of the fleet, in the older version', async () => {
    const { client } = await startWithFakes('--nodes=one fleet=ranked', '--regions=Tokyo,London')
    const { fleetId } = await client.fleetsV2.createFleet(ranked)
    const stateOf = async (id: string) => (await client.fleetsV1.getFleetDeprecated(id)).errorState
    expect(await stateOf(fleetId)).toBeUndefined()
    await client.fleetsV2.updateFleetRegion(fleetId, 'Tokyo', { nodeBaseline: 2 })
    expect(await stateOf(fleetId)).toEqual({
      Tokyo: {
        ...{ inError: true, lastErrorLogId: null, lastErrorTimestamp: null },
        lastErrorMessage: 'nodeBaseline is 2, and the fleet ranked has 1 of Tokyo',
      },
    })
    const [first] = (await client.fleetsV1.getFleetsDeprecated()).fleets
    expect(first?.errorState).toMatchObject({
      London: {
        lastErrorMessage:
          'no node of London takes processes of the fleet default: one is of ranked',
      },
    })
  })
})

describe('shapes of machines', () => {
  test('are all answered, those that are here first and the others marked', async () => {
    const hatchery = await startWithFakes('--capacity-cpu=9', '--capacity-memory-mb=33000')
    const shapes = await official(hatchery).fleetsV2.getNodeShapes()
    expect(shapes.map(({ nodeShapeId }) => nodeShapeId).toSorted()).toEqual(nodeShapeIds.toSorted())
    const isMarked = shapes.map(({ name }) => name.endsWith('(no machine here is as large)'))
    expect(isMarked.indexOf(true)).toBe(4)
    expect(isMarked.lastIndexOf(false)).toBe(3)
    expect(shapes.slice(0, 4).map(({ nodeShapeId }) => nodeShapeId)).toEqual([
      ...['shape-amd64-4-8', 'shape-amd64-8-16', 'shape-amd64-4-16', 'shape-amd64-8-32'],
    ])
    expect(shapes[3]).toEqual({
      ...{ nodeShapeId: 'shape-amd64-8-32', name: '8 vCPU, 32 GB', familyId: 'family-amd64-1-4' },
      ...{ familyName: 'x86-64, 4 GB for each vCPU', minCPU: 8, minMemoryMB: 32_768, minGPU: 0 },
    })
    expect((await defaultFleet(hatchery)).nodeShapeId).toBe('shape-amd64-8-32')
  })

  test('have a name in both versions, and say what all that show as one have', () => {
    expect(nodeShapeIds.map((id) => shapeIdOf(shapeOf(id)))).toEqual([...nodeShapeIds])
    for (const shape of nodeShapes) {
      const [kind = '', ...numbers] = shape.split('-')
      const [cpu, memoryGb] = numbers.map(Number).slice(-2)
      const shown = nodeShapesFor([]).find(({ nodeShapeId }) => nodeShapeId === shapeIdOf(shape))
      expect(shown?.minCPU).toBeLessThanOrEqual(cpu ?? 0)
      expect(shown?.minMemoryMB).toBeLessThanOrEqual((memoryGb ?? 0) * 1_024)
      expect(shown?.minGPU).toBe(kind === 'gpu' ? Number(numbers[1]) : 0)
      expect(shown?.familyId).toContain(kind === 'gpu' ? numbers[0] : 'amd64')
    }
  })
})

describe('machines', () => {
  test('are shown with what they have, and which fleet they are of', async () => {
    const hatchery = await startWithFakes(
      '--regions=Seattle,Tokyo',
      '--nodes=one ports=20000-20099 cpu=2 memory-mb=4096 host=10.0.0.1,two ports=20100-20199 cpu=3 fleet=ranked,three ports=20200-20299',
      '--region-nodes=Seattle=one,Tokyo=two,Tokyo=one',
    )
    const c = official(hatchery)
    const { fleetId } = await c.fleetsV2.createFleet(ranked)
    const other = (await defaultFleet(hatchery)).fleetId
    const idsOf = async (...given: Parameters<typeof c.nodesV1.listProvisionedNodes>) =>
      (await c.nodesV1.listProvisionedNodes(...given)).map(
        (node) => `${node.nodeId} ${node.region} ${node.hosting}`,
      )
    expect(await idsOf(fleetId)).toEqual(['one Seattle shared', 'two Tokyo metal'])
    expect(await idsOf(fleetId, undefined, 'Tokyo')).toEqual([
      'two Tokyo metal',
      'one Tokyo shared',
    ])
    expect(await idsOf(other, undefined, 'Tokyo')).toEqual(['one Tokyo shared'])
    expect(await idsOf(other)).toEqual(['one Seattle shared'])
    const one = await c.nodesV1.getNode('one')
    expect(one).toEqual({
      ...{ nodeId: 'one', host: '10.0.0.1', hosting: 'shared', status: 'running' },
      ...{ region: 'Seattle', cpu: 2, memoryMb: 4096, gpu: null, stoppedAt: null },
      startedAt: expect.any(Date) as Date,
    })
    await hatchery.client.hatchery.drainNode('one')
    const restarted = await hatchery.restart()
    const again = official(restarted)
    expect(await again.nodesV1.getNode('one')).toEqual({ ...one, status: 'draining' })
    for (const unknown of ['three', 'local']) {
      const call = again.nodesV1.getNode(unknown)
      await expect(call).rejects.toMatchObject({ statusCode: 404 })
    }
    const nowhere = again.nodesV1.listProvisionedNodes(other, undefined, 'London')
    await expect(nowhere).rejects.toMatchObject({ statusCode: 404 })
    const views = await restarted.client.hatchery.getNodes()
    expect(views.map(({ nodeId, fleet }) => [nodeId, fleet])).toEqual([
      ['one', null],
      ['two', 'ranked'],
      ['three', null],
    ])
  })
})
