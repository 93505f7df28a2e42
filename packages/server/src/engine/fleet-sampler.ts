/** Measures fleets: what machines they may use, and what their processes request of them. */
import type { Clock } from '../domain/clock.ts'
import type { Fleet } from '../domain/fleet.ts'
import { nodesInRegion, servingNodes, takes } from '../domain/fleet-nodes.ts'
import type { Log } from '../domain/log.ts'
import type { Node, Regions } from '../domain/region.ts'
import type { FleetSample, MetricStore } from '../domain/metric-store.ts'
import type { FleetLoad, Store } from '../domain/store.ts'

export interface FleetSamplerOptions {
  readonly store: Store
  readonly metrics: MetricStore
  readonly regions: Regions
  readonly clock: Clock
  readonly log: Log
}

/** One round over all fleets. */
export type FleetSampler = () => Promise<void>

export function createFleetSampler(options: FleetSamplerOptions): FleetSampler {
  const { store, metrics, regions, clock, log } = options

  return async () => {
    const fleets = await store.listAllFleets()
    const loads = Map.groupBy(await store.listFleetLoads(), ({ fleetId }) => fleetId)
    const at = clock.now()
    const samples = fleets.flatMap((fleet) =>
      samplesOf(regions, fleet, { loads: loads.get(fleet.fleetId) ?? [], at }),
    )
    try {
      metrics.writeFleets(samples)
    } catch (err) {
      log.warn({ event: 'metrics.lost', err }, 'measurements of fleets could not be written')
    }
  }
}

/** Of each region, and of all together: there a machine that serves several counts once. */
function samplesOf(
  regions: Regions,
  fleet: Fleet,
  { loads, at }: { loads: readonly FleetLoad[]; at: number },
): FleetSample[] {
  const { fleetId } = fleet
  const all = servingNodes(regions).filter(({ node }) => takes(node, fleet))
  const sample = (region: string | null, nodes: readonly Node[]): FleetSample => ({
    ...{ fleetId, region, at },
    provisionedBareMetal: sum(nodes.map(({ size }) => size.cpu)),
    provisionedCloud: 0, // no driver of today rents machines
    utilized: sum(loads.filter((l) => region === null || l.region === region).map((l) => l.cpu)),
  })
  return [
    sample(
      null,
      all.map(({ node }) => node),
    ),
    ...regions.names.map((region) => sample(region, nodesInRegion(regions, fleet, region))),
  ]
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
