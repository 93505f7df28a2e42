/** Metrics of fleets as the API answers them. */
import { expect, test } from 'vitest'
import { createManualClock } from '../support/manual-clock.ts'
import { officialClient } from '../official/setting.ts'
import { deployedApp } from '../support/deployed-app.ts'
import { eventually } from '../support/eventually.ts'
import { refusalOf } from '../support/refusal.ts'
import { startHatchery } from '../support/start-hatchery.ts'

const flags = [
  '--regions=Seattle,Tokyo',
  '--nodes=one ports=20000-20099 cpu=2,two ports=20100-20199 cpu=3 fleet=ranked',
  '--region-nodes=Seattle=one,Tokyo=one,Tokyo=two',
]

async function aMeasuredFleet() {
  const clock = createManualClock()
  const hatchery = await startHatchery({ clock, flags })
  const { client, url, token } = hatchery
  const { fleetId } = await client.fleetsV2.createFleet({
    ...{ name: 'ranked', nodeShapeId: 'shape-amd64-4-8' },
    autoscalerConfig: { scaleUpThreshold: 80 },
  })
  const { appId } = await deployedApp(client, { deployment: { fleetId, requestedCPU: 0.5 } })
  return { clock, hatchery, client, fleetId, appId, official: officialClient(url, token) }
}

type Points = readonly { readonly value: number }[] | undefined
const valuesOf = (points: Points): number[] | undefined => points?.map(({ value }) => value)

test('are what machines it may use and what its processes request, a point a minute', async () => {
  const { clock, official, client, fleetId, appId } = await aMeasuredFleet()
  await client.processesV3.createProcess('Tokyo', appId)
  clock.pass(60_000)
  const read = (region?: 'Tokyo' | 'Seattle') =>
    region === undefined
      ? official.fleetsV2.getFleetMetrics({ fleetId })
      : official.fleetsV2.getFleetRegionMetrics({ fleetId, region })
  const all = await eventually('the first minute is measured', async () => {
    const answer = await read()
    return (answer.utilized ?? []).length === 1 && answer
  })
  const timestamp = clock.now() / 1_000
  expect(all).toEqual({
    provisionedTotal: [{ value: 5, timestamp }],
    provisionedBareMetal: [{ value: 5, timestamp }],
    provisionedCloud: [{ value: 0, timestamp }],
    utilized: [{ value: 0.5, timestamp }],
    systemOverhead: [],
  })
  await client.processesV3.createProcess('Seattle', appId)
  await client.processesV3.createProcess('Seattle', appId)
  clock.pass(60_000)
  await eventually('the second is', async () => (await read()).utilized?.length === 2)
  expect(valuesOf((await read()).utilized)).toEqual([0.5, 1.5])
  const seattle = await read('Seattle')
  expect([seattle.provisionedTotal, seattle.utilized].map(valuesOf)).toEqual([
    [2, 2],
    [0, 1],
  ])
  expect(valuesOf((await read('Tokyo')).provisionedTotal)).toEqual([5, 5])

  expect(await official.fleetsV1.getFleetMetricsDeprecated({ fleetId })).toEqual(await read())
  const old = official.fleetsV1.getFleetRegionMetricsDeprecated({ fleetId, region: 'Tokyo' })
  expect(await old).toEqual(await read('Tokyo'))
})

test('are kept over a restart, and measured at each start', async () => {
  const { clock, hatchery, client, fleetId, appId } = await aMeasuredFleet()
  await client.processesV3.createProcess('Tokyo', appId)
  clock.pass(5_000)
  const again = await hatchery.restart()
  const first = await again.client.fleetsV2.getFleetMetrics({ fleetId, metrics: ['utilized'] })
  expect(first).toEqual({ utilized: [{ value: 0.5, timestamp: clock.now() / 1_000 }] })
  clock.pass(5_000)
  const last = await again.restart()
  const { utilized } = await last.client.fleetsV2.getFleetMetrics({ fleetId, step: 5 })
  expect(valuesOf(utilized)).toEqual([0.5, 0.5])
})

test('of a period that makes no sense, or of a region that is not there, are refused', async () => {
  const { client, fleetId } = await aMeasuredFleet()
  const refused: [object, string][] = [
    [{ start: 2, end: 1 }, 'start must not be after end'],
    [{ start: 0, end: 1_000_000_000, step: 1 }, 'at most 11000 points'],
    [{ step: 0 }, 'step must be >= 1; got 0'],
    [{ metrics: ['luck'] }, 'metrics[0] must be one of provisionedTotal, '],
  ]
  for (const [query, message] of refused) {
    const refusal = await refusalOf(client.fleetsV2.getFleetMetrics({ fleetId, ...query }))
    expect(refusal).toMatchObject({ status: 422, message: expect.stringContaining(message) })
  }
  const nowhere = client.fleetsV2.getFleetRegionMetrics({ fleetId, region: 'Paris' })
  expect(await refusalOf(nowhere)).toMatchObject({ status: 422 })
})
