/** Machines and regions from the settings: this machine or parts of it, and Docker engines, each with its driver. */
import { availableParallelism, totalmem } from 'node:os'
import type { Config } from '../config.ts'
import { type NodeSettings, nodesIn, readPair } from '../config/nodes.ts'
import type { Driver } from '../domain/driver.ts'
import { type Node, type Regions, regionsOf } from '../domain/region.ts'
import { defaultPublicHost } from './public-host.ts'

const megabyte = 1_048_576

export interface RegionParts {
  readonly config: Config
  /** The same driver for nodes that share one. */
  readonly driverOf: (node: NodeSettings) => Driver
  /** Of earlier settings, with processes that still run there. */
  readonly formerNodes: readonly NodeSettings[]
}

export function regionsFrom({ config, driverOf, formerNodes }: RegionParts): Regions {
  const made = (node: NodeSettings): Node => nodeFrom(config, driverOf(node), node)
  const nodes = nodesIn(config).map(made)
  const all = nodes.map(({ nodeId }) => nodeId)
  const chosen = Map.groupBy(config.regionNodes.map(readPair), ([region]) => region)
  const spills = Map.groupBy(config.spillover.map(readPair), ([from]) => from)
  return regionsOf(
    nodes,
    config.regions.map((region) => ({
      region,
      nodeIds: chosen.get(region)?.map(([, node]) => node) ?? all,
      spillover: spills.get(region)?.map(([, to]) => to) ?? [],
    })),
    formerNodes.map(made),
  )
}

const nodeFrom = (config: Config, driver: Driver, node: NodeSettings): Node => ({
  nodeId: node.name,
  driver,
  publicHost: node.host ?? config.publicHost ?? defaultPublicHost(config.host),
  ports: node.ports,
  capacity: config.capacity.overcommit ? { cpu: null, memoryMb: null } : sizeOf(config, node),
  size: sizeOf(config, node),
  fleet: node.fleet ?? null,
})

/** What the machine has, unless the settings say otherwise. */
const sizeOf = ({ capacity }: Config, node: NodeSettings): Node['size'] => ({
  cpu: node.cpu ?? capacity.cpu ?? availableParallelism(),
  memoryMb: node.memoryMb ?? capacity.memoryMb ?? Math.floor(totalmem() / megabyte),
})
