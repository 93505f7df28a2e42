import { expect, test } from 'vitest'
import type { Fleet } from '../../../src/domain/fleet.ts'
import { aNewProcess, aToken, anOrganization, end, refusal, t0 } from './records.ts'
import type { Subject } from './store-conformance.ts'

const aFleet = (given: Partial<Fleet> = {}): Fleet => ({
  ...{ fleetId: 'fleet-1', orgId: 'org-1', name: 'ranked', nodeShape: 'cpu-4-8' },
  ...{ scaleUpThreshold: 80, regions: {}, createdAt: t0 },
  ...given,
})

export function fleetsConform(subject: () => Subject): void {
  test('a fleet is found by its organization only, whole, after a restart too', async () => {
    const { store } = subject()
    const wish = { nodeBaseline: 2, cloudMinVcpus: 8, cloudMinVcpusUpdatedAt: t0 + 1 }
    const fleet = aFleet({ regions: { Tokyo: wish }, scaleUpThreshold: null })
    await store.insertFleet(fleet)
    expect(await store.findFleet('org-1', 'fleet-1')).toEqual(fleet)
    expect(await store.findFleet('org-2', 'fleet-1')).toBeUndefined()
    expect(await store.findFleet('org-1', 'fleet-2')).toBeUndefined()
    expect(await (await subject().reopen()).findFleet('org-1', 'fleet-1')).toEqual(fleet)
  })

  test('fleets are listed by organization, the oldest first, and all together', async () => {
    const { store } = subject()
    const ids = ['fleet-1', 'fleet-2'].map((fleetId) => aFleet({ fleetId, name: fleetId }))
    const other = aFleet({ fleetId: 'fleet-3', orgId: 'org-2' })
    for (const fleet of [...ids, other]) await store.insertFleet(fleet)
    expect(await store.listFleets('org-1')).toEqual(ids)
    expect(await store.listFleets('org-2')).toEqual([other])
    expect(await store.listAllFleets()).toEqual([...ids, other])
  })

  test('a name is taken within its organization, and free in another', async () => {
    const { store } = subject()
    await store.insertFleet(aFleet())
    const taken = {
      code: 'taken',
      message: 'a fleet named ranked exists already: choose another name',
    }
    expect(await refusal(store.insertFleet(aFleet({ fleetId: 'fleet-2' })))).toEqual(taken)
    await store.insertFleet(aFleet({ fleetId: 'fleet-3', orgId: 'org-2' }))
    await store.insertFleet(aFleet({ fleetId: 'fleet-4', name: 'casual' }))
    const rename = (name: string) =>
      store.changeFleet('org-1', 'fleet-4', (fleet) => ({ ...fleet, name }))
    expect(await refusal(rename('ranked'))).toEqual(taken)
    expect((await store.findFleet('org-1', 'fleet-4'))?.name).toBe('casual')
    expect((await rename('relaxed')).name).toBe('relaxed')
    await store.insertFleet(aFleet({ fleetId: 'fleet-5', name: 'casual' }))
  })

  test('a change is an event and found at once; none where nothing changed or it was refused', async () => {
    const { store } = subject()
    await store.insertFleet(aFleet())
    const { newest = 0 } = (await store.findEventRange()) ?? {}
    const change = (next: (fleet: Fleet) => Fleet) => store.changeFleet('org-1', 'fleet-1', next)
    await change((fleet) => fleet)
    await expect(
      change(() => {
        throw new RangeError('no')
      }),
    ).rejects.toThrow('no')
    expect(await store.findFleet('org-1', 'fleet-1')).toEqual(aFleet())
    const changed = await change((fleet) => ({ ...fleet, nodeShape: 'cpu-8-16' }))
    expect(await store.findFleet('org-1', 'fleet-1')).toEqual(changed)
    expect(await store.listEvents(newest, 10)).toMatchObject([
      { kind: 'fleet', subject: 'fleet-1', orgId: 'org-1', appId: null },
    ])
    const [event] = await store.listEvents(newest, 10)
    expect(JSON.parse(event?.body ?? '')).toEqual({
      ...{ fleetId: 'fleet-1', orgId: 'org-1', name: 'ranked', nodeShapeId: 'shape-amd64-8-16' },
      autoscalerConfig: { scaleUpThreshold: 80 },
    })
    const unknown = store.changeFleet('org-2', 'fleet-1', (fleet) => fleet)
    expect(await refusal(unknown)).toMatchObject({ code: 'not-found' })
  })

  test('an organization gets one default fleet, and takes one of that name that is there', async () => {
    const { store } = subject()
    await store.insertOrganization(
      anOrganization({ orgId: 'org-2' }),
      aToken({ orgTokenId: 'token-2', orgId: 'org-2', hash: '2'.repeat(64) }),
    )
    expect(await store.listOrganizationsWithoutFleet()).toEqual(['org-1', 'org-2'])
    const first = aFleet({ name: 'default' })
    await store.insertDefaultFleet(first)
    await store.insertDefaultFleet({ ...first, fleetId: 'fleet-9' })
    expect(await store.findOrganization('org-1')).toMatchObject({ defaultFleetId: 'fleet-1' })
    expect(await store.listFleets('org-1')).toEqual([first])
    const own = aFleet({ fleetId: 'fleet-2', orgId: 'org-2', name: 'default' })
    await store.insertFleet(own)
    await store.insertDefaultFleet({ ...own, fleetId: 'fleet-3' })
    expect(await store.findOrganization('org-2')).toMatchObject({ defaultFleetId: 'fleet-2' })
    expect(await store.listFleets('org-2')).toEqual([own])
    expect(await store.listOrganizationsWithoutFleet()).toEqual([])
  })

  test('what its processes request is summed by region, that of older ones for the default fleet', async () => {
    const { store } = subject()
    const insert = (processId: string, region: string, fleetId: string | null) =>
      store.insertProcess(aNewProcess({ processId, region, fleetId }), null)
    await insert('a', 'Seattle', null)
    expect(await store.listFleetLoads()).toEqual([])
    await store.insertDefaultFleet(aFleet({ name: 'default' }))
    await insert('b', 'Seattle', 'fleet-1')
    await insert('c', 'Tokyo', 'fleet-1')
    await insert('d', 'Tokyo', 'fleet-2')
    await insert('e', 'Tokyo', 'fleet-2')
    await end(store, 'e')
    expect((await store.findProcessById('c'))?.fleetId).toBe('fleet-1')
    const loads = await store.listFleetLoads()
    expect(
      loads.toSorted((a, b) => (a.fleetId + a.region < b.fleetId + b.region ? -1 : 1)),
    ).toEqual([
      { fleetId: 'fleet-1', region: 'Seattle', cpu: 1 },
      { fleetId: 'fleet-1', region: 'Tokyo', cpu: 0.5 },
      { fleetId: 'fleet-2', region: 'Tokyo', cpu: 0.5 },
    ])
  })
}

export function nodesConform(subject: () => Subject): void {
  test('a node is known since it was first noted, whatever happened on it before', async () => {
    const { store } = subject()
    await store.setNodeDraining('two', true)
    await store.noteNodes(['one', 'two'], t0)
    await store.noteNodes(['two', 'three', 'one'], t0 + 5)
    expect(await store.listNodeLoads()).toEqual(
      [
        { nodeId: 'one', isDraining: false, knownAt: t0 },
        { nodeId: 'three', isDraining: false, knownAt: t0 + 5 },
        { nodeId: 'two', isDraining: true, knownAt: t0 },
      ].map((load) => ({ ...load, cpu: 0, memoryMb: 0, processes: 0 })),
    )
  })
}
