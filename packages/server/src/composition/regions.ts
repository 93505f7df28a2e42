/** Machines and regions from the settings. All machines are this one, or parts of it, and one driver serves them. */
import { availableParallelism, totalmem } from 'node:os'
import type { Config } from '../config.ts'
import { type NodeSettings, readNode, readPair } from '../config/nodes.ts'
import type { Driver } from '../domain/driver.ts'
import { type Node, type Regions, regionsOf } from '../domain/region.ts'
import { defaultPublicHost } from './public-host.ts'

/** The name of the machine where no setting names one. */
export const onlyNode = 'local'

const megabyte = 1_048_576

export function regionsFrom(config: Config, driver: Driver): Regions {
  const nodes = nodesOf(config).map((node) => nodeFrom(config, driver, node))
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
  )
}

function nodesOf(config: Config): readonly NodeSettings[] {
  if (config.nodes.length > 0) return config.nodes.map((text) => readNode(text, config))
  return [readNode(onlyNode, config)]
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
