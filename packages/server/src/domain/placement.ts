/** Where a new process or room may go: the region that was asked for first, then those it spills over to. Pure. */
import { HatcheryError, type ServiceConfig } from '@hatchery/contract'
import { type Build, artifactFor } from './build.ts'
import type { Spot } from './making-room.ts'
import type { FleetName } from './fleet.ts'
import { nodesInRegion, whyNoNode } from './fleet-nodes.ts'
import { problemOn } from './startable.ts'
import type { Capacity, Node, PortRange, Regions } from './region.ts'

/** A region with the machines it offers. */
export interface Place {
  readonly region: string
  /** Tried in this order. */
  readonly offers: readonly NodeOffer[]
  /** Why there are none, in words; undefined where there are some. */
  readonly whyNone?: string | undefined
  /** Processes of the application that may be there at once; null: any number. */
  readonly maxProcesses: number | null
}

export interface NodeOffer {
  readonly nodeId: string
  readonly host: string
  /** Null: the node's driver needs no leases, every process gets its container ports. */
  readonly range: PortRange | null
  readonly capacity: Capacity
}

/** No place has room for a process: what was free on each machine that takes new ones, in the commit that refused it. */
export class NoCapacityError extends HatcheryError {
  readonly machines: readonly Spot[]

  constructor(message: string, machines: readonly Spot[]) {
    super('no-capacity', message, { retryAfterSeconds: 10 })
    this.machines = machines
  }
}

/** Whose process it is; `fleet` is null where the organization has none yet. */
export interface Guest {
  readonly build: Build
  readonly serviceConfig: ServiceConfig | null
  readonly fleet: FleetName | null
}

/** Only machines that can start the build are offered. */
export function placesFor(
  regions: Regions,
  region: string,
  { build, serviceConfig, fleet }: Guest,
): Place[] {
  const spillover = regions.planOf(region)?.spillover ?? []
  return [region, ...spillover].map((name) => {
    const nodes = nodesInRegion(regions, fleet, name)
    const offers = nodes.filter(({ driver }) => artifactFor(build, driver)).map(offerOf)
    const whyNone = problemOn(build, nodes, `in region ${name}`) ?? whyNoNode(regions, fleet, name)
    return {
      ...{ region: name, offers, maxProcesses: maxProcessesIn(serviceConfig, name) },
      ...(offers.length === 0 && { whyNone }),
    }
  })
}

const offerOf = ({ nodeId, publicHost, driver, ports, capacity }: Node): NodeOffer => ({
  nodeId,
  host: publicHost,
  range: driver.leasesPorts ? ports : null,
  capacity,
})

/** The maximum of a static allocation holds for every process of the application in the region. */
function maxProcessesIn(serviceConfig: ServiceConfig | null, region: string): number | null {
  const allocation = serviceConfig?.staticProcessAllocation.find((one) => one.region === region)
  return allocation === undefined || allocation.targetProcesses === 0
    ? null
    : allocation.maxProcesses
}
