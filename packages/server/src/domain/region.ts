/** Where processes run: regions are names, nodes are machines. Ports and capacity belong to nodes. */
import type { Driver } from './driver.ts'

export interface Node {
  readonly nodeId: string
  readonly driver: Driver
  /** What players connect to. */
  readonly publicHost: string
  /** Inclusive; below the ephemeral range, so that a connecting socket never takes one. */
  readonly ports: PortRange
}

export interface PortRange {
  readonly from: number
  readonly to: number
}

export interface Regions {
  readonly names: readonly string[]
  /** The node that serves a region; undefined where the name is not known. */
  nodeOf(region: string): Node | undefined
  nodeById(nodeId: string): Node | undefined
  readonly nodes: readonly Node[]
}

/** The regions of an installation whose every region is one machine. */
export function regionsOn(node: Node, names: readonly string[]): Regions {
  return {
    names,
    nodes: [node],
    nodeOf: (region) => (names.includes(region) ? node : undefined),
    nodeById: (nodeId) => (nodeId === node.nodeId ? node : undefined),
  }
}
