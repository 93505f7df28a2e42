/** The studio looks at its machines, and groups them. */
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import type { Stage } from './stage.ts'

export async function lookAtMachines({ ask, known }: Stage): Promise<void> {
  expect((await ask('GetNodeShapes')).length).toBeGreaterThan(0)
  const made = await ask('CreateFleet')
  known.fleetId = made.fleetId
  expect(await ask('GetFleet')).toEqual(made)
  await ask('UpdateFleet')
  const old = await ask('CreateFleetDeprecated')
  await ask('UpdateFleetDeprecated', { fleetId: old.fleetId })
  const fleets = (await ask('GetFleets')).fleets.map(({ fleetId }) => fleetId)
  expect(fleets).toEqual(expect.arrayContaining([made.fleetId, old.fleetId]))
  const shown = (await ask('GetFleetsDeprecated')).fleets
  expect(shown.map(({ fleetId }) => fleetId)).toEqual(fleets)
  expect(shown).toContainEqual(await ask('GetFleetDeprecated', { fleetId: old.fleetId }))

  await ask('UpdateFleetRegion')
  const region = await ask('GetFleetRegion')
  expect(region.nodeBaseline).toBe(1)
  expect(await ask('GetFleetRegionDeprecated')).toEqual(region)
  await ask('DeprecatedUpdateFleetRegionV2')
  await ask('UpdateFleetRegionDeprecated', { fleetId: old.fleetId })

  const [node] = await ask('ListProvisionedNodes')
  expect(await ask('GetNode', { nodeId: node?.nodeId ?? '' })).toMatchObject({ status: 'running' })
}

/** Later: what they did. */
export async function lookAtFleetMetrics({ ask }: Stage): Promise<void> {
  // Asked again where a minute was over between the two.
  await eventually('both versions tell the same of a fleet', async () =>
    isDeepStrictEqual(await ask('GetFleetMetrics'), await ask('GetFleetMetricsDeprecated')),
  )
  await eventually('and of its region', async () =>
    isDeepStrictEqual(
      await ask('GetFleetRegionMetrics'),
      await ask('GetFleetRegionMetricsDeprecated'),
    ),
  )
}
