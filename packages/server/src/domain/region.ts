/** Where processes run: regions are names, nodes are machines. Ports and capacity belong to nodes. */
import type { Driver } from './driver.ts'

export interface Node {
  readonly nodeId: string
  readonly driver: Driver
  /** What players connect to. */
  readonly publicHost: string
  /** Inclusive; below the ephemeral range, so that a connecting socket never takes one. */
  readonly ports: PortRange
  readonly capacity: Capacity
  /** What it has, whatever processes may ask for. */
  readonly size: { readonly cpu: number; readonly memoryMb: number }
  /** The fleet whose processes it takes and no other, by name or id; null: of all. */
  readonly fleet: string | null
}

export interface PortRange {
  readonly from: number
  readonly to: number
}

/** What processes may ask for in all. Null: it is not limited. */
export interface Capacity {
  readonly cpu: number | null
  readonly memoryMb: number | null
}

/** A region by name: its nodes, the first one first, and the regions that take what it has no room for. */
export interface RegionPlan {
  readonly region: string
  readonly nodeIds: readonly string[]
  readonly spillover: readonly string[]
}

export interface Regions {
  readonly plans: readonly RegionPlan[]
  readonly names: readonly string[]
  readonly nodes: readonly Node[]
  /** Nothing new is placed on them: the settings do not name them any more, and processes still run there. */
  readonly formerNodes: readonly Node[]
  /** Those behind the nodes, each once: several nodes may be parts of one machine. */
  readonly drivers: readonly Driver[]
  /** With those of former nodes. */
  readonly allDrivers: readonly Driver[]
  /** Undefined where the name is not known. */
  planOf(region: string): RegionPlan | undefined
  /** Empty where the region is not known. */
  nodesOf(region: string): readonly Node[]
  /** One that nobody knows any more is looked after by the first driver: processes may still be on it. */
  nodeById(nodeId: string): Node | undefined
}

/** Throws where a plan names a node that is not there. */
export function regionsOf(
  nodes: readonly Node[],
  plans: readonly RegionPlan[],
  formerNodes: readonly Node[] = [],
): Regions {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const formerById = new Map(formerNodes.map((node) => [node.nodeId, node]))
  const byName = new Map(plans.map((plan) => [plan.region, plan]))
  const served = new Map(plans.map((plan) => [plan.region, plan.nodeIds.map(getNode)]))

  function getNode(nodeId: string): Node {
    const node = byId.get(nodeId)
    if (node === undefined) throw new Error(`there is no node ${nodeId}`)
    return node
  }

  return {
    ...{ plans, nodes, formerNodes },
    names: plans.map(({ region }) => region),
    planOf: (region) => byName.get(region),
    nodesOf: (region) => served.get(region) ?? [],
    drivers: driversOf(nodes),
    allDrivers: driversOf([...nodes, ...formerNodes]),
    nodeById: (nodeId) =>
      byId.get(nodeId) ?? formerById.get(nodeId) ?? (nodes[0] && { ...nodes[0], nodeId }),
  }
}

const driversOf = (nodes: readonly Node[]): Driver[] => [
  ...new Set(nodes.map(({ driver }) => driver)),
]
